using Checker.Model.Ir;
using Checker.Solver.Explicit;
using Checker.Solver.Instance;
using Checker.Solver.Proof;
using Checker.Solver.Proof.Certificates;
using Checker.Solver.Smt;

namespace Checker.Tests.Proofs;

/// <summary>Every construct of the language has an encoding for any size, and properties proved with it hold at every size.</summary>
public sealed class ConstructTests
{
    public static TheoryData<string> Names => [.. Constructs.All.Select(m => m.Model.GetType().Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_proved_for_any_size_holds_at_every_size(string name)
    {
        var (model, proved) = Find(name);
        var encodable = new Encodable(model);

        foreach (var property in model.Properties.Where(p => p.IsSafety && encodable.Refusal(p.Formula) is null))
        {
            var result = Induction.Prove(model, [property], Proving.Options);
            if (result.Status == ProofStatus.Proved)
            {
                Assert.All(
                    Sizes(model),
                    sizes => Assert.True(
                        Holds(model, property, sizes),
                        $"{property.Name} is proved, and violated at {string.Join(',', sizes.Values)}"));
            }

            bool expected = proved.Contains(property.Name);
            Assert.True(!expected || result.Status == ProofStatus.Proved, $"{property.Name}: {string.Join("; ", Proving.Open(result))}");
            Assert.True(
                expected || property.Kind == PropertyKind.WellFormed || result.Status == ProofStatus.Failed,
                $"{property.Name}: {result.Status}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_second_solver_reads_and_confirms_what_is_proved(string name)
    {
        var (model, names) = Find(name);
        PropertyDeclaration[] properties = [.. model.Properties.Where(p => names.Contains(p.Name))];
        if (properties.Length == 0)
        {
            return;
        }

        var proof = Induction.Prove(model, properties, Proving.Options with { Cores = true });
        string folder = Certificate.FolderOf(Manifest.FolderOf(1), 0, "Constructs", name);
        var (certified, texts) = Certificate.Of(folder, "Constructs", name, proof);
        var compared = Certifier.Compare(
            folder,
            certified,
            model,
            properties,
            (file, _) => System.Text.Encoding.UTF8.GetBytes(texts.Single(t => t.Name == file).Text));
        var confirmed = Certifier.Check(
            compared,
            new SecondSolver(null, TimeSpan.FromSeconds(20)),
            1,
            TestContext.Current.CancellationToken);

        Assert.Empty(confirmed.Contradicted);
        Assert.Empty(confirmed.Unconfirmed);
        Assert.Equal(proof.Obligations.Length, confirmed.Confirmed);
    }

    [Theory]
    [InlineData(nameof(Constructs.NobodyLeft), "NeverBad")]
    [InlineData(nameof(Constructs.SomebodyIsThere), "Somebody")]
    public void What_fails_without_elements_is_proved_where_there_always_are_some(string name, string property)
    {
        var model = Find(name).Model;

        Assert.Equal(ProofStatus.Failed, Induction.Prove(model, [model.Property(property)], Proving.Options).Status);
        Assert.Equal(
            ProofStatus.Proved,
            Induction.Prove(model with { MayBeEmpty = [] }, [model.Property(property)], Proving.Options).Status);
    }

    [Fact]
    public void A_counterexample_without_elements_is_found()
    {
        var model = Find(nameof(Constructs.SomebodyIsThere)).Model;
        var result = Induction.Prove(model, [model.Property("Somebody")], Proving.Options);

        var found = WhyNot.Find(
            result,
            result.Obligations.First(o => o.Status == ProofStatus.Failed).Obligation,
            2,
            1L << 28,
            TestContext.Current.CancellationToken);

        Assert.Equal(0, found!.Scope.SizeOf(model.Sorts.Single()));
    }

    [Fact]
    public void Sorts_that_may_be_empty_are_part_of_what_is_certified()
    {
        var model = Find(nameof(Constructs.OptionOfEmpty)).Model;

        Assert.NotEqual(Certificate.HashOf(model), Certificate.HashOf(model with { MayBeEmpty = [] }));
        Assert.Equal("for any number of Ant (1 or more), Cat (0 or more)", Domain.Of(model));
    }

    [Fact]
    public void What_counts_is_refused_with_a_sentence()
    {
        var model = Find(nameof(Constructs.CountsInGuard)).Model;

        var refused = Assert.Throws<NotEncodableException>(() => Induction.Prove(model, [model.Property("Few")], Proving.Options));

        Assert.Equal(
            "Few: many gets a value that has no encoding: count(b: owner[b]): integers have no proof for any size here",
            refused.Message);
    }

    [Fact]
    public void Symbols_have_one_text_only_if_they_are_one()
    {
        var type = new EnumType(typeof(Constructs.Three));
        Symbol[] symbols =
        [
            Symbol.Sort("a"), Symbol.Sort("A"), Symbol.Sort("a b"), Symbol.Sort("a%0020b"), Symbol.Sort("a|b"), Symbol.Sort("ä"),
            Symbol.Sort("a?"), Symbol.Sort(new OptionType(new SortType("a"))),
            .. Enumerable.Range(0, 3).Select(code => Symbol.Member(type, code)),
            .. Enumerable.Range(0, 4).Select(code => Symbol.Member(new OptionType(type), code)),
            Symbol.Fresh(SymbolKind.Bound, "z'", 1),
            Symbol.Fresh(SymbolKind.Constant, "z'", 1),
            Symbol.Fresh(SymbolKind.Bound, "z'!1", 1),
            Symbol.Fresh(SymbolKind.Tracker, "a", 1),
        ];

        Assert.Equal(symbols.Length, symbols.Select(s => s.ToString()).Distinct().Count());
        Assert.All(symbols, s => Assert.Matches(@"^\|[\x20-\x5B\x5D-\x7B\x7D\x7E]*\|$", s.ToString()));
    }

    private static (TransitionSystem Model, string[] Proved) Find(string name)
    {
        var (model, proved) = Constructs.All.Single(m => m.Model.GetType().Name == name);
        var system = model.Build();
        return (
            system with { MayBeEmpty = [.. system.Sorts.Select(s => s.Name).Where(s => s == nameof(Constructs.Cat))] },
            proved.Split(','));
    }

    private static IEnumerable<Dictionary<string, int>> Sizes(TransitionSystem model) =>
        Scope.Tuples([.. model.Sorts.Select(s => model.MayBeEmpty.Contains(s.Name) ? 4 : 3)])
            .Select(t => model.Sorts.Zip(t).ToDictionary(p => p.First.Name, p => p.Second + Domain.LeastOf(model, p.First)));

    private static bool Holds(TransitionSystem model, PropertyDeclaration property, Dictionary<string, int> sizes)
    {
        var result = new Exhaustive(
            new Scope(model with { Properties = [property] }, sizes),
            new() { Symmetry = false, Vacuity = false, MemoryBudget = 1L << 28, Threads = 1 }).Run();
        Assert.NotEqual(Outcome.OutOfMemory, result.Outcome);
        return result.Properties.Single().Holds == true;
    }
}
