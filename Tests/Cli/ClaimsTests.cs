namespace Checker.Tests.Cli;

/// <summary>The command <c>checker claims</c>.</summary>
public sealed class ClaimsTests
{
    [Fact]
    public void A_claim_is_shown_with_who_said_it_formula_verdict_and_trace()
    {
        var (code, output, error) = Program.Call("claims s2 --protocol PageLifecycle --no-proofs");
        Assert.Equal((0, ""), (code, error));
        Assert.StartsWith("S2: the private file can never be mapped by the VMM\nsaid by Sean Christopherson, ", output);
        Assert.Contains("  forall f: mapped[f] => (forall p: file[p] != f)\n", output, StringComparison.Ordinal);
        Assert.Contains(
            " violated in backing inplace (3 states): in place, the file has the shared pages too ",
            Program.Words(output),
            StringComparison.Ordinal);
        Assert.Contains("state 3 violates FileNeverMapped", output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_holds_is_proved_as_well()
    {
        var (code, output, _) = Program.Call("claims S20 --protocol PageLifecycle");
        Assert.Equal(0, code);
        Assert.Contains("proved for any size in all designs", output, StringComparison.Ordinal);
    }

    [Fact, Trait("Tier", "slow")]
    public void What_refutes_a_claim_is_shown_on_the_design_that_does()
    {
        var (code, output, _) = Program.Call("claims S6 --no-proofs --design pkvm,*,*,honest");
        Assert.Equal(0, code);
        Assert.Contains(
            "refuted in platform pkvm, vmm honest (23 states): EL2 takes the frame out of its own tables",
            Program.Words(output),
            StringComparison.Ordinal);
        Assert.Contains("the step to state 23 is a witness of GivenBackWithContent", output, StringComparison.Ordinal);
    }

    [Fact]
    public void All_claims_have_their_lines()
    {
        var (code, output, _) = Program.Call("claims --no-proofs --protocol PageLifecycle");
        Assert.Equal(0, code);
        Assert.Equal(34, output.Split('\n').Count(l => l.StartsWith('S')));
        Assert.Contains("\n     PageLifecycle: holds in all designs\n", output, StringComparison.Ordinal);
        Assert.Contains("\n     not about these designs\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void As_json_every_answer_stands_alone()
    {
        var outcome = Program.Call("claims S19 --json --protocol PageLifecycle --design inplace,spurious");
        Assert.Equal(0, outcome.Code);
        var claim = Assert.Single(outcome.Json.GetProperty("claims").EnumerateArray());
        Assert.Equal("S19", claim.GetProperty("id").GetString());
        Assert.Equal(
            [("NoSilentLoss", "holds", "as claimed"), ("ReplacedPageKills", "possible", "as claimed")],
            claim.GetProperty("answers")
                .EnumerateArray()
                .Select(a =>
                    (a.GetProperty("property").GetString(), a.GetProperty("verdict").GetString(), a.GetProperty("expected").GetString())));
    }
}
