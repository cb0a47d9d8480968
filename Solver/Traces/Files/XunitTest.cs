using System.Globalization;

namespace Checker.Solver.Traces.Files;

/// <summary>
/// A trace as a test for xunit: it takes the same steps with <c>CheckerAssert.Replays</c> of Checker.Testing, and fails if the model no
/// longer allows them, or if they no longer show their property.
/// </summary>
public static class XunitTest
{
    /// <param name="definition">The C# expression for the protocol; null for the <c>Definition</c> of the class named after it.</param>
    /// <param name="className">The name of the class, if it is a C# identifier; null for one made of the property.</param>
    public static void Write(Trace trace, TextWriter writer, string? definition = null, string? className = null)
    {
        var (header, property) = (trace.Header, trace.Property);
        string remark = definition is null ? $" Add the namespace of {Identifier(header.Protocol)}Protocol." : "";
        definition ??= $"{Identifier(header.Protocol)}Protocol.Definition";
        string ending = property is null ? "is_possible" : property.IsWitnessed ? "is_witnessed" : "is_violated";
        string name = $"{Identifier(property?.Name ?? "The_trace")}_{ending}_in_{trace.Length - 1}_steps";
        writer.Write("using Checker.Testing;\nusing Xunit;\n\n");
        writer.Write($"/// <summary>A trace of {Xml(header.ToString())}.{remark}</summary>\n");
        writer.Write($"public sealed class {Identifier(className ?? (property?.Name ?? header.Protocol) + "Trace")}\n{{\n");
        writer.Write($"    [Fact]\n    public void {name}() => CheckerAssert.Replays(\n");
        writer.Write($"        {definition},\n");
        writer.Write($"        property: {(property is null ? "null" : Literal(property.Name))},\n");
        writer.Write($"        design: {(header.Design.Length == 0 ? "null" : Literal(header.Design))},\n");
        writer.Write($"        bounds: {(header.Bounds.Length == 0 ? "null" : Literal(header.Bounds))},\n");
        writer.Write($"        drop: [{string.Join(", ", header.Dropped.Select(Literal))}],\n");
        writer.Write($"        mutant: {Literal(header.Mutant)},\n");
        writer.Write("        steps:\n        [\n");
        foreach (var state in trace.States.Skip(1))
        {
            writer.Write($"            {Literal(state.Instance!.ToString())},\n");
        }

        writer.Write("        ]);\n}\n");
    }

    /// <summary>Returns the text as a C# identifier: other characters are replaced by underscores.</summary>
    private static string Identifier(string text)
    {
        string name = string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_')).TrimEnd('_');
        return name is [] or [>= '0' and <= '9', ..] ? "_" + name : name;
    }

    private static string Literal(string text) => string.Concat(
        "\"",
        string.Concat(text.Select(c => c switch
        {
            '"' => "\\\"",
            '\\' => "\\\\",
            < ' ' or '\u2028' or '\u2029' or '\u0085' => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
            _ => $"{c}",
        })),
        "\"");

    private static string Xml(string text) => text.ReplaceLineEndings(" ")
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);
}
