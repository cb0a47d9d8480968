using Checker.Model.Check;
using Checker.Tests.Fuzz.Naive;
using Checker.Tests.Generators;

namespace Checker.Tests.Fuzz.Generator;

/// <summary>The models of a run, by number: most are written as data, some in the language.</summary>
internal static class Models
{
    /// <summary>One in so many is written in the language.</summary>
    private const int InLanguage = 17;

    private static readonly int[] s_least = [1, 2, 4, 6, 8, 12, 20, 40];

    /// <summary>
    /// The model with this number; of several drafts the first that the language accepts and that is small enough to be searched.
    /// </summary>
    public static FuzzModel Of(ulong number, Tally tally)
    {
        for (ulong draft = 0; ; draft++)
        {
            ulong seed = unchecked((number * 1_000_003) + draft);
            var model = (number % InLanguage == 0 ? Written(seed) : ModelGenerator.Generate(seed)) with { Origin = $"model {number}" };
            // Of every eight numbers some stand for models that go on for long.
            if (IsUsable(model, tally, s_least[(int)(number % (ulong)s_least.Length)] >> (int)(draft / 16)))
            {
                return model;
            }
        }
    }

    /// <summary>The language accepts the model, and it is small enough for the naive search.</summary>
    /// <param name="least">How many states it has at least.</param>
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

    /// <summary>A model of the generator that writes in the language as protocols do.</summary>
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
