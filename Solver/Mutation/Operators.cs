using System.Collections.Immutable;
using Checker.Model.Check;
using Checker.Model.Ir;

namespace Checker.Solver.Mutation;

/// <summary>
/// The mutation operators. DeMillo, Lipton and Sayward, "Hints on test data selection", 1978, explain their purpose. If two
/// operators make the same model, it counts as one mutant. If one makes the original model, it is no mutant.
/// </summary>
public static class Operators
{
    /// <summary>The mutants of the model, of each kind in the order of the model's text.</summary>
    public static ImmutableArray<Mutation> Of(TransitionSystem system)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { "" };
        var all = Labels(system)
            .Concat(system.Actions.SelectMany(a =>
                Guards(system, a).Concat(Updates(system, a)).Concat(Constants(system, a)).Concat(Faults.Of(system, a))))
            .Concat(Swaps.Of(system));
        return [.. all.OrderBy(m => m.Kind).Where(m => seen.Add(Change(system, m)))];
    }

    private static IEnumerable<Mutation> Labels(TransitionSystem system) =>
        from label in system.Labels
        where !system.Dropped.Contains(label.Name)
        let actions = system.Actions.Where(a => a.Labels.Contains(label.Name)).Select(a => a.Name).ToImmutableArray()
        let isFault = system.Actions.Any(a => a.Faults.Any(f => f.Label == label.Name))
        select new Mutation(
            isFault ? MutationKind.Fault : MutationKind.Label,
            label.Name,
            isFault ? $"without {label.Name}: the failure is not looked at" : $"without {label.Name}",
            actions,
            label.Source,
            system.Without(label.Name));

    private static IEnumerable<Mutation> Guards(TransitionSystem system, ActionDeclaration action)
    {
        int number = 0;
        for (int i = 0; i < action.Guards.Length; i++)
        {
            var guard = action.Guards[i];
            foreach (var (conjunct, others) in Conjuncts(guard.Condition))
            {
                var guards = action.Guards.SetItem(i, guard with { Condition = others });
                yield return With(
                    MutationKind.Guard,
                    $"{action.Name}.guard{++number}",
                    $"{action.Name} without {conjunct}",
                    guard.Source,
                    system,
                    action with { Guards = guards });
            }
        }
    }

    /// <summary>
    /// The conjuncts of a condition, each with the rest of the condition. A conjunct of a conclusion counts, because a guard under a
    /// label is an implication. A definition is opened, because its contents in one action are a decision of this action.
    /// </summary>
    private static IEnumerable<(Node Conjunct, Node Others)> Conjuncts(Node condition)
    {
        switch (condition)
        {
            case And and:
                return and.Operands.SelectMany((operand, i) =>
                    Conjuncts(operand).Select(c => (c.Conjunct, (Node)new And(and.Operands.SetItem(i, c.Others)))));
            case Implies { Premise: HasLabel } labelled:
                return Conjuncts(labelled.Conclusion).Select(c => (c.Conjunct, (Node)new Implies(labelled.Premise, c.Others)));
            case Definition { Body: And or Definition } definition:
                return Conjuncts(definition.Body);
            case HasLabel or Lit:
                return [];
            default:
                return [(condition, Node.True)];
        }
    }

    private static IEnumerable<Mutation> Updates(TransitionSystem system, ActionDeclaration action) => action.Updates.Select((update, i) =>
        With(
            MutationKind.Update,
            $"{action.Name}.update{i + 1}",
            $"{action.Name} without {Text(update)}",
            update.Source,
            system,
            action with { Updates = action.Updates.RemoveAt(i) }));

    private static IEnumerable<Mutation> Constants(TransitionSystem system, ActionDeclaration action) =>
        from i in Enumerable.Range(0, action.Updates.Length)
        let update = action.Updates[i]
        where update.Variable.Type is EnumType
        from constant in Literals(update.Value, v => v).Select((c, n) => (c.Literal, c.Replace, Number: n + 1))
        from code in Enumerable.Range(0, ((EnumType)update.Variable.Type).Members.Length)
        where code != constant.Literal.Code
        let mutated = update with { Value = constant.Replace(new Lit(constant.Literal.Type, code)) }
        let member = Printer.Value(update.Variable.Type, code)
        select With(
            MutationKind.Constant,
            $"{action.Name}.update{i + 1}.{constant.Number}={member}",
            $"{action.Name} with {Text(mutated)}, not {Printer.Print(update.Value)}",
            update.Source,
            system, action with { Updates = action.Updates.SetItem(i, mutated) });

    /// <summary>The constants in a value, each with a function which replaces it by another constant.</summary>
    private static IEnumerable<(Lit Literal, Func<Node, Node> Replace)> Literals(Node value, Func<Node, Node> around) => value switch
    {
        Lit literal => [(literal, around)],
        Ite ite => Literals(ite.Then, v => around(ite with { Then = v })).Concat(Literals(ite.Else, v => around(ite with { Else = v }))),
        Definition definition => Literals(definition.Body, around),
        _ => [],
    };

    private static string Text(Update update)
    {
        string location = Printer.Location(update.Variable, string.Join(",", update.Index.Select(i => Printer.Print(i))));
        string condition = string.Join(" & ", update.When.Select(w => Printer.Print(w)));
        return $"{location} = {Printer.Print(update.Value)}{(condition.Length == 0 ? "" : $" where {condition}")}";
    }

    internal static Mutation With(
        MutationKind kind,
        string name,
        string text,
        Source source,
        TransitionSystem system,
        params ImmutableArray<ActionDeclaration> changed) =>
        new(kind, name, text, [.. changed.Select(a => a.Name)], source,
            RequiredProperties.Renew(system with
            {
                Actions = [.. system.Actions.Select(a => changed.FirstOrDefault(c => c.Name == a.Name) ?? a)]
            }));

    /// <summary>
    /// The difference from the model as a key; empty if there is none. The rules of the language follow from the actions.
    /// </summary>
    private static string Change(TransitionSystem system, Mutation mutation)
    {
        var changed = mutation.Actions.Select(name => (Name: name, Text: Structure.Of(mutation.System, mutation.System.Action(name))))
            .Where(a => a.Text != Structure.Of(system, system.Action(a.Name)));
        var restated = from property in mutation.DropsLabel ? system.RestatedWithout(mutation.Name) : []
                       let claim = Structure.Of(mutation.System, property.Formula)
                       where claim != Structure.Of(system, property.Formula)
                       select $"{property.Name}: {claim}";
        return string.Join('\n', changed.Select(a => $"{a.Name}: {a.Text}").Concat(restated));
    }
}
