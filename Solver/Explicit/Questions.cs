using System.Collections.Immutable;
using Checker.Model.Ir;
using Checker.Solver.Instance;

namespace Checker.Solver.Explicit;

/// <summary>
/// A search goal among the reachable states: a state satisfying the formula (or with such a step, for a formula about steps).
/// </summary>
public sealed class Question(string name, Formula formula)
{
    public string Name { get; } = name;

    public Formula Formula { get; } = formula;
}

/// <summary>
/// The vacuity questions: has each label made a difference, and was each antecedent true, in some state? A property is worthless
/// if it holds only because no state comes near it (Beer et al., "Efficient detection of vacuity", 2001).
/// </summary>
public static class Questions
{
    /// <summary>
    /// The questions about the present labels of this model: would a step, or the truth of a property, be different without the
    /// label?
    /// </summary>
    public static IEnumerable<Question> Labels(FiniteModel model)
    {
        var system = model.Scope.System;
        var mentioned = system.Actions.SelectMany(a => a.Labels).ToHashSet(StringComparer.Ordinal);
        foreach (string label in system.Labels.Select(l => l.Name)
            .Where(l => !system.Dropped.Contains(l) && (mentioned.Contains(l) || system.RestatedWithout(l).Any())))
        {
            yield return new(
                label,
                new ModelDifference(
                    model,
                    model.Without(label),
                    system.Actions.Where(a => a.Labels.Contains(label)).Select(a => a.Name)).Any);
        }
    }

    /// <summary>The questions about the implications in a property: is the premise true for some values of the bound variables?</summary>
    public static IEnumerable<Question> Antecedents(FiniteModel model) =>
        from property in model.Scope.System.Properties
        where property.IsClaimedInvariant
        from premise in Premises(property.Formula, [])
        let reachable = property with { Kind = PropertyKind.Reachable, Formula = premise.Closed }
        select new Question($"{property.Name}: {premise.Text}", model.Property(reachable).Matters);

    private static IEnumerable<(string Text, Node Closed)> Premises(Node node, ImmutableArray<Binder> bound) => node switch
    {
        Quantified { Kind: QuantifierKind.Forall } q => Premises(q.Body, bound.Add(q.Binder)),
        And a => a.Operands.SelectMany(o => Premises(o, bound)),
        Definition d => Premises(d.Body, bound),
        Implies i =>
            [(Printer.Print(i.Premise), bound.Reverse().Aggregate(i.Premise, (body, b) => new Quantified(QuantifierKind.Exists, b, body)))],
        _ => [],
    };
}
