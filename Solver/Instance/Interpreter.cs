using System.Collections.Immutable;
using System.Diagnostics;
using Checker.Model.Ir;

namespace Checker.Solver.Instance;

/// <summary>
/// The reference semantics: the meaning of a model, written to be read and never optimised. A state is an array with the code of
/// every cell (<see cref="Scope.Cells"/>). Every other engine is tested against the interpreter, and it replays every trace.
/// </summary>
public sealed class Interpreter(Scope scope)
{
    private readonly TransitionSystem _system = scope.System;

    public Scope Scope { get; } = scope;

    /// <summary>True if all guards of the instance hold in the state.</summary>
    public bool Enabled(ActionInstance instance, int[] state) => FailingGuard(instance, state) is null;

    /// <summary>The first guard which does not hold; null if the instance is enabled.</summary>
    public Guard? FailingGuard(ActionInstance instance, int[] state)
    {
        var bound = Bind(instance);
        return instance.Action.Guards.FirstOrDefault(g => !Holds(g.Condition, bound, state));
    }

    /// <summary>Returns the state after the instance, without testing its guards.</summary>
    /// <exception cref="ModelErrorException">
    /// A value lies outside its variable's range, or one location is updated twice with different values.
    /// </exception>
    public int[] Apply(ActionInstance instance, int[] state)
    {
        int[] next = (int[])state.Clone();
        bool[] written = new bool[state.Length];
        foreach (var update in instance.Action.Updates)
        {
            foreach (var bulk in Scope.Tuples([.. update.Bulk.Select(b => Scope.Cardinality(b.Type))]))
            {
                var bound = Bind(instance);
                for (int i = 0; i < bulk.Length; i++)
                {
                    bound = bound.SetItem(update.Bulk[i], bulk[i]);
                }

                if (update.When.All(w => Holds(w, bound, state)))
                {
                    Write(update, bound, state, next, written);
                }
            }
        }

        return next;
    }

    /// <summary>
    /// Returns the state after the instance. Null if there is no such step: a guard does not hold, or the model's own rules forbid it.
    /// (The possibility of breaking a rule is the violation of a WellFormed property in the state before.)
    /// </summary>
    public int[]? Step(ActionInstance instance, int[] state)
    {
        try
        {
            return Enabled(instance, state) ? Apply(instance, state) : null;
        }
        catch (ModelErrorException)
        {
            return null;
        }
    }

    /// <summary>The steps from the state: instances with their target states.</summary>
    public IEnumerable<(ActionInstance Instance, int[] Next)> Successors(int[] state) =>
        from instance in Scope.Instances let next = Step(instance, state) where next is not null select (instance, next);

    /// <summary>True if a closed formula holds in a state or, with <paramref name="next"/>, for a step.</summary>
    public bool Holds(Node formula, int[] state, int[]? next = null) => Holds(formula, Empty, state, next);

    public bool Holds(Node formula, ImmutableDictionary<Binder, int> bound, int[] state, int[]? next = null) =>
        Value(formula, bound, state, next) != 0;

    /// <summary>The code of the expression's value. For an integer it is the exact value, however large.</summary>
    public long Value(Node node, ImmutableDictionary<Binder, int> bound, int[] state, int[]? next = null)
    {
        return node switch
        {
            Lit n => n.Code,
            Bound n => bound[n.Binder],
            Read n => (n.Primed ? next ?? throw new InvalidOperationException("no next state") : state)[Cell(n)],
            Eq n => Of(n.Left) == Of(n.Right) ? 1 : 0,
            Not n => 1 - Of(n.Operand),
            And n => n.Operands.All(o => Of(o) != 0) ? 1 : 0,
            Or n => n.Operands.Any(o => Of(o) != 0) ? 1 : 0,
            Implies n => Of(n.Premise) == 0 || Of(n.Conclusion) != 0 ? 1 : 0,
            Ite n => Of(n.Condition) != 0 ? Of(n.Then) : Of(n.Else),
            Quantified { Kind: QuantifierKind.Forall } n => Each(n.Binder).All(b => Holds(n.Body, b, state, next)) ? 1 : 0,
            Quantified n => Each(n.Binder).Any(b => Holds(n.Body, b, state, next)) ? 1 : 0,
            Count n => Each(n.Binder).Count(b => Holds(n.Body, b, state, next)),
            Some n => Of(n.Element) + 1,
            Less n => Of(n.Left) < Of(n.Right) ? 1 : 0,
            Plus n => Of(n.Left) + Of(n.Right),
            Minus n => Of(n.Left) - Of(n.Right),
            HasLabel n => _system.Dropped.Contains(n.Label) ? 0 : 1,
            Definition n => Of(n.Body),
            _ => throw new UnreachableException(node.GetType().Name),
        };

        long Of(Node child) => Value(child, bound, state, next);

        int Cell(Read read) => Scope.CellAt(read.Variable, [.. read.Index.Select(i => (int)Of(i))]);

        IEnumerable<ImmutableDictionary<Binder, int>> Each(Binder binder) =>
            Enumerable.Range(0, Scope.Cardinality(binder.Type)).Select(code => bound.SetItem(binder, code));
    }

    private static ImmutableDictionary<Binder, int> Empty => ImmutableDictionary<Binder, int>.Empty;

    private static ImmutableDictionary<Binder, int> Bind(ActionInstance instance) =>
        Empty.AddRange(instance.Action.Parameters.Zip(instance.Arguments, KeyValuePair.Create));

    private void Write(Update update, ImmutableDictionary<Binder, int> bound, int[] state, int[] next, bool[] written)
    {
        int cell = Scope.CellAt(update.Variable, [.. update.Index.Select(i => (int)Value(i, bound, state))]);
        long value = Value(update.Value, bound, state);
        if (update.Variable.Type is RangeType range && (value < range.Min || value > range.Max))
        {
            throw new ModelErrorException($"{update.Source}: {Scope.Cells[cell]} becomes {value}, outside {range}");
        }

        if (written[cell] && next[cell] != value)
        {
            throw new ModelErrorException($"{update.Source}: {Scope.Cells[cell]} is updated twice in one step");
        }

        (next[cell], written[cell]) = ((int)value, true);
    }
}

/// <summary>A step forbidden by the model's own rules: a value outside its range, or one location updated twice.</summary>
public sealed class ModelErrorException(string message) : Exception(message);
