using System.Collections.Immutable;
using Checker.App;
using Checker.Cli;
using Checker.Composition.Protocols;
using Checker.Model.Catalogue;
using Checker.Model.Language;

namespace Checker.Tests.Catalogue;

/// <summary>A part of a catalogue that checks nothing is refused, with its place.</summary>
public sealed class ProtocolCheckTests
{
    private static readonly Protocol s_counter = Registry.Get("Counter");

    public static TheoryData<string> Protocols => [.. Registry.All.Select(p => p.Name)];

    [Theory, MemberData(nameof(Protocols))]
    public void Every_part_of_the_protocols_here_checks_something(string protocol) =>
        Assert.Empty(ProtocolCheck.Of(Registry.Get(protocol)));

    [Fact]
    public void A_known_bug_that_names_nothing_is_refused()
    {
        var ranges = Registry.Get("RangeConversion");
        var bug = ranges.Bugs[0];
        string[] messages =
        [
            .. ProtocolCheck.Of(ranges with
            {
                Bugs =
                [
                    bug with { Drop = ["begin.hall"] },
                    bug with { Property = "Mixed" },
                    bug with { Design = "snp" },
                    bug with { Mutant = "Begin.guard1" },
                    bug with { Bounds = [1] },
                ],
            }).Select(d => d.Message),
        ];

        Assert.Equal(
            [
                "the bug E-K1: RangeConversion has no label begin.hall",
                "the bug E-K1: RangeConversion has no invariant Mixed",
                "the bug E-K1: there is no design snp",
                "the bug E-K1 has 2 changes; it is one of Drop, Mutant and Variant",
                "the bug E-K1 is of RangeConversion at 1, and RangeConversion has the sorts Page, Region",
            ],
            messages);
    }

    [Fact]
    public void A_protocol_without_designs_checks_nothing()
    {
        var wrong = s_counter with { Designs = [] };

        Assert.Equal(["P101"], Codes(wrong));
        Assert.Contains("Counter has no designs", Verify(wrong), StringComparison.Ordinal);
    }

    [Fact]
    public void Sizes_that_do_not_fit_the_sorts_are_no_matter_of_bounds()
    {
        Assert.Contains(": error P102: the bounds of Counter have no size for the sort Worker: they are for Thread",
            Verify(s_counter with { BoundSorts = ["Thread"] }), StringComparison.Ordinal);
        Assert.Contains(": error P102: Counter has 1 sorts (Worker), and 2 default bounds",
            Verify(s_counter with { DefaultBounds = [1, 2] }), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_do_not_exist_are_named_with_their_place()
    {
        var claim = new Claim("Counter", "NoLostUpdates", "", "", "");
        var unknown = ProtocolCheck.Of(s_counter with { Claims = s_counter.Claims.Add(claim) });
        var only = Assert.Single(unknown);
        Assert.Equal("P104", only.Code);
        Assert.Equal((claim.Line, "Tests/Catalogue/ProtocolCheckTests.cs"), (only.Source.Line, only.Source.File.TrimStart('.', '/')));

        Assert.Equal(["P103"],
            Codes(s_counter with { Claims = s_counter.Claims.Add(claim with { Id = "NoLostUpdate", Violated = [("a,b", "")] }) }));
        Assert.Equal(["P103"], Codes(s_counter with { Mutants = [new("Counter", ["lok"], "", [2], "NoLostUpdate", 5)] }));
        Assert.Equal(["P103"], Codes(s_counter with { Mutants = [new("Counter", ["lock"], "a", [2], "NoLostUpdate", 5)] }));
        Assert.Equal(["P103"], Codes(s_counter with { Mutants = [new("Counter", ["lock"], "", [2], "NoLostUpdates", 5)] }));
        Assert.Equal(["P103"], Codes(s_counter with { Survivors = [new("Counter", "lok", "*", Because.Redundant, "")] }));
        Assert.Equal(["P103"], Codes(s_counter with { Survivors = [new("Counter", "lock", "a,b", Because.Redundant, "")] }));
    }

    [Fact]
    public void A_claim_is_made_of_the_designs_with_the_property()
    {
        var without = s_counter.Claims.Single(c => c.Id == "AllDone") with { ByConstruction = "it is so" };

        Assert.Equal(["P104"], Codes(s_counter with { Claims = [.. s_counter.Claims.Select(c => c.Id == without.Id ? without : c)] }));
    }

    [Fact]
    public void A_claim_needs_no_more_than_the_default_bounds()
    {
        var needy = s_counter.Claims.Select(c => c.Id == "TwoIncrements" ? c with { Needs = [4] } : c);

        Assert.Equal(["P107"], Codes(s_counter with { Claims = [.. needy] }));
    }

    [Fact]
    public void What_is_not_possible_at_the_bounds_it_needs_is_a_failure()
    {
        // One worker cannot make two increments.
        var wrong = s_counter with { Claims = [.. s_counter.Claims.Select(c => c.Id == "TwoIncrements" ? c with { Needs = [1] } : c)] };
        var (output, error) = (new StringWriter(), new StringWriter());

        Assert.Equal(1, CommandLine.Run(["verify", "--bounds", "1", "--no-proofs"], new([wrong]), [], output, error));
        Assert.Contains(
            "cannot go on after Store (action 2 of 4): Load is not enabled, because !done[w0] is false",
            Cli.Program.Words(output.ToString()),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_and_lemmas_have_a_use_and_something_is_possible()
    {
        var idle = ProtocolCheck.Of(new("Idle", "", [], [new("Idle", [])], [], [], _ => new Idle().Build(), _ =>
            ImmutableDictionary<string, string>.Empty));

        Assert.Equal(["P103", "P105", "P106"], idle.Select(d => d.Code).Order(StringComparer.Ordinal));
        Assert.All(idle, d => Assert.Matches(@"\ATests/Catalogue/ProtocolCheckTests.cs:\d+: error P", d.ToString()));
    }

    [Fact]
    public void Every_code_is_documented()
    {
        string page = Architecture.Repository.Read("docs/semantics.md");
        Assert.All(
            typeof(ProtocolCode).GetFields().Select(f => (Code: (string)f.GetRawConstantValue()!, f.Name)),
            c => Assert.Contains($"| {c.Code} | {c.Name} |", page, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Page", "pages")]
    [InlineData("Process", "processes")]
    [InlineData("Entry", "entries")]
    [InlineData("Key", "keys")]
    [InlineData("Box", "boxes")]
    public void Sorts_have_a_plural(string sort, string plural) => Assert.Equal(plural, Bounds.Plural(sort));

    private static IEnumerable<string> Codes(Protocol protocol) => ProtocolCheck.Of(protocol).Select(d => d.Code);

    private static string Verify(Protocol protocol)
    {
        var (output, error) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        Assert.Equal(ExitCode.BadInput, CommandLine.Run(["verify", "--no-proofs"], new([protocol]), [], output, error));
        Assert.Empty(output.ToString());
        return error.ToString();
    }

    private sealed class Idle : Spec
    {
        private readonly Var<bool> _flag = new();

        public Idle()
        {
            Label("unused", "nothing uses this label");
            Action("Set", () => _flag.Value = true);
            Invariant("Free", _flag.Value | !_flag.Value);
            Lemma("Lost", "Nowhere", "it is so", _flag.Value | !_flag.Value);
        }
    }
}
