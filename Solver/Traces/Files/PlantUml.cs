namespace Checker.Solver.Traces.Files;

/// <summary>Traces as sequence diagrams of PlantUML (https://plantuml.com/sequence-diagram), one step a line.</summary>
public static class PlantUml
{
    /// <summary>The characters with a meaning in PlantUML's Creole texts.</summary>
    private const string Special = "~*_\"/<>[]{}|#\\%$&=-";

    public static void Write(Trace trace, TextWriter writer)
    {
        var sequence = new Sequence(trace);
        writer.Write("@startuml\n");
        writer.Write($"title {Escaped(sequence.Title)}\n");
        for (int i = 0; i < sequence.Parties.Length; i++)
        {
            writer.Write($"participant \"{Escaped(sequence.Parties[i])}\" as A{i}\n");
        }

        foreach (var (party, action, changes) in sequence.Steps)
        {
            writer.Write($"A{party} -> A{party} : {Escaped(action)}\n");
            if (!changes.IsEmpty)
            {
                writer.Write($"note right\n{string.Concat(changes.Select(c => Escaped(c) + "\n"))}end note\n");
            }
        }

        if (sequence is { Ending: { } ending, Parties: [_, ..] })
        {
            string over = sequence.Parties.Length == 1 ? "A0" : $"A0, A{sequence.Parties.Length - 1}";
            writer.Write($"note over {over}\n{Escaped(ending)}\nend note\n");
        }

        writer.Write("@enduml\n");
    }

    /// <summary>Returns the text with the characters of PlantUML's syntax as Unicode entities.</summary>
    private static string Escaped(string text) =>
        string.Concat(text.Select(c => Special.Contains(c, StringComparison.Ordinal) || char.IsControl(c) ? $"<U+{(int)c:X4}>" : $"{c}"));
}
