using System.Collections.Immutable;
using Checker.Model.Ir;

namespace Checker.Solver.Instance;

/// <summary>
/// The difference between a model and one of its mutants, as formulas over the states: the states in which their steps differ, and
/// those in which only the mutant violates a property. A step leaving its range exists in neither, so only the properties show it.
/// </summary>
internal sealed class ModelDifference
{
    private readonly FiniteModel _model;
    private readonly FiniteModel _mutant;
    private readonly ImmutableHashSet<string> _labels;
    private readonly ImmutableHashSet<string> _actions;

    /// <param name="mutant">The mutant, with the variables of the model and formulas over the same cells.</param>
    /// <param name="actions">The names of the possibly different actions.</param>
    public ModelDifference(FiniteModel model, FiniteModel mutant, IEnumerable<string> actions)
    {
        (_model, _mutant, _actions) = (model, mutant, [.. actions]);
        _labels = model.Scope.System.Dropped.SymmetricExcept(mutant.Scope.System.Dropped);
        var (before, after) = (InstancesOf(model), InstancesOf(mutant));
        Pairs = [.. before.Keys.Union(after.Keys)
            .Select(k => (Before: before.GetValueOrDefault(k), After: after.GetValueOrDefault(k)))
            .Where(p => !Same(p.Before, p.After))];
        Added = FormulaBuilder.Or(Pairs.Select(p => Lacks(p.After, p.Before)));
        Missing = FormulaBuilder.Or(Pairs.Select(p => Lacks(p.Before, p.After)));
        Properties = FormulaBuilder.Or(mutant.Scope.System.Properties.Select(Judged));
    }

    /// <summary>The different instances; null if one of the two can never happen.</summary>
    public ImmutableArray<(GroundAction? Before, GroundAction? After)> Pairs { get; }

    /// <summary>The mutant makes a step missing in the model.</summary>
    public Formula Added { get; }

    /// <summary>The model makes a step missing in the mutant.</summary>
    public Formula Missing { get; }

    /// <summary>
    /// A changed property of the mutant is violated (or witnessed, for a reachable one), and the model's property of the same name is
    /// not. The rules of the language are included. Scenarios are not properties of a state, and lemmas are not considered.
    /// </summary>
    public Formula Properties { get; }

    /// <summary>The scenarios which differ between mutant and model.</summary>
    public IEnumerable<PropertyDeclaration> Scenarios =>
        _mutant.Scope.System.Properties.Where(p => p.Subject == PropertySubject.Sequence && !IsKept(p));

    public Formula Any => FormulaBuilder.Or([Added, Missing, Properties]);

    private Formula Judged(PropertyDeclaration property)
    {
        if (property.IsLemma || property.Subject == PropertySubject.Sequence || IsKept(property))
        {
            return Formula.False;
        }

        var matters = _mutant.Property(property).Matters;
        bool wanted = property.IsWitnessed;
        if (matters.IsFalse && !wanted)
        {
            return Formula.False;
        }

        var before = Declared(property) is { } known ? _model.Property(known).Matters : Formula.False;
        var differ = matters.Equals(before) ? Formula.False
            : FormulaBuilder.Or([
                FormulaBuilder.And([matters, FormulaBuilder.Not(before)]),
                wanted ? FormulaBuilder.And([FormulaBuilder.Not(matters), before]) : Formula.False
            ]);
        return property.Subject == PropertySubject.Deadlock && !differ.IsFalse
            ? FormulaBuilder.And([differ, FormulaBuilder.Not(FormulaBuilder.Or(_mutant.Actions.Select(a => a.Guard)))])
            : differ;
    }

    private PropertyDeclaration? Declared(PropertyDeclaration property) =>
        _model.Scope.System.Properties.FirstOrDefault(p => p.Name == property.Name && p.Kind == property.Kind);

    /// <summary>True if the property has the same meaning on the same states as in the model.</summary>
    private bool IsKept(PropertyDeclaration property) => Declared(property) is { } known && ReferenceEquals(known.Formula, property.Formula)
        && known.Actions.SequenceEqual(property.Actions) && (_labels.IsEmpty || !property.Labels.Any(_labels.Contains));

    /// <summary>The states in which one instance makes a step and the other does not.</summary>
    private Formula Lacks(GroundAction? has, GroundAction? lacks)
    {
        if (has is null)
        {
            return Formula.False;
        }

        if (lacks is null)
        {
            return has.Guard;
        }

        var cells = has.Updates.Concat(lacks.Updates).Select(u => u.Cell).Distinct();
        var effects = FormulaBuilder.Or(cells.Select(c =>
            FormulaBuilder.Not(_model.Formulas.Equal(_model.ValueOf(has, c), _model.ValueOf(lacks, c)))));
        return FormulaBuilder.And([has.Guard, FormulaBuilder.Or([FormulaBuilder.Not(lacks.Guard), effects])]);
    }

    private Dictionary<string, GroundAction> InstancesOf(FiniteModel model) =>
        model.Actions.Where(a => _actions.Contains(a.Instance.Action.Name))
            .ToDictionary(a => a.Instance.ToString(), StringComparer.Ordinal);

    private static bool Same(GroundAction? a, GroundAction? b) =>
        a is null ? b is null : b is not null && a.Guard.Equals(b.Guard) && a.Updates.SequenceEqual(b.Updates);
}
