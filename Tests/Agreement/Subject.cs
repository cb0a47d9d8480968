using System.Collections.Concurrent;
using Checker.Composition.Protocols;
using Checker.Model.Ir;
using Checker.Solver.Explicit.Compile;
using Checker.Solver.Instance;

namespace Checker.Tests.Agreement;

/// <summary>A compiled finite instance of a protocol, with states reached by random walks.</summary>
internal sealed class Subject
{
    private const int Walks = 4;
    private const int Steps = 90;
    private const int Kept = 24;

    private static readonly ConcurrentDictionary<string, Lazy<Subject>> s_known = new(StringComparer.Ordinal);

    private static readonly (string Protocol, string Bounds)[] s_bounds =
    [
        ("GuestMemory", "1,2,1,1,1"), ("GuestMemory", "2,2,2,1,1"),
        ("PageLifecycle", "2,2"), ("PageLifecycle", "3,2"),
        ("Counter", "1"), ("Counter", "4"),
    ];

    private Subject(string protocol, string design, string bounds)
    {
        Scope = ScopeOf(protocol, design, bounds);
        Finite = new FiniteModel(Scope);
        Compiled = new CompiledModel(Finite);
        Interpreter = new Interpreter(Scope);
        States = [.. Walk(new Random(bounds.Length + design.Sum(c => c)))];
    }

    /// <summary>Every design of every protocol, at small bounds, and at bounds where a permutation moves elements of every sort.</summary>
    public static TheoryData<string, string, string> All
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (var (protocol, bounds) in s_bounds)
            {
                data.AddRange([.. Registry.Get(protocol).Designs.Select(d => (protocol, d.Id, bounds))]);
            }

            return data;
        }
    }

    public Scope Scope { get; }

    public FiniteModel Finite { get; }

    public CompiledModel Compiled { get; }

    public Interpreter Interpreter { get; }

    public IReadOnlyList<int[]> States { get; }

    public static Subject Of(string protocol, string design, string bounds) =>
        s_known.GetOrAdd($"{protocol} {design} {bounds}", _ => new(() => new(protocol, design, bounds))).Value;

    public static Scope ScopeOf(string protocol, string design, string bounds, params string[] dropped) =>
        ScopeOf(protocol, design, bounds, s => s.Without(dropped));

    public static Scope ScopeOf(string protocol, string design, string bounds, Func<TransitionSystem, TransitionSystem> change)
    {
        var it = Registry.Get(protocol);
        return new(
            change(it.Build(it.Designs.Single(d => d.Id == design))),
            it.BoundSorts.Zip(bounds.Split(',').Select(int.Parse)).ToDictionary(b => b.First, b => b.Second));
    }

    /// <summary>The packed state as text, for comparing and sorting.</summary>
    public static string Text(ulong[] packed) => string.Join('.', packed.Select(w => $"{w:x16}"));

    /// <summary>A selection of the states of a few walks, from early to late ones.</summary>
    private IEnumerable<int[]> Walk(Random random)
    {
        var visited = new List<ulong[]>();
        for (int walk = 0; walk < Walks; walk++)
        {
            ulong[] state = Compiled.InitialState();
            for (int step = 0; step < Steps; step++)
            {
                visited.Add(state);
                ulong[][] next = [.. Compiled.Successors(state)];
                if (next.Length == 0)
                {
                    break;
                }

                state = next[random.Next(next.Length)];
            }
        }

        return visited.DistinctBy(Text).OrderBy(_ => random.Next()).Take(Kept).Select(s => Compiled.Layout.Unpack(s));
    }
}
