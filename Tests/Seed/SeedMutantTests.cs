using Checker.App;
using Checker.Composition.Protocols;
using Checker.Properties.GuestMemory.Discussion2022;
using Checker.Solver.Explicit;
using Checker.Solver.Instance;
using Checker.Solver.Traces;

namespace Checker.Tests.Seed;

/// <summary>Each property of the claims which holds everywhere can fail: without its guard or step, it does.</summary>
[Trait("Tier", "slow")]
public sealed class SeedMutantTests
{
    /// <summary>A waiting vCPU does nothing else. Forbidden behaviour of others in the meantime needs a second vCPU.</summary>
    private const string TwoVcpus = "1,2,2,1,0";

    [Theory]
    [InlineData("NothingMappedBeforeConversion", "snp,attribute,separate,honest", "fault.check_private", TwoVcpus)]
    [InlineData("UnusableBeforeConversion", "cca,hole,separate,honest", "fault.check_private", TwoVcpus)]
    [InlineData("FaultPassesOnMatch", "tdx,attribute,separate,spurious", "fault.check_private")]
    [InlineData("PunchUnmapsFirst", "cca,hole,separate,honest", "punch.zap")]
    [InlineData("PunchUnmapsFirst", "cca,attribute,inplace,honest", "punch.flush")]
    [InlineData("PunchedFrameIsWiped", "sw,hole,separate,honest", "punch.sanitise")]
    [InlineData("SecretIsNeverFree", "sw,hole,separate,honest", "punch.sanitise")]
    [InlineData("UnmappedIsDestroyed", "cca,attribute,inplace,spurious", "convert.reclaim")]
    [InlineData("OnlyAcceptedIsUsed", "tdx,hole,separate,honest", "punch.flush")]
    [InlineData("VmmReachesSharedOnly", "tdx,hole,separate,honest", "discard.host_flush")]
    [InlineData("VmmReachesSharedOnly", "pkvm,attribute,inplace,honest", "gmem.fault_shared_only")]
    [InlineData("MappedPrivateIsNotTheHosts", "cca,attribute,inplace,honest", "gmem.fault_shared_only")]
    [InlineData("RevokedBeforePrivate", "cca,attribute,inplace,honest", "convert.refcount")]
    [InlineData("RevokedBeforePrivate", "sw,attribute,inplace,honest", "convert.host_flush")]
    [InlineData("PrivateAccessIsRefused", "snp,attribute,inplace,honest", "gmem.fault_shared_only")]
    public void Without_this_it_fails(string property, string design, string label, string bounds = "1,2,1,1,1")
    {
        Assert.Equal(false, Holds(Claim(property), property, design, bounds, label));
        Assert.Equal(true, Holds(Claim(property), property, design, bounds));
    }

    /// <summary>There is no label for this. A design outside the claim's scope behaves differently.</summary>
    [Fact]
    public void On_pkvm_a_frame_becomes_the_guests_without_its_acceptance()
    {
        const string Property = "AcceptedOnlyByTheGuest";
        SeedClaim everywhere = new("S18", "", "", [new("GuestMemory", Property)]);
        Assert.Equal(false, Holds(everywhere, Property, "pkvm,attribute,inplace,honest", "1,2,1,1,1"));
        Assert.Equal(true, Holds(everywhere, Property, "cca,attribute,inplace,honest", "1,2,1,1,1"));
    }

    private static SeedClaim Claim(string property) => SeedClaims.All.First(c => c.Questions.Any(q => q.Property == property));

    private static bool? Holds(SeedClaim claim, string property, string design, string bounds, params string[] dropped)
    {
        var protocol = Registry.Get("GuestMemory");
        var model = SeedModel.Of(protocol.Designs.Single(d => d.Id == design), [claim]);
        var only = model.Without(dropped) with { Properties = [model.Property(property)] };
        var search = new Exhaustive(
            new Scope(only, BoundsOption.Parse(protocol, bounds).BySort),
            new() { Threads = Environment.ProcessorCount, Vacuity = false });
        var result = Assert.Single(search.Run().Properties);
        if (result.Trace is { } trace)
        {
            Replay.Check(trace);
        }

        return result.Holds;
    }
}
