using Checker.Model.Ir;
using Checker.Tests.Fuzz.Generator;
using Checker.Tests.Fuzz.Naive;

namespace Checker.Tests.Fuzz;

/// <summary>Random models cover their purpose: numbers outside the range of any variable, and types which are not sorts.</summary>
public sealed class ReachTests
{
    private const int Models = 120;

    /// <summary>The generator of the fuzzer, and the generator which writes in the language.</summary>
    [Theory, InlineData(1, 1), InlineData(17, 17), Trait("Tier", "slow")]
    public void A_share_of_the_models_compares_numbers_that_no_variable_can_have(int first, int step)
    {
        var compared = Numbers(first, step).Select(m => new NaiveSearch(m.System, m.Sizes, Subject.MostStates,
            Subject.MostWork).Model.Compared).ToList();
        Assert.True(compared.Count(c => c.Least < 0) >= Models / 8,
            $"{compared.Count(c => c.Least < 0)} models compare a number below zero for equality");
        Assert.True(compared.Count(c => c.Most > 63) >= Models / 12,
            $"{compared.Count(c => c.Most > 63)} models compare a number above 63 for equality");
    }

    [Theory, InlineData(1, 1), InlineData(17, 17), Trait("Tier", "slow")]
    public void Parameters_and_indices_are_of_every_type(int first, int step)
    {
        var models = Numbers(first, step).ToList();
        Assert.All([typeof(BoolType), typeof(EnumType), typeof(OptionType), typeof(SortType)], type =>
        {
            Assert.Contains(models, m => m.Raw.Actions.SelectMany(a => a.Parameters).Any(p => p.Type.GetType() == type));
            Assert.Contains(models, m => m.Raw.Variables.SelectMany(v => v.Index).Any(t => t.GetType() == type));
        });
    }

    [Fact]
    public void A_share_of_the_models_has_an_order_and_blocks()
    {
        var models = Enumerable.Range(0, Models).Select(i => Generator.Models.Of((ulong)(1 + i), new()).Raw).ToList();
        Assert.True(models.Count(m => m.Variables.Any(v => v.Rigid == RigidFunction.Order)) >= Models / 5);
        Assert.Contains(models, m => m.Actions.SelectMany(a => a.Guards).SelectMany(g => Fold.Descendants(g.Condition))
            .Any(n => n is Read { Variable.Rigid: RigidFunction.Blocks }));
    }

    [Fact]
    public void A_number_stands_for_one_model() => Assert.Equal(Numbers(40, 1).Take(20).Select(m => m.ToString()),
        Numbers(40, 1).Take(20).Select(m => m.ToString()));

    private static IEnumerable<FuzzModel> Numbers(int first, int step) =>
        Enumerable.Range(0, Models).Select(i => Generator.Models.Of((ulong)(first + (i * step)), new()));
}
