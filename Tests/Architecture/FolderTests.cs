using System.Collections.Immutable;
using System.Reflection;

namespace Checker.Tests.Architecture;

/// <summary>The folders of a project are namespaces, and depend on each other in one direction only.</summary>
public sealed class FolderTests
{
    private static readonly string[] s_assemblies = [
        "Checker.Model", "Checker.Protocols", "Checker.Properties", "Checker.Solver", "Checker.App", "Checker.Testing",
        "Checker.Cli", "checker"
    ];

    public static TheoryData<string> Assemblies => [.. s_assemblies];

    [Theory, MemberData(nameof(Assemblies))]
    public void No_circle_of_folders(string assembly)
    {
        var uses = NamespaceGraph.Of(Assembly.Load(assembly));

        var circles = Circles(uses).Select(c => Describe(c, uses)).ToList();

        Assert.True(circles.Count == 0, string.Join("; ", circles));
    }

    /// <summary>
    /// The test above would pass for a graph without edges. These uses must be found: one in a signature, one in a method's body.
    /// </summary>
    [Fact]
    public void Uses_are_seen()
    {
        var uses = NamespaceGraph.Of(Assembly.Load("Checker.Solver"));

        Assert.Contains("Checker.Solver.Instance", uses["Checker.Solver.Explicit"].Keys);
        Assert.Contains("Checker.Solver.Smt", uses["Checker.Solver.Bounded"].Keys);
    }

    [Fact]
    public void A_circle_is_found()
    {
        var uses = new Dictionary<string, ImmutableSortedDictionary<string, string>>(StringComparer.Ordinal)
        {
            ["a"] = Uses("b"),
            ["b"] = Uses("c"),
            ["c"] = Uses("b"),
        };

        Assert.Equal(["b", "c"], Assert.Single(Circles(uses)));

        static ImmutableSortedDictionary<string, string> Uses(string target) =>
            ImmutableSortedDictionary<string, string>.Empty.Add(target, "x");
    }

    /// <summary>The sets of several namespaces in which each uses each, directly or indirectly.</summary>
    private static IEnumerable<ImmutableArray<string>> Circles(IReadOnlyDictionary<string, ImmutableSortedDictionary<string, string>> uses)
    {
        var reached = uses.Keys.ToDictionary(n => n, n => Reached(n, uses), StringComparer.Ordinal);
        return uses.Keys.Where(n => reached[n].Contains(n))
            .Select(n =>
                reached[n]
                    .Where(m => reached.TryGetValue(m, out var back) && back.Contains(n))
                    .Order(StringComparer.Ordinal)
                    .ToImmutableArray())
            .DistinctBy(c => string.Join(',', c));
    }

    private static HashSet<string> Reached(string start, IReadOnlyDictionary<string, ImmutableSortedDictionary<string, string>> uses)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([start]);
        while (open.TryPop(out string? next))
        {
            foreach (string target in uses.TryGetValue(next, out var targets) ? targets.Keys : [])
            {
                if (reached.Add(target))
                {
                    open.Push(target);
                }
            }
        }

        return reached;
    }

    private static string Describe(
        ImmutableArray<string> circle,
        IReadOnlyDictionary<string, ImmutableSortedDictionary<string, string>> uses) =>
        string.Join(", ", from source in circle
                          from target in circle
                          where uses[source].ContainsKey(target)
                          select $"{source} -> {target} ({uses[source][target]})");
}
