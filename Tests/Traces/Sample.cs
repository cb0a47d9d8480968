using System.Collections.Concurrent;
using System.Collections.Immutable;
using Checker.Composition.Protocols;
using Checker.Solver.Explicit;
using Checker.Solver.Instance;
using Checker.Solver.Traces;
using FsCheck;
using FsCheck.Fluent;

namespace Checker.Tests.Traces;

/// <summary>Traces for tests: random walks of every design, and traces found by exploration.</summary>
internal static class Sample
{
    private static readonly ConcurrentDictionary<string, Scope> s_scopes = new(StringComparer.Ordinal);

    /// <summary>Two elements of the most permuted sorts, so a confusion of indices shows.</summary>
    private static readonly ImmutableDictionary<string, string> s_bounds = ImmutableDictionary.CreateRange(StringComparer.Ordinal,
        [
            KeyValuePair.Create("GuestMemory", "2,2,1,1,1"),
            KeyValuePair.Create("PageLifecycle", "2,3"),
            KeyValuePair.Create("Counter", "3")
        ]);

    public static TheoryData<string, string> Designs
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var design in Registry.All.SelectMany(p => p.Designs))
            {
                data.Add(design.Protocol, design.Id);
            }

            return data;
        }
    }

    public static TraceHeader Header(string protocol, string design, params string[] dropped) =>
        new(protocol, design, s_bounds.GetValueOrDefault(protocol) ?? DefaultOf(protocol), [.. dropped]);

    private static string DefaultOf(string protocol) => string.Join(',', Registry.Get(protocol).DefaultBounds);

    /// <summary>Builds the instance, once for each header, like the command line.</summary>
    public static Scope Load(TraceHeader header) => s_scopes.GetOrAdd(header.ToString(), _ =>
    {
        var protocol = Registry.Get(header.Protocol);
        var design = protocol.Designs.FirstOrDefault(d => d.Id == header.Design)
            ?? throw new ArgumentException($"no design '{header.Design}'", nameof(header));
        int[] sizes = [.. header.Bounds.Split(',')
            .Select(b => int.TryParse(b, out int size) ? size : throw new ArgumentException($"no bound '{b}'", nameof(header)))];
        return new(
            protocol.Build(design).Without(header.Dropped),
            protocol.BoundSorts.Zip(sizes).ToDictionary(b => b.First, b => b.Second));
    });

    /// <summary>
    /// Choices for a walk of at most the given length. FsCheck's own integers are mostly 0, which always gives the same walk.
    /// </summary>
    public static Arbitrary<int[]> Choices(int most) => Arb.From(
        Gen.Choose(0, most).SelectMany(length => Gen.Choose(0, 1 << 20).ArrayOf(length)),
        choices => ArbMap.Default.ArbFor<int[]>().Shrinker(choices).Where(c => c.All(i => i >= 0)));

    /// <summary>The walk from the initial state which takes the enabled instance picked by each choice. Choices are not negative.</summary>
    public static Trace Walk(TraceHeader header, IEnumerable<int> choices)
    {
        var scope = Load(header);
        var interpreter = new Interpreter(scope);
        int[] state = scope.InitialState();
        var states = ImmutableArray.Create(new TraceState(null, [.. state]));
        foreach (int choice in choices)
        {
            var enabled = scope.Instances.Where(i => interpreter.Enabled(i, state)).ToList();
            if (enabled.Count == 0)
            {
                break;
            }

            var instance = enabled[choice % enabled.Count];
            state = interpreter.Apply(instance, state);
            states = states.Add(new(instance, [.. state]));
        }

        return new(scope, null, states, LastStep: false) { Header = header };
    }

    /// <summary>The violations and witnesses found by exploration.</summary>
    public static IReadOnlyList<Trace> Found(TraceHeader header) =>
        [.. new Exhaustive(Load(header), new() { EveryProperty = true, Vacuity = false }).Run().Properties
            .Select(p => p.Trace).OfType<Trace>().Select(t => t with { Header = header })];

    /// <summary>The shortest trace to a lost update, with two threads and no lock.</summary>
    public static Trace LostUpdate()
    {
        var header = new TraceHeader("Counter", "", "2", ["lock"]);
        return Found(header).Single(t => t.Property!.Name == "NoLostUpdate");
    }

    /// <summary>A fault which was not compared with the page's attribute.</summary>
    public static Trace UncheckedFault()
    {
        var header = new TraceHeader("GuestMemory", "snp,attribute,separate,spurious", "1,2,1,1,1", ["fault.check_private"]);
        var found = new Exhaustive(Load(header), new() { Vacuity = false }).Run().FirstViolation!.Trace!;
        return found with { Header = header };
    }

    /// <summary>
    /// A step which violates a step property: KVM maps a private frame for a page which the guest did not request as private.
    /// </summary>
    public static Trace SomebodyElseUnshares() =>
        Found(new("PageLifecycle", "inplace,spurious", "1,2", ["map.claim"])).Single(t => t.Property!.Name == "OnlyTheGuestUnshares");

    /// <summary>Asserts the equality of everything stored in a file.</summary>
    public static void AssertSame(Trace expected, Trace actual)
    {
        Assert.Equal(expected.Header.ToString(), actual.Header.ToString());
        Assert.Equal(expected.Property?.Name, actual.Property?.Name);
        Assert.Equal(expected.LastStep, actual.LastStep);
        Assert.Equal(expected.States.Select(Text), actual.States.Select(Text));

        static string Text(TraceState state) => $"{state.Instance?.Number} {state.Instance}: {string.Join(' ', state.Cells)}";
    }
}
