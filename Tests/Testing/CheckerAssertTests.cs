using Checker.App;
using Checker.Composition.Protocols;
using Checker.Model.Catalogue;
using Checker.Testing;
using FsCheck.Fluent;

namespace Checker.Tests.Testing;

/// <summary>The assertions for tests of a protocol: they pass, and they fail with the trace in the message.</summary>
public sealed class CheckerAssertTests
{
    private static readonly Protocol s_counter = Registry.Get("Counter");
    private static readonly Protocol s_pages = Registry.Get("PageLifecycle");

    [Fact]
    public void Exploring_gives_a_run_for_each_design() => Assert.Equal(4, CheckerAssert.Explores(s_pages).Count);

    [Fact]
    public void A_violation_fails_with_its_trace()
    {
        var failed = Assert.Throws<CheckFailedException>(() => CheckerAssert.Explores(s_counter, drop: "lock"));

        Assert.StartsWith("Counter, bounds 3, without lock: NoLostUpdate is violated", failed.Message);
        Assert.Contains("state 5 violates NoLostUpdate", failed.Message, StringComparison.Ordinal);
        Assert.Contains("Load(w=w1)", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_expected_violation_has_a_trace() =>
        Assert.Equal(5, CheckerAssert.Violates(s_pages, "NoMappingOutlivesItsFrame", "separate,honest", drop: "punch.zap").Length);

    [Fact]
    public void An_expected_violation_that_is_missing_fails()
    {
        var failed = Assert.Throws<CheckFailedException>(() => CheckerAssert.Violates(s_counter, "NoLostUpdate"));

        Assert.Equal("Counter, bounds 3: NoLostUpdate is not violated in 7 states", failed.Message);
    }

    [Fact]
    public void Designs_are_proved() => Assert.Single(CheckerAssert.Proves(s_pages, "separate,honest", "FrameHasOneUse"));

    [Fact]
    public void A_failed_proof_fails_with_the_reason()
    {
        var wrong = s_pages with { Build = design => s_pages.Build(design).Without("fill.free") };

        var failed = Assert.Throws<CheckFailedException>(() => CheckerAssert.Proves(wrong, "separate,honest", "FrameHasOneUse"));

        Assert.Contains("refuted", failed.Message, StringComparison.Ordinal);
        Assert.Contains("violates FrameHasOneUse", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Walks_pass_and_fail_with_a_trace()
    {
        Assert.Single(CheckerAssert.Walks(s_counter, walks: 5));

        var failed = Assert.Throws<CheckFailedException>(() => CheckerAssert.Walks(s_counter, walks: 50, drop: "lock"));
        Assert.Contains("a walk violates NoLostUpdate (seed 0)", failed.Message, StringComparison.Ordinal);
        Assert.Contains("Store(w=w0)", failed.Message, StringComparison.Ordinal);
    }

    /// <summary>FsCheck's walks are behaviours, and a failing one is shrunk to the shortest.</summary>
    [Fact]
    public void Generated_walks_are_behaviours_and_shrink()
    {
        FsCheck.Check.QuickThrowOnFailure(Prop.ForAll(Checker.Testing.Walk.Of(s_pages, "inplace,honest", steps: 20), walk =>
        {
            Checker.Solver.Traces.Replay.Check(walk.Trace);
        }));

        var found = Assert.ThrowsAny<Exception>(() => FsCheck.Check.QuickThrowOnFailure(
            Prop.ForAll(Checker.Testing.Walk.Of(s_counter, drop: "lock"), walk => walk.Actions.Count(a => a == "Store") < 2)));
        string shrunk = found.ToString()[found.ToString().IndexOf("Shrunk", StringComparison.Ordinal)..];
        Assert.Equal(2, shrunk.Split("Store(").Length - 1);
    }

    [Fact]
    public void A_name_that_does_not_exist_is_bad_input()
    {
        Assert.Throws<BadInputException>(() => CheckerAssert.Explores(s_counter, drop: "lck"));
        Assert.Contains("4 such designs",
            Assert.Throws<BadInputException>(() => CheckerAssert.Violates(s_pages, "FrameHasOneUse")).Message, StringComparison.Ordinal);
    }
}
