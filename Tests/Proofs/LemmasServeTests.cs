using Checker.Composition.Protocols;
using Checker.Model.Catalogue;
using Checker.Model.Ir;
using Checker.Solver.Proof;

namespace Checker.Tests.Proofs;

/// <summary>Every lemma names its purpose, and the proof fails without it.</summary>
public sealed class LemmasServeTests
{
    public static TheoryData<string, string> Designs =>
    [
        .. from protocol in Registry.All
           where protocol.Name != "Counter"
           from design in protocol.Designs
           select (protocol.Name, design.Id),
    ];

    [Theory, MemberData(nameof(Designs))]
    public void What_a_lemma_serves_is_a_property_in_the_end(string protocol, string design)
    {
        var properties = System(protocol, design).Properties.ToDictionary(p => p.Name);

        Assert.All(properties.Values.Where(p => p.Kind == PropertyKind.Lemma), lemma =>
        {
            Assert.NotEmpty(lemma.Because);
            var at = lemma;
            for (int steps = 0; at.Kind == PropertyKind.Lemma; steps++)
            {
                Assert.True(steps < properties.Count, $"{lemma.Name} serves itself");
                Assert.True(properties.TryGetValue(at.Serves, out var next), $"{at.Name} serves {at.Serves}, which {design} does not have");
                at = next;
            }

            Assert.True(at.Kind is PropertyKind.Invariant or PropertyKind.StepInvariant, $"{lemma.Name} serves {at.Name}, a {at.Kind}");
        });
    }

    [Theory]
    [InlineData("separate,honest")]
    [InlineData("separate,spurious")]
    [InlineData("inplace,honest")]
    [InlineData("inplace,spurious")]
    public void No_proof_of_the_page_life_cycle_can_do_without_a_lemma(string design) => AssertNeeded("PageLifecycle", design);

    [Fact, Trait("Tier", "slow")]
    public void No_proof_of_guest_memory_can_do_without_a_lemma() => AssertNeeded("GuestMemory", "snp,hole,separate,honest");

    private static void AssertNeeded(string protocol, string design)
    {
        var system = System(protocol, design);
        var known = Registry.Get(protocol);
        var lemmas = system.Properties.Where(p => p.Kind == PropertyKind.Lemma).ToList();
        var properties = system.Properties.Where(p => p.Kind is PropertyKind.Invariant or PropertyKind.StepInvariant
            && known.Expect(known.Designs.Single(d => d.Id == design), p.Name).Verdict == Expected.Holds).ToList();

        Assert.Equal(ProofStatus.Proved, Prove(lemmas).Status);
        Assert.All(lemmas, lemma =>
        {
            var without = Prove([.. lemmas.Where(l => l != lemma)]);

            Assert.True(without.Status == ProofStatus.Failed, $"{lemma.Name}: {without.Status} without it");
        });

        ProofResult Prove(List<PropertyDeclaration> conjuncts) =>
            Induction.Prove(system, conjuncts, properties, ProofOptions.Default with { Vacuity = false });
    }

    private static TransitionSystem System(string protocol, string design)
    {
        var known = Registry.Get(protocol);
        return known.Build(known.Designs.Single(d => d.Id == design));
    }
}
