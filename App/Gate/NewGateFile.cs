using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Checker.Model.Catalogue;
using Checker.Solver.Files;

namespace Checker.App.Gate;

/// <summary>The commented file that <c>checker init</c> writes, with its schema beside it.</summary>
public static class NewGateFile
{
    /// <summary>The name of the schema, which is written into the folder of the file.</summary>
    public const string SchemaName = "checker.schema.json";

    private const string BaselineName = "checker.baseline.json";

    /// <summary>The schema of the file.</summary>
    public static string Schema
    {
        get
        {
            using var stream = typeof(NewGateFile).Assembly.GetManifestResourceStream(SchemaName)
                ?? throw new InvalidOperationException($"the resource {SchemaName} is missing");
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd();
        }
    }

    /// <summary>Writes the file and its schema.</summary>
    /// <returns>The paths of the written files.</returns>
    /// <exception cref="BadInputException">The file exists.</exception>
    /// <exception cref="OutputException">A file cannot be written.</exception>
    public static ImmutableArray<string> Write(string path, ProtocolSet protocols)
    {
        if (File.Exists(path) || Directory.Exists(path))
        {
            throw new BadInputException($"{path} exists; `init` writes a new file, and changes none");
        }

        string folder = Path.GetDirectoryName(path) ?? "";
        string schema = Path.Combine(folder, SchemaName);
        AtomicFile.Write([(schema, Schema), (path, Text(protocols, folder))]);
        return [path, schema];
    }

    /// <summary>Returns the text: every protocol with all its designs at their default bounds.</summary>
    private static string Text(ProtocolSet protocols, string folder)
    {
        var text = new StringBuilder();
        text.Append($$"""
            // The checks of `checker ci`. This is JSON with comments; a comma before a closing bracket is a mistake.
            {
              // Editors complete and check the names with this schema.
              "$schema": "./{{SchemaName}}",

            """);
        if (protocols.Select(p => p.From).FirstOrDefault(f => f is not null) is { } from)
        {
            string project = Path.GetRelativePath(Path.GetFullPath(folder.Length == 0 ? "." : folder), Path.GetFullPath(from));
            text.Append($"""

                  // The project with the protocols, relative to this file.
                  "from": {Quoted(project)},

                """);
        }

        text.Append($$"""

              // The last accepted results: counts, depths, verdicts. `checker ci --accept` writes the file; commit it.
              "baseline": "{{BaselineName}}",

              // "show" a difference from the accepted results, or "fail".
              "onDifference": "show",

              "runs": [

            """);
        text.AppendJoin(",\n", protocols.Select((p, i) => Run(p, isFirst: i == 0)));
        return text.Append("\n  ]\n}\n").ToString();
    }

    private static string Run(Protocol protocol, bool isFirst)
    {
        var model = protocol.Build(protocol.Designs[0]);
        bool isProved = ProofJob.Counts(model) is null && protocol.Designs
            .Select(d => new Job(protocol, d, Bounds.DefaultOf(protocol), new(() => protocol.Build(d)), []))
            .All(j => !ProofJob.Of(j, byName: false).Properties.IsEmpty);
        string label = model.Labels.Select(l => l.Name).FirstOrDefault() ?? "label";
        string property = model.Properties.Select(p => p.Name).FirstOrDefault() ?? "Property";
        string any = string.Join(",", protocol.DesignKeys.Select(_ => "*"));
        string[] optional =
        [
            "// All of these may be left out. The bounds are the number of elements of each sort.",
            .. protocol.DesignKeys.IsEmpty ? Array.Empty<string>() : [$"\"designs\": [{Quoted(any)}],"],
            .. protocol.BoundSorts.IsEmpty ? Array.Empty<string>() : [$"\"bounds\": {Quoted(Bounds.DefaultOf(protocol).ToString())},"],
            $"// \"drop\": [{Quoted(label)}],",
            $"// \"properties\": [{Quoted(property)}],",
            $"// \"expect\": {{ {Quoted(property)}: \"violated\" }},",
        ];
        string[] members =
        [
            $"\"name\": {Quoted($"all of {protocol.Name}")},",
            $"\"protocol\": {Quoted(protocol.Name)},",
            .. isFirst ? optional : Array.Empty<string>(),
            $"\"engines\": [\"explore\"{(isProved ? ", \"prove\"" : "")}]",
        ];
        return $"    {{\n{string.Concat(members.Select(m => $"      {m}\n"))}    }}";
    }

    private static string Quoted(string text) => JsonSerializer.Serialize(text);
}
