using Checker.Model.Ir;
using Checker.Solver.Instance;
using Checker.Solver.Traces;
using Checker.Tests.Fuzz.Naive;

namespace Checker.Tests.Fuzz;

/// <summary>The translation between the engines' codes and the naive interpreter's objects.</summary>
internal static class Bridge
{
    /// <summary>The state with these codes in its cells.</summary>
    public static NaiveState State(NaiveModel model, Scope scope, IReadOnlyList<int> cells)
    {
        var values = scope.Cells.ToDictionary(
            c => new Location(c.Variable.Name, [.. c.Variable.Index.Zip(c.Index, NaiveDomains.OfCode)]),
            c => NaiveDomains.OfCode(c.Variable.Type, cells[c.Number]));
        return new(model.Initial.Values.Keys.ToDictionary(l => l, l => values[l]));
    }

    public static NaiveInstance Instance(ActionInstance instance) =>
        new(instance.Action, [.. instance.Action.Parameters.Zip(instance.Arguments, (p, code) => NaiveDomains.OfCode(p.Type, code))]);

    /// <summary>A text which is the same for an engine's instance and for the naive interpreter's.</summary>
    public static string Name(ActionInstance instance) => Name(Instance(instance));

    public static string Name(NaiveInstance instance) => $"{instance.Action.Name}<{string.Join(";", instance.Arguments.Select(Text))}>";

    /// <summary>The sizes of an instance, by the names of the sorts.</summary>
    public static Dictionary<string, int> Sizes(Scope scope) => scope.System.Sorts.ToDictionary(s => s.Name, scope.SizeOf,
        StringComparer.Ordinal);

    /// <summary>Follows the trace with the naive interpreter.</summary>
    /// <exception cref="DifferenceException">The trace is no behaviour of the model, or does not show its property.</exception>
    public static void Confirm(Trace trace)
    {
        var model = new NaiveModel(trace.Scope.System, Sizes(trace.Scope));
        var states = trace.States.Select(s => State(model, trace.Scope, s.Cells)).ToList();
        Must(states[0].Key == model.Initial.Key, "a trace that does not begin in the initial state");
        for (int i = 1; i < states.Count; i++)
        {
            var outcome = model.Take(Instance(trace.States[i].Instance!), states[i - 1]);
            Must(outcome.Next?.Key == states[i].Key, $"a trace with a step {i} that is none: {trace.States[i].Instance}");
        }

        if (trace.Property is not { } property)
        {
            return;
        }

        bool ofSteps = NaiveSearch.IsOfSteps(property);
        Must(!ofSteps || states.Count > 1, $"a trace of {property.Name} without a step");
        bool holds = ofSteps ? model.Holds(property.Formula, states[^2], states[^1]) : model.Holds(property.Formula, states[^1]);
        Must(holds == NaiveSearch.IsWitnessed(property), $"a trace that does not show {property.Name}");
        Must(property.Kind != PropertyKind.Terminal || model.Instances.All(i => model.Take(i, states[^1]).Next is null),
            $"a trace of {property.Name} that can go on");
        Must(property.Kind != PropertyKind.Scenario || trace.States.Skip(1).Select(s =>
            s.Instance!.Action.Name).SequenceEqual(property.Actions),
            $"a trace of {property.Name} with other actions");
    }

    private static void Must(bool condition, string message)
    {
        if (!condition)
        {
            throw new DifferenceException(message);
        }
    }

    private static string Text(object value) => value switch
    {
        Member member => $"{member.Position}",
        Element element => $"{element.Number}",
        Just just => $"+{Text(just.Value)}",
        bool truth => truth ? "t" : "f",
        _ => "-",
    };
}
