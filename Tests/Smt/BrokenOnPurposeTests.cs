using Checker.Solver.Bounded;
using Checker.Solver.Explicit;
using Checker.Solver.Explicit.Compile;
using Checker.Solver.Instance;
using Checker.Tests.Agreement;

namespace Checker.Tests.Smt;

/// <summary>
/// The cross-check depends neither on the folding of formulas nor on the analysis of the cells' possible values. Each of them is
/// broken here on purpose, as it once was by mistake. Exploration then misses a violation, and the comparison reports it.
/// </summary>
public sealed class BrokenOnPurposeTests
{
    private static readonly Scope s_scope = new(new SumsTests.Behind().Build(), new Dictionary<string, int>(StringComparer.Ordinal));

    [Fact]
    public void Nothing_is_broken_and_the_engines_agree()
    {
        var result = Compare(possible => new FormulaBuilder(possible));
        Assert.Equal(new(Accord.Agree, "Z3 agrees: the first violation takes 1 step"), result);
    }

    [Fact]
    public void A_wrong_folding_is_noticed() => AssertNoticed(possible => new NoNegativeValues(possible));

    [Fact]
    public void Values_that_are_missed_are_noticed() => AssertNoticed(possible => new NothingNew(possible));

    private static void AssertNoticed(Func<ulong[], FormulaBuilder> broken)
    {
        var result = Compare(broken);
        Assert.Equal(Accord.Disagree, result.Accord);
        Assert.Contains(
            "Z3 finds NeverOneBehind violated after 1 step, exploration finds no violation;",
            result.Message,
            StringComparison.Ordinal);
        Assert.EndsWith("so exploration is wrong", result.Message, StringComparison.Ordinal);
    }

    private static CrossCheck Compare(Func<ulong[], FormulaBuilder> factory)
    {
        var compiled = new CompiledModel(new FiniteModel(s_scope, assumeReachable: true, factory));
        var group = new SymmetryGroup(s_scope);
        var explored = new Exhaustive(compiled, group, new Canonicalizer(compiled, group), new() { Vacuity = false }).Run();
        using var encoding = new ModelEncoding(s_scope);
        return CrossCheck.Compare(explored, FiniteBmc.Run(encoding, FiniteBmc.Checked(s_scope.System), 4, new()));
    }

    /// <summary>A builder for which no sum equals a negative number.</summary>
    private sealed class NoNegativeValues(ulong[] possible) : FormulaBuilder(possible)
    {
        public override Formula Equal(Formula left, Formula right) =>
            left is Constant { Value: < 0 } || right is Constant { Value: < 0 } ? Formula.False : base.Equal(left, right);
    }

    /// <summary>A builder for which no sum and no constant has a value other than 0.</summary>
    private sealed class NothingNew(ulong[] possible) : FormulaBuilder(possible)
    {
        public override ValueSet Values(Formula formula) => formula is Sum or Constant ? ValueSet.Of(0) : base.Values(formula);
    }
}
