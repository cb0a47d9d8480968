using Checker.Composition.Protocols;
using Checker.Model.Catalogue;
using Checker.Model.Ir;
using Checker.Solver;
using Checker.Solver.Bounded;
using Checker.Solver.Instance;
using Checker.Solver.Traces;
using Checker.Tests.Reference;

namespace Checker.Tests.Proofs;

/// <summary>The bounded engines find violations of the same length as exploration, and k-induction proves nothing false.</summary>
public sealed class BoundedTests
{
    private static readonly BmcOptions s_options = new();

    public static TheoryData<string> Short => [.. Row.All.Where(r => r.Violated && r.Length <= 10).Select(r => r.Id)];

    public static TheoryData<string> Longer => [.. Row.All.Where(r => r.Violated && r.Length > 10).Select(r => r.Id)];

    /// <summary>The indices in <see cref="Protocol.Mutants"/> of all protocols.</summary>
    public static TheoryData<int> SmallMutants =>
        [.. Enumerable.Range(0, Shipped.Mutants.Length).Where(i => Shipped.Mutants[i].Protocol != "GuestMemory")];

    public static TheoryData<int> LargeMutants =>
        [.. Enumerable.Range(0, Shipped.Mutants.Length).Where(i => Shipped.Mutants[i].Protocol == "GuestMemory"
        && !Row.All.Any(r => r.Design == Shipped.Mutants[i].Design && r.Dropped == string.Join(',', Shipped.Mutants[i].Drop)))];

    [Theory]
    [MemberData(nameof(SmallMutants))]
    public void Bmc_kills_a_mutant_as_soon_as_exploration_does(int number) => AssertLength(Shipped.Mutants[number]);

    [Theory]
    [Trait("Tier", "slow")]
    [MemberData(nameof(LargeMutants))]
    public void Bmc_kills_large_mutants_as_soon(int number) => AssertLength(Shipped.Mutants[number]);

    [Theory]
    [MemberData(nameof(Short))]
    public void Bmc_finds_a_violation_as_short_as_exploration_does(string row) => AssertLength(row);

    [Theory]
    [Trait("Tier", "slow")]
    [MemberData(nameof(Longer))]
    public void Bmc_finds_longer_violations_too(string row) => AssertLength(row);

    [Theory]
    [InlineData("snp,attribute,separate,spurious 1,2,1,1,1 without fault.check_private")]
    [InlineData("pkvm,attribute,inplace,spurious 1,2,1,1,1 without convert.refcount")]
    public void K_induction_finds_the_same_violation(string row)
    {
        var (model, properties) = Model(row);

        var result = Assert.IsType<Answer.Violated>(KInduction.Run(model, properties, 12, s_options).Answer);

        Assert.Equal(Row.Get(row).Length, result.Trace.Length);
    }

    [Fact]
    public void K_induction_proves_a_finite_instance_with_its_lemmas()
    {
        var system = Proving.Model("GuestMemory", "sw,hole,separate,spurious");
        var scope = new Scope(
            system,
            new Dictionary<string, int> { ["Page"] = 1, ["Frame"] = 2, ["Vcpu"] = 1, ["Thread"] = 1, ["Pin"] = 1 });
        PropertyDeclaration[] properties = [
            .. system.Properties.Where(p => p.Kind == PropertyKind.Lemma),
            system.Property("HostNeverReachesPrivate")
        ];

        Assert.IsType<Answer.Holds>(KInduction.Run(new FiniteModel(scope), properties, 2, s_options).Answer);
    }

    [Fact]
    public void K_induction_that_does_not_get_there_is_unknown()
    {
        var system = Proving.Model("GuestMemory", "sw,hole,separate,spurious");
        var scope = new Scope(
            system,
            new Dictionary<string, int> { ["Page"] = 1, ["Frame"] = 2, ["Vcpu"] = 1, ["Thread"] = 1, ["Pin"] = 1 });

        var result = KInduction.Run(new FiniteModel(scope), [system.Property("HostNeverReachesPrivate")], 1, s_options);
        Assert.IsType<Answer.Undecided>(result.Answer);

        // A good state and a step to a bad one, confirmed by the interpreter; but not from the initial state.
        var step = Assert.IsType<Trace>(result.Step);
        Assert.Equal((1, 2, "HostNeverReachesPrivate"), (result.K, step.Length, step.Property?.Name));
        var interpreter = new Interpreter(scope);
        Assert.True(interpreter.Holds(step.Property!.Formula, [.. step.States[0].Cells]));
        Assert.False(interpreter.Holds(step.Property.Formula, [.. step.States[1].Cells]));
        Assert.NotEqual(scope.InitialState(), step.States[0].Cells);
        Assert.Equal(step.States[1].Cells, interpreter.Apply(step.States[1].Instance!, [.. step.States[0].Cells]));
        Replay.Check(step);
        Assert.Throws<ReplayException>(() => Replay.Check(step with { BeginsAnywhere = false }));
    }

    private static void AssertLength(string row)
    {
        var (model, properties) = Model(row);

        var result = Assert.IsType<Answer.Violated>(FiniteBmc.Run(model, properties, Row.Get(row).Length, s_options).Answer);

        Assert.Equal(Row.Get(row).Length, result.Trace.Length);
    }

    private static void AssertLength(Mutant mutant)
    {
        var protocol = Registry.Get(mutant.Protocol);
        var scope = new Scope(
            Proving.Model(mutant.Protocol, mutant.Design, [.. mutant.Drop]),
            protocol.BoundSorts.Zip(mutant.Bounds).ToDictionary(p => p.First, p => p.Second));

        var result = Assert.IsType<Answer.Violated>(FiniteBmc.Run(
            new FiniteModel(scope),
            FiniteBmc.Checked(scope.System),
            mutant.Length,
            s_options).Answer);

        Assert.Equal(mutant.Length, result.Trace.Length);
    }

    private static (FiniteModel Model, IReadOnlyList<PropertyDeclaration> Properties) Model(string row)
    {
        var scope = Row.Get(row).Scope();
        return (new FiniteModel(scope), FiniteBmc.Checked(scope.System));
    }
}
