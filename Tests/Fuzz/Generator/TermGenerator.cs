using System.Collections.Immutable;
using Checker.Model.Ir;

namespace Checker.Tests.Fuzz.Generator;

/// <summary>Random expressions of a type, over the state, the bound variables and the labels.</summary>
internal sealed class TermGenerator(Dice dice, Names names, IReadOnlyList<Variable> variables, IReadOnlyList<ModelType> ranges,
    IReadOnlyList<string> labels)
{
    private static readonly int[] s_numbers = [0, 1, 2, 3, -1, -2, -7, 62, 63, 64, 65, 100, -64, 127, 128, 256, 1000];
    private static readonly int[] s_huge = [int.MaxValue, int.MinValue, int.MaxValue - 1, int.MinValue + 1, 1 << 30, -(1 << 30)];

    /// <summary>True if the model counts. Most formulas then compare numbers.</summary>
    public bool Counts { get; init; }

    /// <summary>The types allowed for a quantifier, a parameter or a bulk update.</summary>
    public IReadOnlyList<ModelType> Ranges => ranges;

    public static bool CanMake(ModelType type, ImmutableArray<Binder> bound) => type is not SortType || bound.Any(b => b.Type == type);

    public Binder Bind(ModelType type) => new(names.Shared(dice.Of(["p", "q", "z", "i"])), type);

    /// <summary>A truth value.</summary>
    /// <param name="reads">True if the state may be read. The index of an update may not read it.</param>
    public Node Truth(int depth, ImmutableArray<Binder> bound, bool reads = true)
    {
        if (depth < -1)
        {
            var truths = bound.Where(b => b.Type is BoolType).ToList();
            return truths.Count > 0 && dice.Chance(70) ? new Bound(dice.Of(truths)) : dice.Chance(50) ? Node.True : Node.False;
        }

        if (depth <= 0)
        {
            return Atom(depth, bound, reads && depth > -2);
        }

        switch (dice.Weighted((24, 0), (10, 1), (10, 2), (9, 3), (8, 4), (3, 5), (12, 6), (2, 7)))
        {
            case 1: return new Not(Truth(depth - 1, bound, reads));
            case 2: return new And([.. Operands()]);
            case 3: return new Or([.. Operands()]);
            case 4: return new Implies(Truth(depth - 1, bound, reads), Truth(depth - 1, bound, reads));
            case 5: return new Ite(Truth(depth - 1, bound, reads), Truth(depth - 1, bound, reads), Truth(depth - 1, bound, reads));
            case 6:
                var binder = Bind(dice.Of(ranges));
                return new Quantified(dice.Chance(50) ? QuantifierKind.Forall : QuantifierKind.Exists, binder,
                    Truth(depth - 1, bound.Add(binder), reads));
            case 7:
                return new Definition(names.Shared("Def"), [.. bound.Take(1).Select(b => new Bound(b))], Truth(depth - 1, bound, reads));
            default: return Atom(depth, bound, reads);
        }

        IEnumerable<Node> Operands()
        {
            int count = dice.Weighted((1, 0), (2, 1), (10, 2), (4, 3));
            return Enumerable.Range(0, count).Select(_ => Truth(depth - 1, bound, reads));
        }
    }

    /// <summary>A term of a type. For a sort there must be a bound variable of it.</summary>
    public Node Term(ModelType type, int depth, ImmutableArray<Binder> bound, bool reads = true) => type switch
    {
        BoolType => Truth(depth, bound, reads),
        IntType or RangeType => Number(depth, bound, reads),
        _ => Value(type, depth, bound, reads),
    };

    /// <summary>A read of the variable at an index. Null if there is no term for one of the index's sorts.</summary>
    public Read? ReadOf(Variable variable, int depth, ImmutableArray<Binder> bound) => variable.Index.All(t => CanMake(t, bound))
        ? new Read(variable, [.. variable.Index.Select(t => Term(t, Math.Min(depth, 1) - 1, bound, reads: depth > -1))], Primed: false)
            : null;

    /// <summary>An integer. Literals may lie far outside the range of any variable.</summary>
    public Node Number(int depth, ImmutableArray<Binder> bound, bool reads = true)
    {
        if (depth > 0)
        {
            switch (dice.Weighted((20, 0), (14, 1), (14, 2), (5, 3), (8, 4), (1, 5)))
            {
                case 1: return new Plus(Number(depth - 1, bound, reads), Number(depth - 1, bound, reads));
                case 2: return new Minus(Number(depth - 1, bound, reads), Number(depth - 1, bound, reads));
                case 3: return new Ite(Truth(depth - 1, bound, reads), Number(depth - 1, bound, reads), Number(depth - 1, bound, reads));
                case 4:
                    var binder = Bind(dice.Of(ranges));
                    return new Count(binder, Truth(depth - 1, bound.Add(binder), reads));
                case 5: return new Definition(names.Shared("Sum"), [], Number(depth - 1, bound, reads));
                default: break;
            }
        }

        return dice.Chance(65) && AnyRead(t => t is RangeType, Math.Min(depth, 0), bound, reads && depth > -2) is { } read ? read
            : new Lit(ModelType.Int, dice.Weighted((55, 0), (40, 1), (5, 2)) switch
            {
                0 => dice.Between(0, 3),
                1 => dice.Of(s_numbers),
                _ => dice.Of(s_huge),
            });
    }

    private Node Atom(int depth, ImmutableArray<Binder> bound, bool reads)
    {
        switch (dice.Weighted((30, 0), (25, 1), (Counts ? 120 : 20, 2), (4, 3), (2, 4), (6, 5)))
        {
            case 0 when AnyRead(t => t is BoolType, depth, bound, reads) is { } read:
                return read;
            case 1:
                return Comparison(depth, bound, reads);
            case 2 when variables.Any(v => v.Type is RangeType):
                if (reads && dice.Chance(60) && Linear(depth, bound) is { } linear)
                {
                    return linear;
                }

                var (left, right) = (Number(depth, bound, reads), Number(depth, bound, reads));
                return dice.Chance(50) ? new Less(left, right) : new Eq(left, right);
            case 3 when labels.Count > 0:
                return new HasLabel(dice.Of(labels));
            case 4:
                return dice.Chance(50) ? Node.True : Node.False;
            case 5 when bound.Any(b => b.Type is BoolType):
                return new Bound(dice.Of([.. bound.Where(b => b.Type is BoolType)]));
            default:
                return Comparison(depth, bound, reads);
        }
    }

    /// <summary>A comparison of a sum or difference of two integers of the state with a value which it can or barely cannot have.</summary>
    private Node? Linear(int depth, ImmutableArray<Binder> bound)
    {
        if (AnyRead(t => t is RangeType, depth - 1, bound, reads: true) is not { } left
            || AnyRead(t => t is RangeType, depth - 1, bound, reads: true) is not { } right)
        {
            return null;
        }

        for (int tries = 0; tries < 3 && right.Variable == left.Variable; tries++)
        {
            right = AnyRead(t => t is RangeType, depth - 1, bound, reads: true)!;
        }

        var (a, b) = ((RangeType)left.Type, (RangeType)right.Type);
        bool sum = dice.Chance(40);
        var (least, most) = sum ? (a.Min + b.Min, a.Max + b.Max) : (a.Min - b.Max, a.Max - b.Min);
        Node value = sum ? new Plus(left, right) : new Minus(left, right);
        int offset = dice.Weighted((24, 0), (2, -least - 1), (2, 60), (1, int.MaxValue), (1, int.MinValue));
        Node other = new Lit(ModelType.Int, dice.Between(least - 1, most + 1));
        if (offset != 0)
        {
            // The same number on both sides, chosen to leave the range of representable values.
            (value, other) = (new Plus(value, new Lit(ModelType.Int, offset)), new Plus(other, new Lit(ModelType.Int, offset)));
        }

        return dice.Weighted((5, 0), (3, 1), (2, 2)) switch
        {
            0 => new Eq(value, other),
            1 => new Less(value, other),
            _ => new Less(other, value),
        };
    }

    private Node Comparison(int depth, ImmutableArray<Binder> bound, bool reads)
    {
        // One side is a read or a bound variable, so the comparison is not constant.
        var candidates = reads
            ? variables.Where(v => v.Type is not RangeType && v.Index.Append(v.Type).All(t => CanMake(t, bound))).ToList()
            : [];
        Node? left = candidates.Count > 0 && dice.Chance(75) ? ReadOf(dice.Of(candidates), depth, bound)
            : bound.Length > 0 ? new Bound(dice.Of(bound)) : null;
        if (left is null)
        {
            return dice.Chance(20) ? new Eq(Number(Math.Min(depth, 1), bound, reads), Number(Math.Min(depth, 1), bound, reads))
                : candidates.Count > 0 && ReadOf(dice.Of(candidates), depth, bound) is { } read
                    ? new Eq(read, Term(read.Type, Math.Min(depth - 1, 0), bound, reads))
                : Node.True;
        }

        var right = Term(left.Type, Math.Min(depth - 1, 1), bound, reads);
        for (int tries = 0; tries < 3 && Node.Same(left, right); tries++)
        {
            right = Term(left.Type, Math.Min(depth - 1, 1), bound, reads);
        }

        return dice.Chance(30) ? new Not(new Eq(left, right)) : dice.Chance(20) ? new Eq(right, left) : new Eq(left, right);
    }

    private Node Value(ModelType type, int depth, ImmutableArray<Binder> bound, bool reads)
    {
        var terms = new List<Func<Node>>();
        if (type is EnumType e)
        {
            terms.Add(() => new Lit(e, dice.Next(e.Members.Length)));
        }

        if (type is OptionType option)
        {
            terms.Add(() => new Lit(option, 0));
            if (option.Element is EnumType inner && dice.Chance(20))
            {
                terms.Add(() => new Lit(option, 1 + dice.Next(inner.Members.Length)));
            }

            if (CanMake(option.Element, bound))
            {
                terms.Add(() => new Some(Value(option.Element, depth - 1, bound, reads)));
                terms.Add(() => new Some(Value(option.Element, depth - 1, bound, reads)));
            }
        }

        foreach (var binder in bound.Where(b => b.Type == type))
        {
            terms.Add(() => new Bound(binder));
            terms.Add(() => new Bound(binder));
        }

        foreach (var variable in reads && depth > -2 ? variables.Where(v => v.Type == type && v.Index.All(t => CanMake(t, bound))) : [])
        {
            terms.Add(() => ReadOf(variable, depth - 1, bound)!);
        }

        if (!reads)
        {
            // A rigid function is no part of the state, so an updated index may use it.
            terms.AddRange(
                from variable in variables
                where variable.Rigid == RigidFunction.Blocks && variable.Type == type
                from element in bound
                where element.Type == variable.Index[0]
                select (Func<Node>)(() => new Read(variable, [new Bound(element)], Primed: false)));
        }

        if (depth > 0 && terms.Count > 0)
        {
            terms.Add(() => new Ite(Truth(depth - 1, bound, reads), Value(type, depth - 1, bound, reads),
                Value(type, depth - 1, bound, reads)));
            if (dice.Chance(5))
            {
                terms.Add(() => new Definition(names.Shared("Val"), [], Value(type, depth - 1, bound, reads)));
            }
        }

        return dice.Of(terms)();
    }

    private Read? AnyRead(Func<ModelType, bool> wanted, int depth, ImmutableArray<Binder> bound, bool reads)
    {
        var candidates = reads ? variables.Where(v => wanted(v.Type) && v.Index.All(t => CanMake(t, bound))).ToList() : [];
        return candidates.Count == 0 ? null : ReadOf(dice.Of(candidates), depth, bound);
    }
}
