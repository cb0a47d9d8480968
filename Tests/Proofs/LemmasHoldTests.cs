using Checker.Composition.Protocols;
using Checker.Model.Ir;
using Checker.Protocols.GuestMemory;
using Checker.Solver.Explicit;
using Checker.Solver.Instance;
using static Checker.Model.Language.Logic;

namespace Checker.Tests.Proofs;

/// <summary>
/// Lemmas are invariants. Independently of the prover, exploration finds them true in every reachable state of small instances,
/// and finds the state in which one is false.
/// </summary>
public sealed class LemmasHoldTests
{
    private static readonly ExplorationOptions s_lemmas = new() { Lemmas = true, EveryProperty = true, Vacuity = false, Threads = 2 };

    public static TheoryData<string, string, string> DefaultBounds =>
    [
        .. from protocol in Registry.All
           where protocol.Name != "Counter"
           from design in protocol.Designs
           select (protocol.Name, design.Id, string.Join(',', protocol.DefaultBounds)),
    ];

    /// <summary>Two elements of each sort, if this is small enough.</summary>
    public static TheoryData<string, string, string> LargerBounds => new(
        from more in new (string Protocol, string Bounds, string Pattern)[]
        {
            ("PageLifecycle", "3,3", "*"),
            ("GuestMemory", "1,2,2,1,0", "*,*,*,honest"),
            ("GuestMemory", "1,2,2,1,0", "*,hole,separate,spurious"),
            ("GuestMemory", "1,2,2,1,0", "*,*,inplace,spurious"),
            ("GuestMemory", "1,2,1,2,0", "*"),
            ("GuestMemory", "2,2,1,1,0", "sw,*,*,honest"),
            ("GuestMemory", "2,2,1,1,0", "*,hole,separate,honest"),
            ("GuestMemory", "2,2,1,1,0", "*,*,inplace,honest"),
            ("GuestMemory", "2,2,1,1,0", "cca,*,inplace,spurious"),
        }
        from design in Registry.Get(more.Protocol).Designs
        where design.Is(more.Pattern)
        select (more.Protocol, design.Id, more.Bounds));

    [Theory, MemberData(nameof(DefaultBounds))]
    public void Every_lemma_holds_in_every_reachable_state(string protocol, string design, string bounds) =>
        AssertLemmasHold(protocol, design, bounds);

    [Theory, MemberData(nameof(LargerBounds)), Trait("Tier", "slow")]
    public void Every_lemma_holds_with_more_pages_vcpus_and_threads(string protocol, string design, string bounds) =>
        AssertLemmasHold(protocol, design, bounds);

    /// <summary>Some steps before a property fails, the lemma about the dropped guard or step fails.</summary>
    [Theory]
    [InlineData("snp,attribute,inplace,spurious", "1,2,1,1,1", "fault.check_private", "FaultMatches", 5)]
    [InlineData("snp,attribute,inplace,spurious", "1,2,1,1,1", "fault.get_pfn_locked", "Reclaimed", 16)]
    [InlineData("snp,attribute,inplace,spurious", "1,2,1,1,1", "fault.snapshot_first", "FaultMatches", 11)]
    [InlineData("snp,attribute,inplace,spurious", "1,2,1,1,1", "fault.retry_on_invalidate", "PunchZapped", 6)]
    [InlineData("snp,attribute,inplace,spurious", "1,2,1,1,1", "convert.host_flush", "ConvertTlb", 6)]
    [InlineData("snp,attribute,inplace,spurious", "1,2,1,1,1", "convert.refcount", "ConvertUnmapped", 5)]
    [InlineData("snp,attribute,inplace,spurious", "1,2,1,1,1", "convert.zap", "ConvertZapped", 8)]
    [InlineData("snp,attribute,inplace,spurious", "1,2,1,1,1", "convert.flush", "ConvertFlushed", 10)]
    [InlineData("snp,attribute,inplace,spurious", "1,2,1,1,1", "convert.reclaim", "Reclaimed", 16)]
    [InlineData("snp,attribute,inplace,spurious", "1,2,1,1,1", "gmem.fault_shared_only", "UserMapsShared", 9)]
    [InlineData("snp,attribute,inplace,spurious", "1,2,1,1,1", "gmem.fault_locked", "ConvertUnmapped", 5)]
    [InlineData("cca,attribute,inplace,spurious", "2,1,1,1,0", "punch.unmap_user", "PunchUnmapped", 6)]
    [InlineData("cca,attribute,inplace,spurious", "2,1,1,1,0", "punch.folio_lock", "PunchUnmapped", 5)]
    [InlineData("snp,attribute,separate,spurious", "1,2,1,1,0", "set.zap", "SetZapped", 6)]
    [InlineData("snp,attribute,separate,spurious", "1,2,1,1,0", "set.flush", "SetFlushed", 8)]
    [InlineData("snp,attribute,separate,spurious", "1,2,1,1,0", "punch.zap", "PunchZapped", 13)]
    [InlineData("snp,attribute,separate,spurious", "1,2,1,1,0", "punch.flush", "PunchFlushed", 16)]
    [InlineData("snp,attribute,separate,spurious", "1,2,1,1,0", "discard.zap", "DiscardZapped", 6)]
    [InlineData("snp,attribute,separate,spurious", "1,2,1,1,0", "discard.flush", "DiscardFlushed", 8)]
    [InlineData("snp,attribute,separate,spurious", "1,2,1,1,0", "discard.host_flush", "UserMapsShared", 7)]
    [InlineData("snp,attribute,separate,honest", "1,2,2,1,0", "guest.flush", "FaultView", 3)]
    [InlineData("sw,hole,separate,spurious", "1,2,1,1,0", "fill.zap", "FillZapped", 6)]
    [InlineData("sw,hole,separate,spurious", "1,2,1,1,0", "fill.flush", "FillFlushed", 8)]
    [InlineData("sw,hole,separate,spurious", "1,2,1,1,0", "punch.sanitise", "SecretBacked", 18)]
    [InlineData("pkvm,attribute,inplace,spurious", "1,2,1,1,0", "punch.guest_consent", "PunchConsent", 15)]
    [InlineData("pkvm,attribute,inplace,spurious", "1,2,1,1,0", "convert.guest_consent", "OwesData", 22)]
    public void Without_a_label_the_lemma_about_it_is_false(string design, string bounds, string label, string lemma, int length)
    {
        var result = Lemmas(Lemma("GuestMemory", design, bounds, label), s_lemmas with { EveryProperty = false });

        Assert.Equal(Outcome.Violated, result.Outcome);
        Assert.Equal(length, result.FirstViolation!.Trace!.Length);
        Assert.Contains(lemma, result.Properties.Where(p => p.Trace?.Length == length).Select(p => p.Property.Name));
    }

    [Fact]
    public void A_lemma_that_is_false_is_reported_with_the_shortest_trace()
    {
        var model = new GuestMemoryModel(Platform.Snp, Designation.Attribute, Backing.Separate, spurious: true);
        model.Lemma("HostMapsNothing", "HostNeverReachesPrivate", "it does", Forall<Page, Frame>((p, f) => model.upte[p] != f));
        var sizes = Registry.Get("GuestMemory").BoundSorts.ToDictionary(s => s, _ => 1);

        var result = Lemmas(new(model.Build(), sizes), s_lemmas);

        var violation = Assert.Single(result.Properties);
        Assert.Equal(("HostMapsNothing", PropertyKind.Lemma, false), (violation.Property.Name, violation.Property.Kind, violation.Holds));
        Assert.Equal(["HostFault(p=p0, f=f0)"], violation.Trace!.States.Skip(1).Select(s => s.Instance!.ToString()));
    }

    [Fact]
    public void Exploration_looks_at_lemmas_only_when_asked_to()
    {
        var scope = Lemma("PageLifecycle", "inplace,spurious", "1,1");

        Assert.Empty(Lemmas(scope, s_lemmas with { Lemmas = false }).Properties);
        Assert.NotEmpty(Lemmas(scope, s_lemmas).Properties);
    }

    private static void AssertLemmasHold(string protocol, string design, string bounds)
    {
        var scope = Lemma(protocol, design, bounds);

        var result = Lemmas(scope, s_lemmas);

        Assert.Equal(Outcome.Complete, result.Outcome);
        Assert.Equal(scope.System.Properties.Select(p => p.Name), result.Properties.Select(p => p.Property.Name));
        Assert.All(
            result.Properties,
            p => Assert.True(p.Holds, $"{p.Property.Name}: {p.Property.Formula}\n{Explicit.Explore.Text(p.Trace)}"));
    }

    private static ExplorationResult Lemmas(Scope scope, ExplorationOptions options) => new Exhaustive(scope, options).Run();

    /// <summary>The design with only its lemmas to check.</summary>
    private static Scope Lemma(string protocol, string design, string bounds, params string[] dropped)
    {
        var known = Registry.Get(protocol);
        var system = known.Build(known.Designs.Single(d => d.Id == design)).Without(dropped);
        return new(system with { Properties = [.. system.Properties.Where(p => p.Kind == PropertyKind.Lemma)] },
            known.BoundSorts.Zip(bounds.Split(',')).ToDictionary(b => b.First, b => int.Parse(b.Second)));
    }
}
