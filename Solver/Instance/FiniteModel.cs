using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using Checker.Model.Ir;

namespace Checker.Solver.Instance;

/// <summary>An action instance over cells: the condition under which it can fire, and the new value of each changed cell.</summary>
public sealed record GroundAction(ActionInstance Instance, Formula Guard, ImmutableArray<(int Cell, Formula Value)> Updates);

/// <summary>A property over cells, as the set of its relevant states: those which violate it, or (for Reachable) witness it.</summary>
public sealed record GroundProperty(PropertyDeclaration Declaration, Formula Matters);

/// <summary>
/// A finite instance: the model with all parameters and quantifiers unrolled over the cells of a <see cref="Scope"/>. Impossible
/// parts are removed: cells which never change become constants, and instances whose guard is then false are dropped.
/// </summary>
public sealed class FiniteModel
{
    private readonly Func<string, bool> _has;
    private readonly Func<ulong[], FormulaBuilder> _factory;
    private readonly Func<PropertyDeclaration, ImmutableArray<Formula>>? _stepParts;

    // A property is requested once for each mutant. Keys are compared by reference: two models may have equal declarations, and
    // comparing formulas is slow.
    private readonly ConcurrentDictionary<PropertyDeclaration, GroundProperty> _properties = new(ReferenceEqualityComparer.Instance);

    /// <param name="assumeReachable">
    /// True to consider only states made of values produced by some behaviour. False for induction, which starts from any state.
    /// </param>
    public FiniteModel(Scope scope, bool assumeReachable = true)
        : this(scope, assumeReachable, possible => new(possible))
    {
    }

    /// <summary>Makes a model with another factory of formulas. A test uses it to break the model on purpose.</summary>
    internal FiniteModel(Scope scope, bool assumeReachable, Func<ulong[], FormulaBuilder> factory)
    {
        (Scope, _factory) = (scope, factory);
        _has = label => !scope.System.Dropped.Contains(label);

        // The possible codes of a cell. Start from the initial state, let every instance fire on the known codes, and repeat until
        // nothing new appears. The sets are then closed under all actions, so they cover every reachable state. The sets are
        // symmetric, so one of several instances which differ only in the names of elements represents all. The others are grounded
        // once, at the end, and must agree.
        ulong[] possible =
        [
            .. scope.Cells.Select(c => assumeReachable || c.Variable.Rigid is not null ? 1UL << c.Initial : AllCodes(c)),
        ];
        ImmutableArray<ActionInstance> typical = [.. scope.Instances.Where(IsTypical)];
        while (true)
        {
            while (Grow(possible, typical) is { } more)
            {
                possible = more;
            }

            if (Grow(possible, scope.Instances) is not { } grown)
            {
                break;
            }

            possible = grown;
        }
    }

    /// <summary>Makes a model whose instances were grounded elsewhere.</summary>
    /// <param name="stepParts">
    /// The relevant part of a step property (see <see cref="StepParts"/>); null to compute it from the actions.
    /// </param>
    internal FiniteModel(
        Scope scope,
        FormulaBuilder simplify,
        ImmutableArray<GroundAction> actions,
        Func<PropertyDeclaration, ImmutableArray<Formula>>? stepParts)
    {
        (Scope, Formulas, Actions, _stepParts, _factory) = (scope, simplify, actions, stepParts, _ => simplify);
        _has = label => !scope.System.Dropped.Contains(label);
    }

    public Scope Scope { get; }

    /// <summary>The factory of the formulas. It knows the possible codes of each cell.</summary>
    public FormulaBuilder Formulas { get; private set; } = null!;

    public ImmutableArray<GroundAction> Actions { get; private set; } = [];

    /// <summary>
    /// The instance without the label, over the states of this model. Its formulas use the known values of the cells of this model.
    /// </summary>
    internal FiniteModel Without(string label)
    {
        var scope = Scope.Without(label);
        var mentioning = scope.System.Actions.Where(a => a.Labels.Contains(label)).ToHashSet();
        bool Has(string name) => !scope.System.Dropped.Contains(name);
        return new(scope, Formulas,
            [
                .. Actions.Where(a => !mentioning.Contains(a.Instance.Action)),
                .. scope.Instances.Where(i => mentioning.Contains(i.Action)).Select(i => GroundOf(i, Has)).OfType<GroundAction>(),
            ],
            stepParts: null);
    }

    /// <summary>The states (or the states before a step) which violate the property or, for Reachable, witness it.</summary>
    public GroundProperty Property(PropertyDeclaration property) => _properties.GetOrAdd(property, Grounded);

    private GroundProperty Grounded(PropertyDeclaration property) => new(property, property.Subject switch
    {
        PropertySubject.Step => FormulaBuilder.Or(StepParts(property)),
        PropertySubject.State or PropertySubject.Deadlock or PropertySubject.Sequence =>
            property.IsWitnessed ? State(property.Formula) : FormulaBuilder.Not(State(property.Formula)),
        PropertySubject.StateOrStep => throw new UnreachableException(property.Name),
    });

    /// <summary>A closed formula over one state.</summary>
    public Formula State(Node formula) => new Grounder(Scope, Formulas, _has).Of(formula, ImmutableDictionary<Binder, int>.Empty);

    /// <summary>The instance in a mutant of this model with the given labels; null if it can never fire.</summary>
    public GroundAction? GroundOf(ActionInstance instance, Func<string, bool> has)
    {
        var bound = ImmutableDictionary<Binder, int>.Empty.AddRange(instance.Action.Parameters.Zip(
            instance.Arguments,
            KeyValuePair.Create));
        var ground = new Grounder(Scope, Formulas, has);
        var guards = new List<Formula>();
        foreach (var guard in instance.Action.Guards)
        {
            guards.Add(ground.Of(guard.Condition, bound));
            if (guards[^1].IsFalse)
            {
                return null;
            }
        }

        var values = new SortedDictionary<int, Formula>();
        var writes = new List<(int Cell, Formula When, Formula Value)>();
        foreach (var update in instance.Action.Updates)
        {
            foreach (var bulk in Scope.Tuples([.. update.Bulk.Select(b => Scope.Cardinality(b.Type))]))
            {
                var inner = bound.SetItems(update.Bulk.Select((b, i) => KeyValuePair.Create(b, bulk[i])));
                var when = FormulaBuilder.And(update.When.Select(w => ground.Of(w, inner)));
                if (when.IsFalse)
                {
                    continue;
                }

                int cell = Scope.CellAt(update.Variable, [.. update.Index.Select(i => (int)((Constant)ground.Of(i, inner)).Value)]);
                var value = ground.Of(update.Value, inner);
                if (update.Variable.Type is RangeType range)
                {
                    // Outside the range the step does not exist. The possibility of leaving it is a violation of InRange in the
                    // state before.
                    guards.Add(FormulaBuilder.Or([FormulaBuilder.Not(when), FormulaBuilder.And([
                        FormulaBuilder.Not(Formulas.Less(value, new Constant(range.Min))),
                        FormulaBuilder.Not(Formulas.Less(new Constant(range.Max), value))])]));
                }

                // No step gives a cell two values. The possibility is a violation of OneWriter in the state before.
                guards.AddRange(writes.Where(w => w.Cell == cell).Select(w =>
                    FormulaBuilder.Not(FormulaBuilder.And([when, w.When, FormulaBuilder.Not(Formulas.Equal(value, w.Value))]))));
                writes.Add((cell, when, value));
                values[cell] = FormulaBuilder.Conditional(when, value, values.GetValueOrDefault(cell) ?? Unchanged(cell));
            }
        }

        var all = FormulaBuilder.And(guards);
        return all.IsFalse ? null : new(instance, all, [.. values.Where(v => Changes(v.Key, v.Value)).Select(v => (v.Key, v.Value))]);
    }

    /// <summary>
    /// True if the update may have an effect. An update of a constant cell has none, even if it seems to: it assigns the constant, or
    /// a value outside the range, for which there is no step. It must not write, because such a cell has no bits in a packed state.
    /// </summary>
    private bool Changes(int cell, Formula value) => !value.Equals(Unchanged(cell))
        && !(ulong.IsPow2(Formulas.Possible[cell])
        && (Formulas.Values(value).Codes() & AllCodes(Scope.Cells[cell]) & ~Formulas.Possible[cell]) == 0);

    /// <summary>The value kept by a cell without an assignment.</summary>
    public Formula Unchanged(int cell) => Scope.Cells[cell].Variable.Type is BoolType ? Formulas.Test(cell) : Formulas.Cell(cell);

    /// <summary>The value of a cell after the instance.</summary>
    public Formula ValueOf(GroundAction action, int cell) =>
        action.Updates.Where(u => u.Cell == cell).Select(u => u.Value).FirstOrDefault() ?? Unchanged(cell);

    /// <summary>The relevant states of a property about steps, as a disjunction: some instance makes such a step.</summary>
    public ImmutableArray<Formula> StepParts(PropertyDeclaration property) =>
        _stepParts?.Invoke(property) ?? [Steps(Actions, property.Formula, negate: !property.IsWitnessed)];

    /// <summary>Some of these instances is enabled, and its step satisfies the formula (or violates it, if negated).</summary>
    public Formula Steps(IEnumerable<GroundAction> actions, Node formula, bool negate) =>
        new StepFormula(Scope, Formulas, _has, formula).Some(actions, negate);

    /// <summary>Lets the instances fire once on the possible codes.</summary>
    /// <returns>The larger sets of possible codes; null if they did not grow.</returns>
    private ulong[]? Grow(ulong[] possible, ImmutableArray<ActionInstance> instances)
    {
        Formulas = _factory(possible);
        Actions = [.. instances.Select(i => GroundOf(i, _has)).OfType<GroundAction>()];
        ulong[] grown = (ulong[])possible.Clone();
        foreach (var action in Actions)
        {
            foreach (var (cell, value) in action.Updates)
            {
                grown[cell] |= Formulas.Values(value).Codes() & AllCodes(Scope.Cells[cell]);
            }
        }

        Symmetrize(Scope, grown);
        return grown.AsSpan().SequenceEqual(possible) ? null : grown;
    }

    /// <summary>
    /// True if the elements of each sort are numbered in the order of their first use in the arguments. Exactly one of several
    /// instances differing only in names is so.
    /// </summary>
    private static bool IsTypical(ActionInstance instance)
    {
        var next = new Dictionary<ModelType, int>();
        for (int i = 0; i < instance.Arguments.Length; i++)
        {
            var (type, code) = (instance.Action.Parameters[i].Type, instance.Arguments[i]);
            var (sort, element) = type is OptionType { Element: SortType inner } ? (inner, code - 1) : (type, code);
            if (sort is not SortType { IsOrdered: false } || element < 0)
            {
                continue;
            }

            int known = next.GetValueOrDefault(sort);
            if (element > known)
            {
                return false;
            }

            next[sort] = Math.Max(known, element + 1);
        }

        return true;
    }

    /// <summary>
    /// Makes the sets symmetric under every permutation of every sort: a code possible for one element's cell is possible for every
    /// other's, and if any element is possible, so is every element. So a permuted state fits the layout of the original.
    /// </summary>
    private static void Symmetrize(Scope scope, ulong[] possible)
    {
        foreach (var alike in scope.Cells.GroupBy(c =>
            (c.Variable, string.Join(',', c.Index.Where((_, i) => c.Variable.Index[i] is not SortType { IsOrdered: false })))))
        {
            ulong union = alike.Aggregate(0UL, (codes, c) => codes | possible[c.Number]);
            if (alike.Key.Variable.Type is SortType { IsOrdered: false } or OptionType { Element: SortType { IsOrdered: false } }
                && (union & ~1UL) != 0)
            {
                union |= AllCodes(alike.First()) & ~1UL;
            }

            foreach (var cell in alike)
            {
                possible[cell.Number] = union;
            }
        }
    }

    /// <summary>The codes of the cell's type.</summary>
    private static ulong AllCodes(Cell cell)
    {
        ulong below = cell.Cardinality == 64 ? ulong.MaxValue : (1UL << cell.Cardinality) - 1;
        return cell.Variable.Type is RangeType range ? below & (ulong.MaxValue << range.Min) : below;
    }
}
