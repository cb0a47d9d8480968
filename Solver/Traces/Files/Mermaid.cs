namespace Checker.Solver.Traces.Files;

/// <summary>
/// Traces as sequence diagrams of Mermaid (https://mermaid.js.org/syntax/sequenceDiagram.html), which GitHub and GitLab draw. Each step
/// is a note over the lane of its actor, with the changed cells.
/// </summary>
public static class Mermaid
{
    /// <summary>The characters with a meaning in a text of Mermaid. A backslash is none.</summary>
    private const string Special = "#;<>\"`%{}";

    public static void Write(Trace trace, TextWriter writer)
    {
        var sequence = new Sequence(trace);
        writer.Write("sequenceDiagram\n");
        writer.Write($"    title {Escaped(sequence.Title)}\n");
        for (int i = 0; i < sequence.Parties.Length; i++)
        {
            writer.Write($"    participant A{i} as {Escaped(sequence.Parties[i])}\n");
        }

        foreach (var (party, action, changes) in sequence.Steps)
        {
            writer.Write($"    A{party}->>A{party}: {Escaped(action)}\n");
            if (!changes.IsEmpty)
            {
                writer.Write($"    Note right of A{party}: {string.Join("<br/>", changes.Select(Escaped))}\n");
            }
        }

        if (sequence is { Ending: { } ending, Parties: [_, ..] })
        {
            string over = sequence.Parties.Length == 1 ? "A0" : $"A0,A{sequence.Parties.Length - 1}";
            writer.Write($"    Note over {over}: {Escaped(ending)}\n");
        }
    }

    /// <summary>Returns the text with entities for all characters which Mermaid might read as syntax.</summary>
    private static string Escaped(string text) =>
        string.Concat(text.Select(c => Special.Contains(c, StringComparison.Ordinal) || char.IsControl(c) ? $"#{(int)c};" : $"{c}"));
}
