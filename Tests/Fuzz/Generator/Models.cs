using Checker.Model.Check;
using Checker.Tests.Fuzz.Naive;
using Checker.Tests.Generators;

namespace Checker.Tests.Fuzz.Generator;

/// <summary>The models of a run, by number: most are written as data, some in the language.</summary>
internal static class Models
{
    /// <summary>The share of models written in the language: one in this number.</summary>
    private const int InLanguage = 17;

    private static readonly int[] s_least = [1, 2, 4, 6, 8, 12, 20, 40];

    /// <summary>
    /// The model with this number: the first of several drafts which the language accepts and which is small enough to search.
    /// </summary>
    public static FuzzModel Of(ulong number, Tally tally)
    {
        for (ulong draft = 0; ; draft++)
        {
            ulong seed = unchecked((number * 1_000_003) + draft);
            var model = (number % InLanguage == 0 ? Written(seed) : ModelGenerator.Generate(seed)) with { Origin = $"model {number}" };
            // Of every eight numbers, some stand for models with many states.
            if (IsUsable(model, tally, s_least[(int)(number % (ulong)s_least.Length)] >> (int)(draft / 16)))
            {
                return model;
            }
        }
    }

    /// <summary>True if the language accepts the model and it is small enough for the naive search.</summary>
    /// <param name="least">The smallest acceptable number of states.</param>
    public static bool IsUsable(FuzzModel model, Tally tally, int least = 1)
    {
        if (model.Raw.Variables.IsEmpty)
        {
            return false;
        }

        try
        {
            return new NaiveSearch(model.System, model.Sizes, Subject.MostStates, Subject.MostWork).States.Count >= least;
        }
        catch (ModelException)
        {
            tally.Add("language", Event.Refusal);
            return false;
        }
        catch (TooMuchException)
        {
            return false;
        }
    }

    /// <summary>A model from the generator which writes in the language, as protocols do.</summary>
    private static FuzzModel Written(ulong seed)
    {
        var dice = new Dice(seed);
        var model = new RandomModel(Numbers(16), [.. Enumerable.Range(0, dice.Between(2, 6)).Select(_ => Numbers(40))],
            [.. Enumerable.Range(0, dice.Between(1, 5)).Select(_ => Numbers(24))]);
        var raw = model.System with { Properties = [.. model.System.Properties.Where(p => p.Kind != Model.Ir.PropertyKind.WellFormed)] };
        return new(raw, raw.Sorts.ToDictionary(s => s.Name, s => s.Name == nameof(A) ? model.SizeA : model.SizeB,
            StringComparer.Ordinal), "");

        int[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => dice.Next(1_000_000))];
    }
}
