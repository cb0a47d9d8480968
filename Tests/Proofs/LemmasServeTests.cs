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

    [Theory, MemberData(nameof(Designs))]
    public void A_lemma_is_not_a_claim_in_other_words(string protocol, string design)
    {
        var (system, known) = (System(protocol, design), Registry.Get(protocol));
        var named = known.Designs.Single(d => d.Id == design);
        var claims = system.Properties.Where(p => p.IsSafety && !p.IsAboutSteps && known.Expects(named, p)).ToList();
        var lemmas = system.Properties.Where(p => p.IsLemma).ToList();
        var obligations = new Obligations(system, [], [.. claims, .. lemmas]);
        using var session = new Z3Session(Proving.Options.Timeout);

        var same = from claim in claims
                   from lemma in lemmas
                   where Reads(claim).SetEquals(Reads(lemma)) && Follows(claim, lemma) && Follows(lemma, claim)
                   select $"{lemma.Name} says what {claim.Name} says";

        Assert.Empty(same);

        bool Follows(PropertyDeclaration property, PropertyDeclaration from)
        {
            bool follows = false;
            session.Run(
                obligations.Declarations,
                obligations.Implications([property], [from]),
                r => follows = r.Status == ProofStatus.Proved,
                null,
                cores: false);
            return follows;
        }

        static HashSet<Variable> Reads(PropertyDeclaration property) =>
            [.. Fold.Descendants(property.Formula).OfType<Read>().Select(r => r.Variable)];
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
        Assert.All(lemmas.Except(PartsOfClaims()), lemma =>
        {
            var without = Prove([.. lemmas.Where(l => l != lemma)]);

            Assert.True(without.Status == ProofStatus.Failed, $"{lemma.Name}: {without.Status} without it");
        });

        // A part of a claim helps the solver: GuestMemory's proofs take 1.6 times as long without these.
        List<PropertyDeclaration> PartsOfClaims()
        {
            var obligations = new Obligations(system, properties.Where(p => !p.IsAboutSteps), lemmas);
            var parts = new List<PropertyDeclaration>();
            using var session = new Z3Session(Proving.Options.Timeout);
            session.Run(obligations.Declarations, obligations.Implications(), Keep, null, cores: false);
            return parts;

            void Keep(ObligationResult result) =>
                parts.AddRange(result.Status == ProofStatus.Proved ? [result.Obligation.Conjunct] : []);
        }

        ProofResult Prove(List<PropertyDeclaration> conjuncts) =>
            Induction.Prove(
                system,
                [.. conjuncts, .. properties.Where(p => !p.IsAboutSteps)],
                properties,
                ProofOptions.Default with { Vacuity = false });
    }

    private static TransitionSystem System(string protocol, string design)
    {
        var known = Registry.Get(protocol);
        return known.Build(known.Designs.Single(d => d.Id == design));
    }
}
