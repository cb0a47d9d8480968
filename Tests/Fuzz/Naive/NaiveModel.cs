using System.Collections.Immutable;
using System.Numerics;
using Checker.Model.Ir;

namespace Checker.Tests.Fuzz.Naive;

/// <summary>An action with values for its parameters.</summary>
internal sealed record NaiveInstance(ActionDeclaration Action, object[] Arguments);

/// <summary>The outcome of taking an instance in a state.</summary>
/// <param name="Enabled">True if all its guards hold.</param>
/// <param name="Next">The state after the step. Null if there is no step.</param>
/// <param name="LeftRange">The variables whose new value would lie outside their range.</param>
/// <param name="WrittenTwice">The variables with a location which would get two different values.</param>
internal sealed record NaiveOutcome(bool Enabled, NaiveState? Next, ImmutableHashSet<string> LeftRange,
    ImmutableHashSet<string> WrittenTwice)
{
    public static readonly NaiveOutcome Refused = new(false, null, [], []);
}

/// <summary>
/// The meaning of a model for given sizes, directly after docs/semantics.md, with dictionaries, objects and unbounded integers. It
/// shares no code with the engines. It is slow and plain.
/// </summary>
internal sealed class NaiveModel
{
    private readonly Dictionary<string, Variable> _variables;

    public NaiveModel(TransitionSystem system, IReadOnlyDictionary<string, int> sizes)
    {
        System = system;
        Domains = new NaiveDomains(sizes);
        _variables = system.Variables.ToDictionary(v => v.Name, StringComparer.Ordinal);
        Instances = [.. system.Actions.SelectMany(a => Domains.Tuples(a.Parameters.Select(p => p.Type)).Select(t =>
            new NaiveInstance(a, t)))];
        Initial = new(system.Variables
            .SelectMany(v => Domains.Tuples(v.Index).Select(i => (Location: new Location(v.Name, i),
                Value: Begin(v, i))))
            .ToDictionary(p => p.Location, p => p.Value));
    }

    private object Begin(Variable variable, object[] index) => variable.Rigid switch
    {
        RigidFunction.Order => ((Element)index[0]).Number < ((Element)index[1]).Number,
        RigidFunction.Blocks => new Element(
            variable.Type.Name,
            ((Element)index[0]).Number * Domains.Sizes[variable.Type.Name] / Domains.Sizes[variable.Index[0].Name]),
        _ => NaiveDomains.OfCode(variable.Type, variable.Initial),
    };

    public TransitionSystem System { get; }

    public NaiveDomains Domains { get; }

    public ImmutableArray<NaiveInstance> Instances { get; }

    public NaiveState Initial { get; }

    /// <summary>The number of expressions evaluated so far, a machine-independent measure of the work.</summary>
    public long Work { get; private set; }

    /// <summary>The least and the greatest number compared with another one. Engines must be exact on this range.</summary>
    public (BigInteger Least, BigInteger Most) Compared { get; private set; }

    /// <summary>
    /// Takes the instance in the state: guards, then all right-hand sides over the state before, then all assignments at once.
    /// </summary>
    public NaiveOutcome Take(NaiveInstance instance, NaiveState state)
    {
        var bound = ImmutableDictionary<Binder,
            object>.Empty.AddRange(instance.Action.Parameters.Zip(instance.Arguments, KeyValuePair.Create));
        if (!instance.Action.Guards.All(g => IsTrue(g.Condition, bound, state, null)))
        {
            return NaiveOutcome.Refused;
        }

        var assigned = new Dictionary<Location, object>();
        var (leftRange, twice) = (ImmutableHashSet<string>.Empty, ImmutableHashSet<string>.Empty);
        foreach (var update in instance.Action.Updates)
        {
            foreach (object[] elements in Domains.Tuples(update.Bulk.Select(b => b.Type)))
            {
                var inner = bound.SetItems(update.Bulk.Zip(elements, KeyValuePair.Create));
                if (!update.When.All(w => IsTrue(w, inner, state, null)))
                {
                    continue;
                }

                var location = new Location(update.Variable.Name, [.. update.Index.Select(i => Value(i, inner, state, null))]);
                object value = Value(update.Value, inner, state, null);
                if (_variables[update.Variable.Name].Type is RangeType range
                    && ((BigInteger)value < range.Min || (BigInteger)value > range.Max))
                {
                    leftRange = leftRange.Add(update.Variable.Name);
                }

                if (assigned.TryGetValue(location, out object? other) && !other.Equals(value))
                {
                    twice = twice.Add(update.Variable.Name);
                }

                assigned[location] = value;
            }
        }

        return new(true, leftRange.IsEmpty && twice.IsEmpty ? state.With(assigned) : null, leftRange, twice);
    }

    /// <summary>True if a closed formula holds for a state or a step.</summary>
    public bool Holds(Node formula, NaiveState state, NaiveState? next = null) =>
        IsTrue(formula, ImmutableDictionary<Binder, object>.Empty, state, next);

    private bool IsTrue(Node node, ImmutableDictionary<Binder, object> bound, NaiveState state, NaiveState? next) =>
        (bool)Value(node, bound, state, next);

    private object Value(Node node, ImmutableDictionary<Binder, object> bound, NaiveState state, NaiveState? next)
    {
        Work++;
        return node switch
        {
            Lit n => NaiveDomains.OfCode(n.Type, n.Code),
            Bound n => bound[n.Binder],
            Read n => (n.Primed ? next! : state)[new Location(n.Variable.Name, [.. n.Index.Select(Of)])],
            Eq n => Same(Of(n.Left), Of(n.Right)),
            Not n => !Truth(n.Operand),
            And n => n.Operands.All(Truth),
            Or n => n.Operands.Any(Truth),
            Implies n => !Truth(n.Premise) || Truth(n.Conclusion),
            Ite n => Truth(n.Condition) ? Of(n.Then) : Of(n.Else),
            Quantified { Kind: QuantifierKind.Forall } n => Domains.Of(n.Binder.Type).All(value => With(n.Binder, value, n.Body)),
            Quantified n => Domains.Of(n.Binder.Type).Any(value => With(n.Binder, value, n.Body)),
            Count n => new BigInteger(Domains.Of(n.Binder.Type).Count(value => With(n.Binder, value, n.Body))),
            Some n => new Just(Of(n.Element)),
            Less n => Number(n.Left) < Number(n.Right),
            Plus n => Number(n.Left) + Number(n.Right),
            Minus n => Number(n.Left) - Number(n.Right),
            HasLabel n => !System.Dropped.Contains(n.Label),
            Definition n => Of(n.Body),
            _ => throw new System.Diagnostics.UnreachableException(node.GetType().Name),
        };

        object Of(Node child) => Value(child, bound, state, next);

        bool Truth(Node child) => (bool)Of(child);

        bool Same(object left, object right)
        {
            if (left is BigInteger a && right is BigInteger b)
            {
                Compared = (BigInteger.Min(Compared.Least, BigInteger.Min(a, b)), BigInteger.Max(Compared.Most, BigInteger.Max(a, b)));
            }

            return left.Equals(right);
        }

        BigInteger Number(Node child) => (BigInteger)Of(child);

        bool With(Binder binder, object value, Node body) => IsTrue(body, bound.SetItem(binder, value), state, next);
    }
}
