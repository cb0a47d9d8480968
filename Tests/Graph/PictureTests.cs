using System.Collections.Immutable;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Checker.Solver.Explicit;
using Checker.Solver.Graph;
using Checker.Solver.Instance;

namespace Checker.Tests.Graph;

public sealed partial class PictureTests
{
    private static readonly XNamespace s_graphMl = "http://graphml.graphdrawing.org/xmlns";

    [Fact]
    public void Dot_has_a_line_for_each_state_and_step()
    {
        var space = Instances.Space(Instances.Of("PageLifecycle", "inplace,spurious", "map.revoked"));
        string text = Text(Dot.Write, Whole(space));
        Assert.Equal(space.Count, NodeLine().Count(text));
        Assert.Equal(space.Steps, EdgeLine().Count(text));
        Assert.StartsWith("digraph \"PageLifecycle\" {\n", text, StringComparison.Ordinal);
        Assert.EndsWith("}\n", text, StringComparison.Ordinal);
        Assert.Single(text.Split('\n'), l => l.Contains("peripheries=2", StringComparison.Ordinal));
    }

    [Fact]
    public void What_violates_a_property_is_red()
    {
        var space = Instances.Space(Instances.Of("Counter", "Counter", "lock"));
        var graph = Whole(space);
        var interpreter = new Interpreter(space.Scope);
        var invariant = space.Scope.System.Properties.Single(p => p.Name == "NoLostUpdate");
        Assert.All(
            graph.Graph.Vertices,
            v => Assert.Equal(!interpreter.Holds(invariant.Formula, [.. v.Cells]), v.Violates.Contains("NoLostUpdate")));
        Assert.Contains(graph.Graph.Vertices, v => !v.Violates.IsEmpty);
        Assert.Equal(
            graph.Graph.Vertices.Count(v => !v.Violates.IsEmpty),
            NodeLine().Matches(Text(Dot.Write, graph)).Count(m => m.Value.Contains("color=red", StringComparison.Ordinal)));
    }

    [Fact]
    public void Steps_that_violate_a_property_are_red()
    {
        var space = Instances.Space(Instances.Of("PageLifecycle", "separate,honest", "map.claim"));
        var graph = Whole(space);
        var bad = graph.Graph.Edges.Where(e => e.Tag.Violates.Contains("OnlyTheGuestUnshares")).ToList();
        Assert.NotEmpty(bad);
        Assert.All(bad, e => Assert.Equal("Map", e.Tag.Instance.Action.Name));
        Assert.Equal(
            graph.Graph.Edges.Count(e => !e.Tag.Violates.IsEmpty),
            EdgeLine().Matches(Text(Dot.Write, graph)).Count(m => m.Value.Contains("color=red", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_part_around_a_trace_is_marked_and_shows_where_it_was_cut()
    {
        var scope = Instances.Of("PageLifecycle", "inplace,honest", "map.revoked");
        var space = Instances.Space(scope);
        var trace = new Exhaustive(scope, new()).Run().FirstViolation!.Trace!;
        var numbers = space.Follow(trace);
        foreach (int radius in new[] { 0, 1, 3 })
        {
            var states = space.Within(numbers, radius, TestContext.Current.CancellationToken);
            var graph = StateGraph.Of(space, states, numbers, TestContext.Current.CancellationToken);
            Assert.Equal(states.Order(), graph.Graph.Vertices.Select(v => v.Number));
            Assert.Equal(trace.Length, graph.Graph.Vertices.Count(v => v.OnTrace));
            Assert.Equal(
                trace.Length - 1,
                graph.Graph.Edges.Where(e => e.Tag.OnTrace).Select(e => (e.Source.Number, e.Target.Number)).Distinct().Count());
            Assert.All(graph.Graph.Vertices, v => Assert.Equal(space.Successors(v.Number).Length > graph.Graph.OutDegree(v), v.IsCut));
        }

        Assert.NotEmpty(StateGraph.Of(
            space,
            space.Within(numbers, 0, TestContext.Current.CancellationToken),
            numbers,
            TestContext.Current.CancellationToken).Graph.Vertices.Single(v => v.Number == numbers[^1]).Violates);
    }

    [Theory]
    [InlineData("a\"b", "\"a\\\"b\"")]
    [InlineData("a\\b", "\"a\\\\b\"")]
    [InlineData("one\ntwo\n", "\"one\\ltwo\\l\"")]
    [InlineData("x[p0] = <None> & {y}", "\"x[p0] = <None> & {y}\"")]
    public void Dot_quotes_what_has_a_meaning_there(string text, string quoted) => Assert.Equal(quoted, Dot.Quote(text));

    [Fact]
    public void GraphMl_is_well_formed_and_says_the_same()
    {
        var space = Instances.Space(Instances.Of("PageLifecycle", "separate,honest", "map.claim"));
        string text = Text(GraphMl.Write, Whole(space));
        Assert.StartsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", text, StringComparison.Ordinal);
        var root = XDocument.Parse(text).Root!;
        Assert.Equal(s_graphMl + "graphml", root.Name);
        var keys = root.Elements(s_graphMl + "key").ToDictionary(k => k.Attribute("id")!.Value, k => k.Attribute("for")!.Value);
        var graph = Assert.Single(root.Elements(s_graphMl + "graph"));
        var nodes = graph.Elements(s_graphMl + "node").Select(n => n.Attribute("id")!.Value).ToHashSet();
        Assert.Equal(space.Count, nodes.Count);
        var edges = graph.Elements(s_graphMl + "edge").ToList();
        Assert.Equal(space.Steps, edges.Count);
        Assert.Equal(edges.Count, edges.Select(e => e.Attribute("id")!.Value).Distinct().Count());
        Assert.All(edges, e => Assert.True(nodes.Contains(e.Attribute("source")!.Value) && nodes.Contains(e.Attribute("target")!.Value)));
        Assert.All(graph.Descendants(s_graphMl + "data"), d => Assert.Equal(d.Parent!.Name.LocalName, keys[d.Attribute("key")!.Value]));
        Assert.Contains(
            graph.Descendants(s_graphMl + "data"),
            d => d.Attribute("key")!.Value == "step-violates" && d.Value == "OnlyTheGuestUnshares");
    }

    private static StateGraph Whole(StateSpace space) =>
        StateGraph.Of(
            space,
            Enumerable.Range(0, space.Count).ToHashSet(),
            ImmutableArray<int>.Empty,
            TestContext.Current.CancellationToken);

    private static string Text(Action<StateGraph, TextWriter> write, StateGraph graph)
    {
        var text = new StringWriter { NewLine = "\n" };
        write(graph, text);
        return text.ToString();
    }

    [GeneratedRegex(@"^  s\d+ \[.*$", RegexOptions.Multiline)]
    private static partial Regex NodeLine();

    [GeneratedRegex(@"^  s\d+ -> s\d+ \[.*$", RegexOptions.Multiline)]
    private static partial Regex EdgeLine();
}
