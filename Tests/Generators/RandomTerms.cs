using System.Collections.Immutable;
using Checker.Model.Language;
using static Checker.Model.Language.Logic;

namespace Checker.Tests.Generators;

/// <summary>The elements with names at the place of a term.</summary>
internal sealed record Bound(Term<A>[] As, Term<B>[] Bs)
{
    public static readonly Bound Nothing = new([], []);

    /// <summary>A parameter which is no element.</summary>
    public Term<Mode>? Which { get; init; }

    /// <inheritdoc cref="Which"/>
    public Term<bool>? Truth { get; init; }

    /// <inheritdoc cref="Which"/>
    public Term<Option<A>>? Some { get; init; }
}

/// <summary>Random terms over the variables of a model.</summary>
internal sealed class RandomTerms(RandomState m, ImmutableSortedSet<Palette> variables)
{
    public ImmutableSortedSet<Palette> Variables { get; } = variables;

    private static readonly int[] s_outside = [-1, -2, -3, -62, 1, 64, 65, 70, 126, int.MinValue];

    public bool IsIndexedByA(Palette variable) =>
        variable is Palette.Flag or Palette.Link or Palette.Mode or Palette.Pair or Palette.Slot or Palette.Peer
        or Palette.Level or Palette.Gate or Palette.Owner or Palette.Phase or Palette.ByMode or Palette.ByFlag or Palette.ByOption;

    /// <summary>True if no element is at hand for reading the variable.</summary>
    public bool Missing(Palette variable, Bound bound) => variable switch
    {
        Palette.Flag or Palette.Link or Palette.Mode or Palette.Slot or Palette.Peer => bound.As.Length == 0,
        Palette.Score => bound.Bs.Length == 0,
        Palette.Pair => bound.As.Length == 0 || bound.Bs.Length == 0,
        _ => false,
    };

    public Term<bool> Truth(Choices c, Bound bound, int depth)
    {
        if (depth == 0)
        {
            return Atom(c, bound);
        }

        switch (c.Next(11))
        {
            case 0: return Atom(c, bound);
            case 1: return !Truth(c, bound, depth - 1);
            case 2: return Truth(c, bound, depth - 1) & Truth(c, bound, depth - 1);
            case 3: return Truth(c, bound, depth - 1) | Truth(c, bound, depth - 1);
            case 4: return Truth(c, bound, depth - 1).Implies(Truth(c, bound, depth - 1));
            case 5: return Forall<A>(a => Truth(c, With(bound, a), depth - 1));
            case 6: return Exists<A>(a => Truth(c, With(bound, a), depth - 1));
            case 7: return Forall<B>(b => Truth(c, With(bound, b), depth - 1));
            case 8: return Exists<B>(b => Truth(c, With(bound, b), depth - 1));
            case 9: return Has(c.Of(RandomSpec.AllLabels)).Implies(Truth(c, bound, depth - 1));
            default: return Define(Cond(Truth(c, bound, depth - 1), Truth(c, bound, depth - 1), Truth(c, bound, depth - 1)), "Choice");
        }
    }

    public Term<bool> Coincidence(Choices c, Bound bound, int conditions) =>
        Enumerable.Range(1, conditions - 1).Aggregate(Truth(c, bound, 1), (all, _) => all & Truth(c, bound, c.Next(2)));

    /// <summary>
    /// Gives the variable a new value, at an element at hand. The value is computed now; the update happens on the call of the
    /// result.
    /// </summary>
    public Action Assign(Choices c, Palette variable, Bound bound)
    {
        switch (variable)
        {
            case Palette.Flag:
                var a = c.Of(bound.As);
                var truth = Toggled(c, m.flag![a], bound);
                return () => m.flag![a] = truth;
            case Palette.Level:
                var number = Counted(c, m.level!.Value, bound, 0, 3);
                return () => m.level!.Value = number;
            case Palette.Link:
                (a, var target) = (c.Of(bound.As), Element(c, bound));
                return () => m.link![a] = target;
            case Palette.Mode:
                a = c.Of(bound.As);
                var mode = c.Next(2) == 0 ? Cond(m.mode![a] == Mode.Slow, (Term<Mode>)Mode.Fast, ModeOf(c, bound)) : ModeOf(c, bound);
                return () => m.mode![a] = mode;
            case Palette.Gate:
                truth = Toggled(c, m.gate!.Value, bound);
                return () => m.gate!.Value = truth;
            case Palette.Score:
                var b = c.Of(bound.Bs);
                number = Counted(c, m.score![b], bound, 1, 3);
                return () => m.score![b] = number;
            case Palette.Pair:
                (a, b) = (c.Of(bound.As), c.Of(bound.Bs));
                truth = Toggled(c, m.pair![a, b], bound);
                return () => m.pair![a, b] = truth;
            case Palette.Owner:
                var owner = Owner(c, bound);
                return () => m.owner!.Value = owner;
            case Palette.Slot:
                a = c.Of(bound.As);
                switch (c.Next(4))
                {
                    case 0:
                        truth = Toggled(c, m.slot![a].Busy, bound);
                        return () => m.slot![a].Busy = truth;
                    case 1:
                        target = Element(c, bound);
                        return () => m.slot![a].Target = target;
                    case 2:
                        number = Counted(c, m.slot![a].Load, bound, 0, 1);
                        return () => m.slot![a].Load = number;
                    default:
                        return () => m.slot![a].Reset();
                }

            case Palette.Peer:
                (a, owner) = (c.Of(bound.As), Owner(c, bound));
                return () => m.peer![a] = owner;
            case Palette.Phase:
                var phase = c.Next(4) is < 3 and var member ? (Term<Option<Mode>>)(Term<Mode>)(Mode)member : None;
                return () => m.phase!.Value = phase;
            case Palette.ByFlag:
                var yes = Side(c, bound);
                number = Counted(c, m.byFlag![yes], bound, 61, 63);
                return () => m.byFlag![yes] = number;
            case Palette.ByOption:
                (yes, var some) = (Side(c, bound), Chosen(c, bound));
                truth = Toggled(c, m.byOption![yes, some], bound);
                return () => m.byOption![yes, some] = truth;
            default:
                var at = (Mode)c.Next(3);
                truth = Toggled(c, m.byMode![at], bound);
                return () => m.byMode![at] = truth;
        }
    }

    /// <summary>
    /// A new truth value, usually the opposite: random values lead nowhere, and a model in which nothing happens tests nothing.
    /// </summary>
    private Term<bool> Toggled(Choices c, Term<bool> now, Bound bound) => c.Next(4) switch
    {
        0 => !now,
        1 => true,
        2 => false,
        _ => Truth(c, bound, 1),
    };

    private Term<int> Counted(Choices c, Term<int> now, Bound bound, int min, int max) => c.Next(7) switch
    {
        5 => now - 65 + 66,
        6 => Number(c, bound, 0) - 70 + (70 + min),
        0 => Cond<int>(now < max, now + 1, min),
        1 => Cond<int>(now == min, max, now - 1),
        2 => now + 1,
        _ => Number(c, bound, 1, min, max),
    };

    private static Bound With(Bound bound, Term<A> a) => bound with { As = [a, .. bound.As] };

    private static Bound With(Bound bound, Term<B> b) => bound with { Bs = [b, .. bound.Bs] };

    private Term<bool> Atom(Choices c, Bound bound)
    {
        if (bound.Which is { } which && c.Next(4) == 0)
        {
            return which == ModeOf(c, bound);
        }

        if (bound.Truth is { } truth && c.Next(4) == 0)
        {
            return truth;
        }

        var variable = c.Of(Variables);
        if (Missing(variable, bound))
        {
            // The element is bound here.
            bool all = c.Next(2) == 1;
            return bound.As.Length == 0 && variable != Palette.Score
                ? all ? Forall<A>(a => About(c, variable, With(bound, a))) : Exists<A>(a => About(c, variable, With(bound, a)))
                : all ? Forall<B>(b => About(c, variable, With(bound, b))) : Exists<B>(b => About(c, variable, With(bound, b)));
        }

        return About(c, variable, bound);
    }

    private Term<bool> About(Choices c, Palette variable, Bound bound)
    {
        if (Missing(variable, bound))
        {
            return Exists<B>(b => About(c, variable, With(bound, b)));
        }

        switch (variable)
        {
            case Palette.Flag: return m.flag![c.Of(bound.As)];
            case Palette.Link:
                var link = m.link![c.Of(bound.As)];
                return c.Next(3) switch
                {
                    0 => link == None,
                    1 => link == Element(c, bound),
                    _ => link != m.link[c.Of(bound.As)],
                };
            case Palette.Mode:
                return c.Next(2) == 0
                    ? m.mode![c.Of(bound.As)] == ModeOf(c, bound)
                    : m.mode![c.Of(bound.As)].In(Mode.Off, Mode.Fast);
            case Palette.Gate: return m.gate!.Value;
            case Palette.Pair: return m.pair![c.Of(bound.As), c.Of(bound.Bs)];
            case Palette.Owner: return m.owner!.Value == Owner(c, bound);
            case Palette.Slot:
                var slot = m.slot![c.Of(bound.As)];
                return c.Next(3) switch
                {
                    0 => slot.Busy,
                    1 => slot.Target == Element(c, bound),
                    _ => slot.Load < Number(c, bound, 1),
                };
            case Palette.Peer: return m.peer![c.Of(bound.As)] == Owner(c, bound);
            case Palette.Phase: return c.Next(2) == 0 ? m.phase!.Value == None : m.phase!.Value == (Term<Mode>)(Mode)c.Next(3);
            case Palette.ByOption: return m.byOption![Side(c, bound), Owner(c, bound)];
            case Palette.ByMode: return m.byMode![ModeOf(c, bound)];
            default:
                var number = variable switch
                {
                    Palette.Level => m.level!.Value,
                    Palette.ByFlag => m.byFlag![Side(c, bound)],
                    _ => m.score![c.Of(bound.Bs)],
                };
                return c.Next(8) switch
                {
                    // Intermediate values outside the range of any variable: below zero, and above 63.
                    4 => number - Number(c, bound, 0) == c.Of(s_outside),
                    5 => number + Number(c, bound, 0) + 60 < c.Of(s_outside),
                    6 => 0 - number == Number(c, bound, 0) - c.Of(s_outside),
                    7 => number + int.MaxValue > c.Of(s_outside) - Number(c, bound, 0),
                    0 => number == Number(c, bound, 1),
                    1 => number < Number(c, bound, 1),
                    2 => number >= Number(c, bound, 1),
                    _ => number + Number(c, bound, 0) != Number(c, bound, 1),
                };
        }
    }

    /// <summary>A number. A literal lies in the range, or it would be refused (M104). Any other value may lie outside.</summary>
    private Term<int> Number(Choices c, Bound bound, int depth, int min = 0, int max = 3)
    {
        var terms = new List<Func<Term<int>>> { () => min + c.Next(max - min + 1) };
        if (Variables.Contains(Palette.Level))
        {
            terms.Add(() => m.level!.Value);
        }

        if (Variables.Contains(Palette.Score) && bound.Bs.Length > 0)
        {
            terms.Add(() => m.score![c.Of(bound.Bs)]);
        }

        if (Variables.Contains(Palette.Slot) && bound.As.Length > 0)
        {
            terms.Add(() => m.slot![c.Of(bound.As)].Load);
        }

        if (depth > 0)
        {
            terms.Add(() => Number(c, bound, 0) + Number(c, bound, 0));
            terms.Add(() => Number(c, bound, 0) - Number(c, bound, 0));
            terms.Add(() => Count<A>(a => Atom(c, With(bound, a))));
            terms.Add(() => Count<B>(b => Atom(c, With(bound, b))));
            terms.Add(() => Cond(Atom(c, bound), Number(c, bound, 0, min, max), Number(c, bound, 0, min, max)));
        }

        return c.Of(terms)();
    }

    private Term<Option<B>> Element(Choices c, Bound bound)
    {
        List<Func<Term<Option<B>>>> terms = [.. bound.Bs.Select(b => (Func<Term<Option<B>>>)(() => b)), () => None];
        terms.AddRange(bound.Bs.Select(b => (Func<Term<Option<B>>>)(() => Cond<Option<B>>(Atom(c, bound), None, b))));
        if (Variables.Contains(Palette.Link) && bound.As.Length > 0)
        {
            terms.Add(() => m.link![c.Of(bound.As)]);
        }

        return c.Of(terms)();
    }

    /// <summary>An index of type bool which does not depend on the state.</summary>
    private static Term<bool> Side(Choices c, Bound bound) => bound.Truth ?? c.Next(2) == 1;

    /// <summary>An index of type option which does not depend on the state.</summary>
    private static Term<Option<A>> Chosen(Choices c, Bound bound) => bound.Some is { } some && c.Next(3) > 0 ? some
        : bound.As.Length > 0 && c.Next(3) > 0 ? (Term<Option<A>>)c.Of(bound.As) : None;

    private Term<Option<A>> Owner(Choices c, Bound bound)
    {
        List<Func<Term<Option<A>>>> terms = [.. bound.As.Select(a => (Func<Term<Option<A>>>)(() => a)), () => None];
        if (Variables.Contains(Palette.Owner))
        {
            terms.Add(() => m.owner!.Value);
        }

        if (Variables.Contains(Palette.Peer) && bound.As.Length > 0)
        {
            terms.Add(() => m.peer![c.Of(bound.As)]);
        }

        return c.Of(terms)();
    }

    private Term<Mode> ModeOf(Choices c, Bound bound)
    {
        var terms = new List<Func<Term<Mode>>> { () => (Mode)c.Next(3) };
        if (bound.Which is { } which)
        {
            terms.Add(() => which);
        }

        if (Variables.Contains(Palette.Mode) && bound.As.Length > 0)
        {
            terms.Add(() => m.mode![c.Of(bound.As)]);
            terms.Add(() => Cond(Atom(c, bound), m.mode![c.Of(bound.As)], (Term<Mode>)Mode.Fast));
        }

        return c.Of(terms)();
    }
}
