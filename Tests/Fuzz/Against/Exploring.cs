using Checker.Model.Ir;
using Checker.Solver.Explicit;
using Checker.Tests.Fuzz.Naive;

namespace Checker.Tests.Fuzz.Against;

/// <summary>
/// Exploration: counts, verdicts, lengths and traces, with symmetry and without, on one thread and two; and irrelevant labels.
/// </summary>
internal static class Exploring
{
    public static void Check(Comparison compare)
    {
        string[] orbits = NaiveOrbits.Of(compare.Subject.Truth);
        foreach (bool symmetry in new[] { false, true })
        {
            foreach (int threads in new[] { 1, 2 })
            {
                var options = new ExplorationOptions
                {
                    Symmetry = symmetry,
                    Threads = threads,
                    Lemmas = true,
                    Cancellation = compare.Subject.Cancellation,
                };
                var every = new Exhaustive(compare.Subject.Scope, options with { EveryProperty = true }).Run();
                Every(compare, every, symmetry ? orbits : null);
                if (threads == 1)
                {
                    First(compare, new Exhaustive(compare.Subject.Scope, options with { Lemmas = false }).Run());
                }
            }
        }
    }

    /// <summary>
    /// Compares the properties added by the language with the rule-breaking steps found by the naive interpreter.
    /// </summary>
    public static void CheckRules(Comparison compare)
    {
        var truth = compare.Subject.Truth;
        var rules = compare.Subject.System.Properties.Where(p => p.Kind == PropertyKind.WellFormed).ToList();
        foreach (var action in compare.Subject.System.Actions)
        {
            foreach (var variable in compare.Subject.System.Variables)
            {
                foreach (string rule in new[] { "InRange", "OneWriter" })
                {
                    var broken = truth.Breaches.GetValueOrDefault((rule, action.Name, variable.Name)) ?? [];
                    string name = $"{rule}({action.Name}.{variable.Name}";
                    var said = rules.Where(p => p.Name == name + ")" || p.Name.StartsWith(name + "#", StringComparison.Ordinal)).ToList();
                    var violated = Enumerable.Range(0, truth.States.Count)
                        .Where(s => said.Exists(p => !truth.Model.Holds(p.Formula, truth.States[s])));
                    compare.SameAll(broken, violated, $"states that violate {name})");
                }
            }
        }
    }

    private static void Every(Comparison compare, ExplorationResult result, string[]? orbits)
    {
        var truth = compare.Subject.Truth;
        string how = orbits is null ? "without symmetry" : "with symmetry";
        Stopped(result);
        compare.Same(Outcome.Complete, result.Outcome, $"outcome {how}");
        int[] typical = [.. Enumerable.Range(0, truth.States.Count)];
        typical = orbits is null ? typical : [.. typical.DistinctBy(s => orbits[s])];
        compare.Same(typical.Length, result.Distinct, $"distinct {how}");
        compare.Same(1 + typical.Sum(s => truth.StepsFrom(s).Count), result.Generated, $"generated {how}");
        compare.Same(typical.Count(s => truth.StepsFrom(s).Count == 0), result.Deadlocks, $"deadlocks {how}");
        compare.Same(truth.Depth, result.Depth, $"depth {how}");
        if (orbits is null)
        {
            compare.Same(string.Join(' ', compare.Subject.System.Actions.Select(a => truth.Fired(a.Name))),
                string.Join(' ', result.Fired), "fired");
        }

        compare.Same(compare.Subject.System.Properties.Length, result.Properties.Length, "the number of properties");
        foreach (var (property, holds, trace) in result.Properties)
        {
            int? length = truth.LengthOf(property);
            compare.Same((length is not null) == NaiveSearch.IsWitnessed(property), holds,
                $"whether {property.Kind} {property.Name} holds {how}");
            compare.Same(length, trace?.Length, $"the length of the trace of {property.Kind} {property.Name} {how}");
            if (trace is not null)
            {
                Bridge.Confirm(trace);
                compare.Subject.Traces.Add(trace);
            }
        }

        Vacuity(compare, result.Vacuity!);
    }

    private static void First(Comparison compare, ExplorationResult result)
    {
        Stopped(result);
        int? length = compare.Subject.FirstViolation(compare.Subject.System.Properties.Where(Subject.IsClaim));
        compare.Same(length is null ? Outcome.Complete : Outcome.Violated, result.Outcome, "outcome of a search that stops");
        compare.Same(length, result.FirstViolation?.Trace!.Length, "the first violation's length");
        if (result.FirstViolation is { } first)
        {
            Bridge.Confirm(first.Trace!);
        }
    }

    private static void Vacuity(Comparison compare, VacuityReport vacuity)
    {
        var (system, truth) = (compare.Subject.System, compare.Subject.Truth);
        compare.SameAll(system.Actions.Select(a => a.Name).Where(a => truth.Fired(a) == 0), vacuity.ActionsNeverEnabled,
            "actions never enabled");
        var irrelevant = system.Labels.Select(l => l.Name).Where(l => !system.Dropped.Contains(l)
            && !Relevance.IsRelevant(compare.Subject, l)).ToList();
        compare.Holds(!vacuity.LabelsNeverRelevant.Except(irrelevant).Any(),
            $"never relevant are {string.Join(", ", vacuity.LabelsNeverRelevant.Except(irrelevant))}, which make a difference");
        // A label mentioned only by properties is not always among the questions.
        var mentioned = system.Actions.SelectMany(a => a.Labels).ToHashSet(StringComparer.Ordinal);
        compare.SameAll(irrelevant.Where(mentioned.Contains), vacuity.LabelsNeverRelevant.Where(mentioned.Contains),
            "labels never relevant");
    }

    private static void Stopped(ExplorationResult result)
    {
        if (result.Outcome == Outcome.Cancelled)
        {
            throw new TimeoutReachedException("exploration was stopped");
        }
    }
}
