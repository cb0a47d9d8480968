using System.Collections.Immutable;
using Checker.App.Agreement;
using Checker.Solver.Explicit;
using Checker.Tests.Smt;

namespace Checker.Tests.Export;

/// <summary>The outputs of Rumur and SPIN, and the differences between their findings and an exploration.</summary>
public sealed class FindingsTests
{
    private const string Rumured = """
        <?xml version="1.0" encoding="utf-8"?>
        <rumur_run>
        <information state_size_bits="24" state_size_bytes="3" hash_table_slots="65536"/>
        <cover_result message="AllDone" count="6"/>
        <cover_result message="Never" count="0"/>
        <summary states="31" rules_fired="30" errors="1" duration_seconds="0"/>
        </rumur_run>
        """;

    private const string Stopped = """
        <rumur_run>
        <error includes_trace="true">
        <message>invariant &quot;InRange(Store.total)&quot; failed</message>
        <transition>Startstate &quot;Initially&quot;</transition><state></state>
        <transition>Rule &quot;Load&quot;<parameter name="w">1</parameter></transition><state></state>
        </error>
        <summary states="27" rules_fired="32" errors="1" duration_seconds="0"/>
        </rumur_run>
        """;

    private const string Spun = """
        property 1 after 6 steps

        State-vector 20 byte, depth reached 6, errors: 0
               31 states, stored
        """;

    [Fact]
    public void A_complete_run_of_Rumur_has_counts_and_witnesses()
    {
        var found = Rumur.Read(Rumured, ["AllDone", "Never"])!;

        Assert.Equal((31L, 31L, false), (found.States, found.Steps, found.IsFirstOnly));
        Assert.Equal("AllDone", Assert.Single(found.Found).Key);
    }

    [Fact]
    public void A_violation_in_Rumur_has_a_property_and_a_length()
    {
        var found = Rumur.Read(Stopped, ["InRange(Store.total)"])!;

        Assert.True(found.IsFirstOnly);
        Assert.Null(found.States);
        Assert.Equal(("InRange(Store.total)", (int?)2), (found.Found.Single().Key, found.Found.Single().Value));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<rumur_run>\n<information/>\n")]
    [InlineData("<rumur_run></rumur_run>")]
    public void A_broken_off_run_of_Rumur_has_no_findings(string output) => Assert.Null(Rumur.Read(output, []));

    [Fact]
    public void A_name_with_quotes_is_found_again()
    {
        string output = Rumured.Replace("AllDone", "&apos;a&apos;", StringComparison.Ordinal);
        Assert.Equal("\"a\"", Assert.Single(Rumur.Read(output, ["\"a\""])!.Found).Key);
    }

    [Fact]
    public void Another_error_of_Rumur_is_no_violation() =>
        Assert.Throws<ToolFailedException>(() => Rumur.Read(
            Stopped.Replace("invariant &quot;", "overflow &quot;", StringComparison.Ordinal), []));

    [Fact]
    public void A_run_of_SPIN_has_states_and_lengths()
    {
        var found = Spin.Read(Spun, ["NoLostUpdate", "AllDone"])!;

        Assert.Equal(31, found.States);
        Assert.Equal(("AllDone", (int?)7), (found.Found.Single().Key, found.Found.Single().Value));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Warning: Search not completed\n       31 states, stored\n")]
    [InlineData("error: max search depth too small\n       31 states, stored\n")]
    public void A_broken_off_run_of_SPIN_has_no_findings(string output) => Assert.Null(Spin.Read(output, []));

    [Fact]
    public void Every_difference_is_found()
    {
        // BelowTwo fails after 3 states. The first state is one before a step out of the range.
        var ours = new Exhaustive(Ladder.Scope(), new() { Symmetry = false, EveryProperty = true }).Run();
        var same = ours.Properties.Where(p => p.Trace is not null)
            .ToImmutableDictionary(p => p.Property.Name, p => (int?)p.Trace!.Length, StringComparer.Ordinal);
        var all = new Findings(ours.Distinct, ours.Generated, same, IsFirstOnly: false);

        Assert.Null(AgreementRun.Difference(ours, all));
        Assert.Contains(
            "distinct states",
            AgreementRun.Difference(ours, all with { States = ours.Distinct + 1 }),
            StringComparison.Ordinal);
        Assert.Contains("generated", AgreementRun.Difference(ours, all with { Steps = ours.Generated + 1 }), StringComparison.Ordinal);
        Assert.Contains(
            "BelowTwo is not violated, and violated here",
            AgreementRun.Difference(ours, all with { Found = same.Remove("BelowTwo") }),
            StringComparison.Ordinal);
        Assert.Contains(
            "SumsAreSums is violated, and not violated here",
            AgreementRun.Difference(ours, all with { Found = same.Add("SumsAreSums", 2) }),
            StringComparison.Ordinal);
        Assert.Contains(
            "BelowTwo is violated after 4 states, and after 3 here",
            AgreementRun.Difference(ours, all with { Found = same.SetItem("BelowTwo", 4) }),
            StringComparison.Ordinal);

        Assert.Null(AgreementRun.Difference(ours, First("InRange(Descend.rung)", 1)));
        Assert.NotNull(AgreementRun.Difference(ours, First("InRange(Descend.rung)", 2)));
        Assert.NotNull(AgreementRun.Difference(ours, First("BelowTwo", 1)));

        static Findings First(string name, int length) =>
            new(null, null, ImmutableDictionary<string, int?>.Empty.Add(name, length), IsFirstOnly: true);
    }
}
