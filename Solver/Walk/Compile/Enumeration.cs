using System.Reflection.Emit;
using Checker.Model.Ir;

namespace Checker.Solver.Walk.Compile;

/// <summary>
/// Nested loops over the values of variables which satisfy a conjunction. Each loop visits the set bits of one word, which combines the
/// lanes of all conjuncts decided by the choice of its variable. A conjunct like "page p is the one of vCPU v's fault" leaves one value
/// and almost no loop. The next variable is always the one with the fewest expected values.
/// </summary>
internal sealed class Enumeration
{
    private readonly LaneEmitter _emitter;
    private readonly List<Node> _closed = [];
    private readonly List<Level> _levels = [];

    /// <param name="scalars">The variables which already have a value.</param>
    public Enumeration(LaneEmitter emitter, IEnumerable<Binder> binders, Node condition, IEnumerable<Binder> scalars)
    {
        _emitter = emitter;
        var bound = scalars.ToHashSet();
        var left = Fold.Conjuncts(condition).Select(c => (Node: c, Free: Lane.Free(c).ToHashSet())).ToList();
        Node[] Take()
        {
            Node[] ready = [.. left.Where(c => c.Free.IsSubsetOf(bound)).Select(c => c.Node)];
            left.RemoveAll(c => c.Free.IsSubsetOf(bound));
            return ready;
        }

        _closed.AddRange(Take());
        var open = binders.ToList();
        while (open.Count > 0)
        {
            var next = open.MinBy(x =>
                emitter.Cardinality(x) * left.Where(c => c.Free.Contains(x) && c.Free.All(f => f == x || bound.Contains(f)))
                .Aggregate(1.0, (all, c) => all * Lane.Selectivity(emitter.Scope, c.Node, x)))!;
            open.Remove(next);
            bound.Add(next);
            Node[] ready = [.. Take(), .. left.SelectMany(c => Implied(c.Node, next, bound))];
            // A conjunct which is slow for all values at once is tested for the remaining values.
            bool IsLane(Node node) =>
                Lane.Cost(emitter.Scope, node, next) <= 0.5 * emitter.Cardinality(next) * (2 + Lane.Scalar(emitter.Scope, node));
            _levels.Add(new(next, [.. ready.Where(IsLane)], [.. ready.Where(r => !IsLane(r))]));
        }
    }

    /// <summary>Pushes 0 if a quick test of the first loop shows that there is no solution; otherwise 1.</summary>
    public void EmitEntrance()
    {
        const double Quick = 12;
        var il = _emitter.Il;
        int words = 0;
        void Join()
        {
            if (words++ > 0)
            {
                il.Emit(OpCodes.And);
            }
        }

        foreach (var level in _levels.Take(1))
        {
            Node[] quick = [.. level.Lanes.Where(l => Lane.Cost(_emitter.Scope, l, level.Binder) <= Quick)];
            foreach (var condition in quick)
            {
                _emitter.Lanes(condition, level.Binder);
                Join();
            }

            if (words > 0 && !quick.Any(c => Lane.IsClean(_emitter.Scope, c, level.Binder)))
            {
                _emitter.Mask(level.Binder);
            }
        }

        foreach (var condition in _closed.Where(c => Lane.Scalar(_emitter.Scope, c) <= Quick))
        {
            _emitter.Value(condition);
            il.Emit(OpCodes.Neg);
            il.Emit(OpCodes.Conv_I8);
            Join();
        }

        if (words == 0)
        {
            il.Emit(OpCodes.Ldc_I4_1);
            return;
        }

        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Conv_U8);
        il.Emit(OpCodes.Cgt_Un);
    }

    /// <summary>The variable of the innermost loop. Null if there is no loop.</summary>
    public Binder? Innermost => _levels.Count == 0 ? null : _levels[^1].Binder;

    /// <summary>Runs <paramref name="leaf"/> for each solution, with all variables bound.</summary>
    public void Emit(Action leaf) => Start(end => Emit(0, end, leaf, null));

    /// <summary>
    /// Runs <paramref name="leaf"/> for each solution for all variables except the innermost. The values of the innermost are the bits of
    /// the word in the local, which is not 0.
    /// </summary>
    public void EmitWords(Action<LocalBuilder> leaf) => Start(end => Emit(0, end, null, leaf));

    private void Start(Action<Label> body)
    {
        var end = _emitter.Il.DefineLabel();
        foreach (var condition in _closed)
        {
            _emitter.Branch(condition, end, when: false);
        }

        _emitter.Scoped(() => body(end));
        _emitter.Il.MarkLabel(end);
    }

    private void Emit(int number, Label next, Action? leaf, Action<LocalBuilder>? words)
    {
        if (number == _levels.Count)
        {
            leaf!();
            return;
        }

        var il = _emitter.Il;
        var level = _levels[number];
        _emitter.Prepare(level.Lanes, level.Binder);
        il.Emit(OpCodes.Ldc_I8, -1L);
        foreach (var condition in level.Lanes)
        {
            _emitter.Lanes(condition, level.Binder);
            il.Emit(OpCodes.And);
        }

        if (!level.Lanes.Any(c => Lane.IsClean(_emitter.Scope, c, level.Binder)))
        {
            _emitter.Mask(level.Binder);
        }

        if (number == 0 && _levels.Count > 1)
        {
            var some = il.DefineLabel();
            il.Emit(OpCodes.Dup);
            il.Emit(OpCodes.Brtrue, some);
            il.Emit(OpCodes.Pop);
            il.Emit(OpCodes.Br, next);
            il.MarkLabel(some);
            Hoist();
        }

        if (words is not null && number == _levels.Count - 1)
        {
            Words(level, next, words);
            return;
        }

        _emitter.EachBit(level.Binder, again =>
        {
            foreach (var condition in level.Rest)
            {
                _emitter.Branch(condition, again, when: false);
            }

            Emit(number + 1, again, leaf, words);
        });
    }

    private void Words(Level level, Label next, Action<LocalBuilder> words)
    {
        var il = _emitter.Il;
        var word = il.DeclareLocal(typeof(ulong));
        il.Emit(OpCodes.Stloc, word);
        if (level.Rest.Length > 0)
        {
            il.Emit(OpCodes.Ldloc, word);
            _emitter.EachBit(level.Binder, again =>
            {
                var fails = il.DefineLabel();
                foreach (var condition in level.Rest)
                {
                    _emitter.Branch(condition, fails, when: false);
                }

                il.Emit(OpCodes.Br, again);
                il.MarkLabel(fails);
                il.Emit(OpCodes.Ldloc, word);
                il.Emit(OpCodes.Ldc_I8, 1L);
                _emitter.Value(new Bound(level.Binder));
                il.Emit(OpCodes.Shl);
                il.Emit(OpCodes.Xor);
                il.Emit(OpCodes.Stloc, word);
            });
        }

        il.Emit(OpCodes.Ldloc, word);
        il.Emit(OpCodes.Brfalse, next);
        words(word);
    }

    /// <summary>Moves the most expensive parts of the inner loops which do not depend on the outer ones out of the loops.</summary>
    private void Hoist()
    {
        foreach (var level in _levels.Skip(1))
        {
            foreach (var node in level.Lanes.SelectMany(l => Constant(l, level.Binder)))
            {
                _emitter.Remember(node, level.Binder);
            }
        }
    }

    /// <summary>The largest parts with a quantifier whose only open variable is the lane's.</summary>
    private static IEnumerable<Node> Constant(Node node, Binder lane) =>
        node.Type is BoolType && Fold.Descendants(node).Any(d => d is Quantified) && Lane.Free(node).All(f => f == lane)
            ? Lane.Mentions(node, lane) ? [node] : []
            : node is Quantified or Count ? [] : Fold.Children(node).SelectMany(c => Constant(c, lane));

    /// <summary>
    /// The consequences of a condition before all of its variables have values: a value which must equal an element is not none.
    /// </summary>
    private static IEnumerable<Node> Implied(Node node, Binder next, HashSet<Binder> bound) =>
        from pair in node is Eq e ? [(e.Left, e.Right), (e.Right, e.Left)] : Array.Empty<(Node, Node)>()
        where pair.Item1 is Some
            && pair.Item2 is Read
            && Lane.Mentions(pair.Item2, next)
            && Lane.Free(pair.Item2).All(bound.Contains)
            && !Lane.Free(pair.Item1).All(bound.Contains)
        select (Node)new Not(new Eq(pair.Item2, new Lit(pair.Item2.Type, 0)));

    private sealed record Level(Binder Binder, Node[] Lanes, Node[] Rest);
}
