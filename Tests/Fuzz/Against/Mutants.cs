using Checker.Model.Ir;
using Checker.Solver.Mutation;
using Checker.Tests.Fuzz.Generator;
using Checker.Tests.Fuzz.Naive;

namespace Checker.Tests.Fuzz.Against;

/// <summary>Mutants: their violations and their differences from the model, compared with a naive search of the mutant.</summary>
internal static class Mutants
{
    private const int Most = 6;

    public static void Check(Comparison compare)
    {
        var (subject, truth) = (compare.Subject, compare.Subject.Truth);
        if (truth.Breaches.Count > 0)
        {
            return;   // the model itself breaks a rule: mutation tests require a correct model
        }

        var right = subject.System.Properties.Where(p => Subject.IsClaim(p) ? truth.LengthOf(p) is null : p.Kind != PropertyKind.Lemma);
        var system = subject.System with { Properties = [.. right] };
        var dice = new Dice(2);
        var mutations = Operators.Of(system).ToList();
        while (mutations.Count > Most)
        {
            mutations.RemoveAt(dice.Next(mutations.Count));
        }

        var options = new MutationOptions { EveryProperty = true, Cancellation = subject.Cancellation };
        foreach (var result in MutationTest.Run(system, subject.Model.Sizes, mutations, options))
        {
            if (result.Verdict == MutantVerdict.Unfinished)
            {
                compare.Met.Add(Event.Timeout);
            }
            else if (Subject.Try(result.Mutation.System, subject.Model.Sizes) is { } mutant)
            {
                Compare(compare, mutant, result);
            }
        }
    }

    private static void Compare(Comparison compare, NaiveSearch mutant, MutantResult result)
    {
        string name = result.Mutation.Name;
        var violated = mutant.Model.System.Properties.Where(p => p.Kind != PropertyKind.WellFormed && Subject.IsClaim(p))
            .Where(p => mutant.LengthOf(p) is not null).ToDictionary(p => p.Name, p => mutant.LengthOf(p));
        bool isWrong = violated.Count > 0 || mutant.Breaches.Count > 0;
        compare.Same(isWrong, result.Verdict == MutantVerdict.Killed,
            $"whether mutant {name} is killed ({result.Verdict}, {result.Class})");
        var kills = result.Violations.Where(v => v.Property.Kind != PropertyKind.WellFormed);
        compare.SameAll(violated.Select(v => $"{v.Key} {v.Value}"), kills.Select(k => $"{k.Property.Name} {k.Length}"),
            $"what mutant {name} violates");
        if (result.Class is not { } kind)
        {
            return;
        }

        var model = compare.Subject.Truth;
        switch (kind)
        {
            case MutantClass.Equivalent:
                compare.SameAll(Steps(model, model), Steps(mutant, mutant), $"the steps of mutant {name}, said to be equivalent");
                break;
            case MutantClass.Fewer or MutantClass.More or MutantClass.Other:
                // On the states reached by the mutant: does it add a step to the model's, or lack one?
                bool added = Steps(mutant, mutant).Except(Steps(mutant, model)).Any();
                bool missing = Steps(mutant, model).Except(Steps(mutant, mutant)).Any();
                var expected = added ? missing ? MutantClass.Other : MutantClass.More : MutantClass.Fewer;
                compare.Same(expected, kind, $"the class of mutant {name}");
                break;
            default:
                break;
        }
    }

    /// <summary>The steps of one model from the states reached by another.</summary>
    private static List<string> Steps(NaiveSearch states, NaiveSearch model) =>
    [
        .. from state in states.States
           from instance in model.Model.Instances
           let next = model.Model.Take(instance, state).Next
           where next is not null
           select $"{state.Key} {Bridge.Name(instance)} {next.Key}",
    ];
}
