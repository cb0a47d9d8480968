using Checker.Model.Language;
using static Checker.Model.Language.Logic;
using Record = Checker.Model.Language.Record;

namespace Checker.Tests.Generators;

public readonly struct A : ISort;

public readonly struct B : ISort;

public enum Mode
{
    Off,
    Slow,
    Fast,
}

public sealed class Slot : Record
{
    public Term<bool> Busy { get => Get<bool>(); set => Set(value); }

    public Term<Option<B>> Target { get => Get<Option<B>>(); set => Set(value); }

    [Between(0, 1)]
    public Term<int> Load { get => Get<int>(); set => Set(value); }
}

/// <summary>The model of a description, written in the same language as the protocols.</summary>
internal sealed class RandomSpec : RandomState
{
    public static readonly string[] AllLabels = ["red", "green", "blue"];

    private readonly RandomTerms _terms;

    public RandomSpec(RandomModel description)
        : base(description)
    {
        _terms = new RandomTerms(this, description.Variables);
        level?.Initially(description.LevelAtStart);
        foreach (string label in AllLabels)
        {
            Label(label, "a guard or a step that can be left out");
        }

        int number = 0;
        foreach (var choices in description.Actions)
        {
            Act($"Act{number++}", choices);
        }

        int actions = number;
        number = 0;
        foreach (var choices in description.Claims)
        {
            Claim($"Claim{number++}", choices, actions);
        }
    }

    private void Act(string name, Choices c)
    {
        switch (c.Next(9))
        {
            case 0: Action(name, () => Body(c, Bound.Nothing)); break;
            case 1: Action<A>(name, a => Body(c, new([a], []))); break;
            case 2: Action<B>(name, b => Body(c, new([], [b]))); break;
            case 7: Action<bool, A>(name, (truth, a) => Body(c, new([a], []) { Truth = truth })); break;
            case 8: Action<Option<A>, bool>(name, (some, truth) => Body(c, Bound.Nothing with { Some = some, Truth = truth })); break;
            case 6: Action<Mode, A>(name, (which, a) => Body(c, new([a], []) { Which = which })); break;
            case 3: Action<A, B>(name, (a, b) => Body(c, new([a], [b]))); break;
            case 4: Action<A, A>(name, (a, other) => Body(c, new([a, other], []))); break;
            default: Action<B, B>(name, (b, other) => Body(c, new([], [b, other]))); break;
        }
    }

    private void Body(Choices c, Bound bound)
    {
        for (int guards = c.Next(5) / 2; guards > 0; guards--)
        {
            var condition = _terms.Truth(c, bound, c.Next(3));
            if (c.Next(3) == 2)
            {
                Require(c.Of(AllLabels), condition);
            }
            else
            {
                Require(condition);
            }
        }

        if (bound.As.Length == 2 && c.Next(2) == 1)
        {
            Require(Distinct(bound.As[0], bound.As[1]));
        }

        // All values are taken before the first update, because reading a written variable is an error (M102). A bulk update reads
        // within its lambda, so it comes first, and there is at most one. Writes to one variable may meet only if the text cannot
        // tell (M101); the language then adds a required property.
        Action? bulk = null;
        var updates = new List<Action>();
        var free = new List<Palette>(_terms.Variables);
        for (int statements = 1 + c.Next(3); statements > 0 && free.Count > 0; statements--)
        {
            var variable = c.Of(free);
            bool over = _terms.Missing(variable, bound) || c.Next(8) == 7;
            if (over && bulk is not null)
            {
                continue;
            }

            free.Remove(variable);
            if (over)
            {
                bulk = Bulk(c, variable, bound);
            }
            else
            {
                updates.Add(Statement(c, variable, bound));
                if (Twice(variable, bound) is { } second && c.Next(4) == 3)
                {
                    updates.Add(_terms.Assign(c, variable, second));
                }
            }
        }

        bulk?.Invoke();
        updates.ForEach(u => u());
    }

    /// <summary>A second location of the variable which is not textually the first: the other parameter.</summary>
    private static Bound? Twice(Palette variable, Bound bound) => variable switch
    {
        Palette.Flag or Palette.Mode or Palette.Peer when bound.As.Length == 2 => bound with { As = [bound.As[1]] },
        Palette.Score when bound.Bs.Length == 2 => new(bound.As, [bound.Bs[1]]),
        _ => null,
    };

    private Action Statement(Choices c, Palette variable, Bound bound)
    {
        // Only the first location, so a second write to the variable has another location.
        var here = bound with { As = bound.As.Length > 1 ? [bound.As[0]] : bound.As, Bs = bound.Bs.Length > 1 ? [bound.Bs[0]] : bound.Bs };
        switch (c.Next(4))
        {
            case 0:
                return _terms.Assign(c, variable, here);
            case 1:
                var (condition, then) = (_terms.Truth(c, bound, 1), _terms.Assign(c, variable, here));
                return () => If(condition, then);
            case 2:
                (condition, then, var otherwise) = (
                    _terms.Truth(c, bound, 1),
                    _terms.Assign(c, variable, here),
                    _terms.Assign(c, variable, here));
                return () => If(condition, then, otherwise);
            default:
                (string label, then) = (c.Of(AllLabels), _terms.Assign(c, variable, here));
                return () => Step(label, then);
        }
    }

    private Action Bulk(Choices c, Palette variable, Bound bound)
    {
        bool conditional = c.Next(2) == 1;
        return _terms.IsIndexedByA(variable)
            ? () => ForEach<A>(x => Inside(bound with { As = [x] }))
            : () => ForEach<B>(x => Inside(bound with { Bs = [x] }));

        void Inside(Bound inner)
        {
            if (_terms.Missing(variable, inner))
            {
                ForEach<B>(y => Inside(new(inner.As, [y])));
            }
            else if (conditional)
            {
                If(_terms.Truth(c, inner, 1), _terms.Assign(c, variable, inner));
            }
            else
            {
                _terms.Assign(c, variable, inner)();
            }
        }
    }

    private void Claim(string name, Choices c, int actions)
    {
        switch (c.Next(9))
        {
            case 0:
                Invariant(name, _terms.Truth(c, Bound.Nothing, 2));
                break;
            case 1 or 2:
                // It fails only if many conditions coincide, so its counterexamples are longer.
                Invariant(name, !_terms.Coincidence(c, Bound.Nothing, 3 + c.Next(4)));
                break;
            case 3:
                Invariant(name, Forall<A>(a => Forall<B>(b => !_terms.Coincidence(c, new([a], [b]), 2 + c.Next(4)))));
                break;
            case 4:
                StepInvariant(name, _terms.Truth(c, Bound.Nothing, 1).Implies(Next(_terms.Truth(c, Bound.Nothing, 1))));
                break;
            case 5:
                StepInvariant(
                    name,
                    Forall<A>(a =>
                        !(_terms.Coincidence(c, new([a], []), 1 + c.Next(3)) & Next(_terms.Coincidence(c, new([a], []), 1 + c.Next(3))))));
                break;
            case 6:
                Reachable(name, c.Next(2) == 0
                    ? _terms.Coincidence(c, Bound.Nothing, 3)
                    : _terms.Coincidence(c, Bound.Nothing, 2) & Next(_terms.Coincidence(c, Bound.Nothing, 2)));
                break;
            case 7:
                Terminal(name, _terms.Truth(c, Bound.Nothing, 2));
                break;
            default:
                Scenario(
                    name,
                    [.. Enumerable.Range(0, 1 + c.Next(3)).Select(_ => $"Act{c.Next(actions)}")],
                    _terms.Truth(c, Bound.Nothing, 1));
                break;
        }
    }
}
