using System.Collections.Immutable;
using Checker.Model.Ir;

namespace Checker.Tests.Fuzz.Generator;

/// <summary>Random properties of every kind.</summary>
internal sealed class ClaimGenerator(Dice dice, Names names, TermGenerator terms, ImmutableArray<ActionDeclaration> actions)
{
    private readonly List<string> _safety = [];

    public PropertyDeclaration Make(Source source)
    {
        string name = names.Text("property", "Claim");
        switch (dice.Weighted((34, PropertyKind.Invariant), (18, PropertyKind.StepInvariant), (12, PropertyKind.Reachable),
            (8, PropertyKind.Scenario),
            (8, PropertyKind.Terminal), (20, PropertyKind.Lemma)))
        {
            case PropertyKind.StepInvariant:
                _safety.Add(name);
                return new(name, PropertyKind.StepInvariant, Step(), [], source);
            case PropertyKind.Reachable:
                return new(name, PropertyKind.Reachable, dice.Chance(40) ? Step() : Claim(), [], source);
            case PropertyKind.Scenario:
                return new(name, PropertyKind.Scenario, dice.Chance(50) ? Node.True : Claim(),
                    [.. Enumerable.Range(0, dice.Between(1, 3)).Select(_ => dice.Of(actions).Name)], source);
            case PropertyKind.Terminal:
                return new(name, PropertyKind.Terminal, Claim(), [], source);
            case PropertyKind.Lemma:
                string serves = _safety.Count > 0 ? dice.Of(_safety) : name;
                return new(name, PropertyKind.Lemma, Claim(), [], source) { Because = "it may be so", Serves = serves };
            default:
                _safety.Add(name);
                return new(name, PropertyKind.Invariant, Claim(), [], source);
        }
    }

    /// <summary>A closed formula of a state: a forbidden coincidence, an implication for all, or any formula.</summary>
    private Node Claim() => dice.Weighted((4, 0), (4, 1), (3, 2)) switch
    {
        0 => Closed(bound => terms.Truth(2, bound)),
        1 => Closed(bound => new Not(new And([terms.Truth(1, bound), terms.Truth(1, bound), terms.Truth(0, bound)]))),
        _ => Closed(bound => new Implies(terms.Truth(1, bound), terms.Truth(1, bound))),
    };

    private Node Step() => Closed(bound =>
    {
        var (before, after) = (terms.Truth(1, bound), Fold.Prime(terms.Truth(1, bound)));
        return dice.Weighted((4, 0), (3, 1), (2, 2), (2, 3)) switch
        {
            0 => new Implies(before, after),
            1 => new Not(new And([before, after])),
            2 => Changes(bound),
            _ => after,
        };
    });

    /// <summary>A comparison of a value after the step with the value before it.</summary>
    private Node Changes(ImmutableArray<Binder> bound)
    {
        var before = dice.Chance(50) ? terms.Number(1, bound) : terms.Truth(0, bound);
        return before.Type is BoolType ? new Implies(before, Fold.Prime(before)) : new Not(new Less(Fold.Prime(before), before));
    }

    private Node Closed(Func<ImmutableArray<Binder>, Node> body)
    {
        ImmutableArray<Binder> bound = [.. Enumerable.Range(0, dice.Weighted((4, 0), (5, 1), (3, 2))).Select(_ =>
            terms.Bind(dice.Of(terms.Ranges)))];
        return bound.Reverse().Aggregate(body(bound), (node, binder) =>
            new Quantified(dice.Chance(75) ? QuantifierKind.Forall : QuantifierKind.Exists, binder, node));
    }
}
