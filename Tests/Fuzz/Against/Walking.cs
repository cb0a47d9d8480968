using Checker.Model.Ir;
using Checker.Solver.Walk;
using Checker.Solver.Walk.Compile;
using Checker.Tests.Fuzz.Generator;
using Checker.Tests.Fuzz.Naive;

namespace Checker.Tests.Fuzz.Against;

/// <summary>
/// Random walks: at each step the enabled instances, their targets and the violations; and the reports of whole campaigns.
/// </summary>
internal static class Walking
{
    private const int Walks = 3;
    private const int Steps = 25;

    /// <summary>Compares all of a walker's knowledge at every state of a few walks.</summary>
    public static void CheckSteps(Comparison compare)
    {
        var truth = compare.Subject.Truth;
        var code = new WalkCode(compare.Subject.Scope, compare.Subject.System.Properties);
        code.Prepare();
        var walker = new Walker(code);
        var dice = new Dice(1);
        for (int walk = 0; walk < Walks; walk++)
        {
            walker.Reset();
            int? before = null;
            for (int step = 0; step < Steps; step++)
            {
                var state = Bridge.State(truth.Model, compare.Subject.Scope, walker.State);
                int? number = truth.NumberOf(state);
                compare.Holds(number is not null, $"a walk comes to a state that is not reachable, after {step} steps");
                var steps = truth.StepsFrom(number!.Value);
                int[] enabled = [.. Enumerable.Range(0, walker.EnabledCount).Select(place => walker.EnabledAt(place))];
                compare.SameAll(steps.Select(s => Bridge.Name(s.Instance)),
                    enabled.Select(i => Bridge.Name(compare.Subject.Scope.Instances[i])), $"enabled after {step} steps");
                Judge(compare, walker, before, number.Value);
                if (enabled.Length == 0)
                {
                    break;
                }

                int instance = dice.Of(enabled);
                walker.Fire(instance);
                var expected = steps.First(s => Bridge.Name(s.Instance) == Bridge.Name(compare.Subject.Scope.Instances[instance])).Target;
                compare.Same(truth.States[expected].Key, Bridge.State(truth.Model, compare.Subject.Scope, walker.State).Key,
                    $"the state after {compare.Subject.Scope.Instances[instance]}");
                before = number;
            }
        }
    }

    public static void CheckCampaigns(Comparison compare)
    {
        var subject = compare.Subject;
        var relevant = subject.System.Labels.Select(l => l.Name).Where(l =>
            Relevance.ChangesOutcomes(subject, l)).ToHashSet(StringComparer.Ordinal);
        foreach (bool guided in new[] { true, false })
        {
            var options = new WalkOptions
            {
                Steps = 30,
                Walks = 8,
                Seed = 7,
                Guided = guided,
                Threads = guided ? 1 : 2,
                Cancellation = subject.Cancellation,
            };
            var campaign = new Campaign(subject.Scope, options);
            var result = campaign.Run();
            if (result.IsStopped)
            {
                throw new TimeoutReachedException("walks were stopped");
            }

            compare.Same(result.Steps, result.Fired.Sum(), "the steps of all actions");
            foreach (var (action, fired) in subject.System.Actions.Zip(result.Fired))
            {
                compare.Holds(fired == 0 || subject.Truth.Fired(action.Name) > 0, $"{action.Name} happens on a walk, and never happens");
            }

            compare.Holds(result.Worked.Concat(result.Refused).All(relevant.Contains),
                $"{string.Join(", ", result.Worked.Concat(result.Refused).Except(relevant))} is seen to matter, and never does");
            int? shortest = subject.FirstViolation(subject.System.Properties.Where(p => !NaiveSearch.IsWitnessed(p)));
            compare.Holds(result.Failed is null || shortest is not null,
                $"a walk violates {result.Failed?.Property.Name}, and nothing is violated");
            if (result.Failed is { } failed)
            {
                compare.Holds(subject.Truth.LengthOf(failed.Property) <= failed.Steps + 1,
                    $"a walk violates {failed.Property.Name} after {failed.Steps} steps");
                var trace = Shrink.Of(campaign, failed, _ => true, sort => Math.Min(1, subject.Model.Sizes[sort]), subject.Cancellation);
                Bridge.Confirm(trace);
                compare.Holds(trace.Property is not null, "a failed walk's trace shows no property");
                subject.Traces.Add(trace);
            }
        }
    }

    private static void Judge(Comparison compare, Walker walker, int? before, int state)
    {
        var truth = compare.Subject.Truth;
        var at = truth.States[state];
        var expected = compare.Subject.System.Properties.Where(p => p.Kind is not PropertyKind.Terminal && !NaiveSearch.IsWitnessed(p))
            .Where(p => p.Kind == PropertyKind.StepInvariant ? before is { } b && !truth.Model.Holds(p.Formula, truth.States[b], at)
                : !truth.Model.Holds(p.Formula, at));
        compare.SameAll(expected.Select(p => p.Name), walker.Violated().Select(w => w.Property.Name), "violated on a walk");
        compare.Same(expected.Any(), walker.IsViolated, "something is violated on a walk");
        if (truth.StepsFrom(state).Count == 0)
        {
            compare.SameAll(compare.Subject.System.Properties.Where(p => p.Kind == PropertyKind.Terminal
                && !truth.Model.Holds(p.Formula, at)).Select(p => p.Name),
                walker.ViolatedIfStuck().Select(w => w.Property.Name), "violated where a walk is stuck");
        }
    }
}
