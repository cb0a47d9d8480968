using System.Runtime.CompilerServices;
using Checker.Model.Ir;
using Checker.Model.Language;
using Checker.Protocols.GuestMemory;
using Checker.Solver.Proof.Inference;
using static Checker.Model.Language.Logic;
using Thread = Checker.Protocols.GuestMemory.Thread;

namespace Checker.Tests.Proofs;

/// <summary>
/// A formula printed as C# equals its original C# text. The compiler has compiled the text of these tests, so the printed text
/// compiles, and to the same formula.
/// </summary>
public sealed class CSharpTests
{
    private readonly GuestMemoryModel m = new(Platform.Snp, Designation.Attribute, Backing.Inplace, spurious: true);

    [Fact]
    public void Cells_and_elements()
    {
        Same(Forall<Page, Frame>((p, f) => (m.gmem[p] == f).Implies(m.attr[p] == Alias.Private)));
        Same(Forall<Page>(p => (m.gmem[p] == None).Implies(m.spte[p, Alias.Shared] == None)));
        Same(Forall<Page, Page, Frame>((p, q, f) => (m.gmem[p] == f & m.gmem[q] == f).Implies(p == q)));
        Same(Forall<Vcpu, Page, Frame>((v, p, f) => m.gtlb[v, p, Alias.Private] != f | !m.hostf[f]));
        Same(Forall<Page>(p => m.gmem[p] == m.ufault[p] | m.owes[p]));
    }

    [Fact]
    public void Records_and_variables_without_an_index()
    {
        Same(Forall<Vcpu, Page>((v, p) => (m.fault[v].Page == p & !m.fault[v].Ok).Implies(m.vcpu[v].State == VcpuState.Run)));
        Same(Forall<Thread, Page>((t, p) =>
            (m.op[t].Kind == OpKind.Convert & m.op[t].Done == Done.Settled & m.op[t].Page == p).Implies(m.op[t].To != Alias.Shared)));
        Same(!m.dead.Value);
    }

    [Fact]
    public void Connectives_and_quantifiers()
    {
        Same(Forall<Page>(p => (m.attr[p] == Alias.Private | m.owes[p]) & (m.upte[p] == None | m.utlb[p] == None)));
        Same(Forall<Page>(p => m.owes[p] & (m.upte[p] == None).Implies(m.utlb[p] == None)));
        Same(Forall<Frame>(f => m.hostf[f].Implies(!Exists<Page>(p => m.gmem[p] == f))));
        Same(Forall<Page>(p => Exists<Thread>(t => Forall<Vcpu, Frame>((v, f) => (m.fault[v].Frame == f).Implies(m.op[t].Page == p)))));
        Same(Forall<Page>(p => (m.attr[p] == Alias.Private) == (m.upte[p] == None)));
        Same(Forall<Page, Vcpu>((p, v) => Cond(m.owes[p], m.fault[v].Ok, !m.fault[v].Stale)));
        Same(Forall<Page>(p => m.attr[p] == Cond<Alias>(m.owes[p], Alias.Private, Alias.Shared)));
        Same(Forall<Page>(p => Next(m.attr[p]) == m.attr[p] | Has("convert.zap")));
        Same(Count<Frame>(f => m.hostf[f]) + Count<Page>(p => m.owes[p]) < 3);
    }

    [Fact]
    public void A_predicate_is_spelt_out_and_its_variables_are_renamed_if_they_hide_another()
    {
        var formula = Forall<Page, Frame>((p, f) => (m.gmem[p] == f).Implies(!m.Free(f)));

        Assert.Equal("Forall<Page, Frame>((p, f) => (m.gmem[p] == f).Implies(!(!m.hostf[f] & !(Exists<Pin>(k => m.pin[k] == f) | "
            + "Exists<Page>(q => m.ufault[q] == f)) & Forall<Page>(q => m.gmem[q] != f))))",
            CSharp.Print(formula.Node));
    }

    [Fact]
    public void A_declaration_can_be_pasted()
    {
        var lemma = new PropertyDeclaration("Inferred1", PropertyKind.Lemma, Forall<Frame>(f => !m.hostf[f]).Node, [], default)
        {
            Serves = "HostNeverReachesPrivate",
            Because = "of \"this\""
        };

        Assert.Equal(
            "m.Lemma(\"Inferred1\", \"HostNeverReachesPrivate\", \"of \\\"this\\\"\",\n    Forall<Frame>(f => !m.hostf[f]));",
            CSharp.Declare(lemma));
    }

    /// <summary>Compares the printed formula with its source text, in which lines may be broken after a space.</summary>
    private static void Same(Term<bool> formula, [CallerArgumentExpression(nameof(formula))] string text = "") =>
        Assert.Equal(string.Join(' ', text.Split('\n', StringSplitOptions.TrimEntries)), CSharp.Print(formula.Node));
}
