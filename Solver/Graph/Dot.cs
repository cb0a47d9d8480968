namespace Checker.Solver.Graph;

/// <summary>A state graph in the language of Graphviz. <c>dot -Tsvg</c> draws it.</summary>
public static class Dot
{
    public static void Write(StateGraph graph, TextWriter writer)
    {
        writer.Write($"digraph {Quote(graph.Scope.System.Name)} {{\n");
        writer.Write("  // A state shows its differences from the initial state. Double border: initial. Red: violates a property.\n");
        writer.Write("  // Bold: the counterexample. Dashed border: has steps that are not shown.\n");
        writer.Write("  node [shape=box, fontname=\"monospace\", fontsize=10];\n  edge [fontname=\"sans-serif\", fontsize=9];\n");
        foreach (var node in graph.Graph.Vertices)
        {
            string label = string.Concat(graph.Describe(node).Prepend(node.IsInitial ? $"{node.Id} (initial)" : node.Id)
                .Concat(node.Violates.Select(v => $"violates {v}")).Select(line => line + "\n"));
            writer.Write($"  {node.Id} [label={Quote(label)}{Look(node)}];\n");
        }

        foreach (var edge in graph.Graph.Edges)
        {
            string label = string.Join('\n', edge.Tag.Violates.Select(v => $"violates {v}").Prepend(edge.Tag.Instance.ToString()));
            string look = (edge.Tag.Violates.IsEmpty ? "" : ", color=red, fontcolor=red") + (edge.Tag.OnTrace ? ", penwidth=2.5" : "");
            writer.Write($"  {edge.Source.Id} -> {edge.Target.Id} [label={Quote(label)}{look}];\n");
        }

        writer.Write("}\n");
    }

    private static string Look(StateNode node) =>
        (node.IsInitial ? ", peripheries=2" : "")
        + (node.Violates.IsEmpty ? "" : ", color=red, style=filled, fillcolor=mistyrose")
        + (node.IsCut && node.Violates.IsEmpty ? ", style=dashed" : "")
        + (node.OnTrace ? ", penwidth=2.5" : "");

    /// <summary>Returns a quoted string. A line ends with "\l", which makes Graphviz justify it to the left.</summary>
    internal static string Quote(string text) =>
        '"' + text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\l", StringComparison.Ordinal) + '"';
}
