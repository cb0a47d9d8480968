using Checker.Solver.Traces;
using Checker.Solver.Traces.Files;
using FsCheck;
using FsCheck.Fluent;
using Replay = Checker.Solver.Traces.Replay;

namespace Checker.Tests.Traces;

/// <summary>A written trace is read back unchanged, in both formats.</summary>
public sealed class RoundTripTests
{
    [Theory, MemberData(nameof(Sample.Designs), MemberType = typeof(Sample))]
    public void A_walk_survives(string protocol, string design)
    {
        var header = Sample.Header(protocol, design);
        Prop.ForAll(Sample.Choices(40), choices => Survives(Sample.Walk(header, choices)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(10));
    }

    [Theory]
    [InlineData("Counter", "", "3", "")]
    [InlineData("Counter", "", "2", "lock")]
    [InlineData("PageLifecycle", "separate,honest", "1,2", "")]
    [InlineData("GuestMemory", "snp,attribute,separate,spurious", "1,2,1,1,1", "fault.check_private")]
    [InlineData("GuestMemory", "pkvm,attribute,inplace,honest", "1,1,1,0,0", "")]
    public void What_exploration_finds_survives_with_its_property(string protocol, string design, string bounds, string dropped)
    {
        var found = Sample.Found(new(protocol, design, bounds, dropped.Length == 0 ? [] : [dropped]));
        Assert.NotEmpty(found);
        Assert.All(found, Survives);
    }

    [Fact]
    public void The_property_decides_whether_the_last_step_is_meant()
    {
        var trace = Sample.SomebodyElseUnshares();
        Assert.True(trace.LastStep);
        Survives(trace);
        Survives(trace with { Property = null, LastStep = false });
    }

    private static void Survives(Trace trace)
    {
        string json = TraceJson.Write(trace);
        var read = Replay.Check(TraceJson.Read(json, Sample.Load));
        Sample.AssertSame(trace, read);
        Assert.Equal(json, TraceJson.Write(read));

        string itf = Itf.Write(trace);
        read = Replay.Check(Itf.Read(itf, Sample.Load));
        Sample.AssertSame(trace, read);
        Assert.Equal(itf, Itf.Write(read));
    }
}
