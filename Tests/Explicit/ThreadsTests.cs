using System.Collections.Immutable;
using Checker.Model.Ir;
using Checker.Solver.Explicit;
using Checker.Solver.Instance;

namespace Checker.Tests.Explicit;

/// <summary>The output is the same, including the states of traces, for any number of threads and in every run.</summary>
public sealed class ThreadsTests
{
    public static TheoryData<string, string, string> Models => new()
    {
        { "snp,hole,separate,honest", "1,2,1,1,1", "" },
        { "sw,attribute,separate,spurious", "1,2,1,1,1", "" },
        { "cca,attribute,inplace,spurious", "1,2,1,1,1", "punch.zap,convert.zap" },
        { "tdx,hole,separate,spurious", "1,2,1,1,1", "fault.no_fill" },
        { "pkvm,attribute,inplace,spurious", "2,1,1,1,0", "punch.folio_lock" },
        { "tdx,hole,separate,honest", "1,2,2,1,0", "guest.flush" },
    };

    [Theory, MemberData(nameof(Models))]
    public void Threads_do_not_change_what_is_said(string design, string bounds, string dropped)
    {
        var scope = Explore.GuestMemory(design, bounds, dropped.Split(',', StringSplitOptions.RemoveEmptyEntries));
        foreach (bool symmetry in new[] { false, true })
        {
            AssertSame(scope, new() { Symmetry = symmetry });
        }
    }

    [Theory, Trait("Tier", "slow")]
    [InlineData("pkvm,attribute,inplace,spurious", "punch.zap,convert.zap")]
    [InlineData("sw,hole,separate,honest", "punch.flush,fault.retry_on_invalidate")]
    public void Threads_do_not_change_the_trace_of_any_property(string design, string dropped)
    {
        var scope = Explore.GuestMemory(design, "1,2,1,1,1", dropped.Split(','));
        foreach (bool symmetry in new[] { false, true })
        {
            AssertSame(scope, new() { Symmetry = symmetry, EveryProperty = true });
        }
    }

    /// <summary>In many small runs threads meet on nearly every state, so a dependence on their order would show.</summary>
    [Fact]
    public void Small_runs_repeat_exactly()
    {
        var scope = Explore.GuestMemory("pkvm,attribute,inplace,spurious", "1,2,1,1,1", "convert.flush", "convert.refcount");
        string first = Explore.Text(Explore.Run(scope, new()));
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal(first, Explore.Text(Explore.Run(scope, new() { Threads = 1 + (i % 4) })));
        }
    }

    /// <summary>Every witness is the same too, including those of steps.</summary>
    [Fact]
    public void Threads_do_not_change_witnesses()
    {
        var scope = Explore.GuestMemory("snp,attribute,inplace,honest", "1,2,1,1,1");
        var system = scope.System with { Properties = Witnessed(scope.System) };
        AssertSame(new Scope(system, system.Sorts.ToDictionary(s => s.Name, scope.SizeOf)), new());
    }

    private static ImmutableArray<PropertyDeclaration> Witnessed(TransitionSystem system) =>
        [.. system.Properties.Where(p => p.Kind == PropertyKind.Invariant)
            .Select(p => p with { Kind = PropertyKind.Reachable, Name = "Reaches" + p.Name })];

    private static void AssertSame(Scope scope, ExplorationOptions options)
    {
        string one = Explore.Text(Explore.Run(scope, options with { Threads = 1 }));
        foreach (int threads in new[] { 1, 2, 4 })
        {
            Assert.Equal(one, Explore.Text(Explore.Run(scope, options with { Threads = threads })));
        }
    }
}
