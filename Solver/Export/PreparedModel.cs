using System.Collections.Immutable;
using Checker.Model.Check;
using Checker.Model.Ir;
using Checker.Solver.Instance;
using Checker.Solver.Proof;

namespace Checker.Solver.Export;

/// <summary>
/// An instance in the form which all structured formats print: labels are decided, definitions are opened, and quantifiers over empty
/// sorts are replaced by their values. Nothing is unrolled, and nothing is taken from the analyses of the engines: a mistake there shall
/// not be exported with the model.
/// </summary>
internal sealed class PreparedModel
{
    private readonly bool _anySize;

    /// <param name="anySize">True to keep the parts about sorts which are empty in this instance, for a format without sizes.</param>
    public PreparedModel(Scope scope, bool anySize = false)
    {
        (Scope, _anySize) = (scope, anySize);
        Variables = [.. System.Variables.Where(v => !v.Index.Any(IsEmpty))];
        Actions = [.. System.Actions.Select(Prepare)];
        Properties = [.. System.Properties.Where(p => p.Subject != PropertySubject.Sequence).Select(Prepare)];
        Omitted = [.. System.Properties.Where(p => p.Subject == PropertySubject.Sequence)];
    }

    public Scope Scope { get; }

    public TransitionSystem System => Scope.System;

    /// <summary>The variables with at least one cell.</summary>
    public ImmutableArray<Variable> Variables { get; }

    public ImmutableArray<PreparedAction> Actions { get; }

    public ImmutableArray<PreparedProperty> Properties { get; }

    /// <summary>The properties about sequences of actions, which no format expresses.</summary>
    public ImmutableArray<PropertyDeclaration> Omitted { get; }

    /// <summary>The types of variables, indices and parameters which need a declaration.</summary>
    public IEnumerable<ModelType> Types =>
        Variables.SelectMany(v => v.Index.Append(v.Type))
            .Concat(Actions.SelectMany(a => a.Parameters).Select(p => p.Type))
            .Concat(Nodes.SelectMany(Fold.Descendants).Select(BoundType).OfType<ModelType>())
            .SelectMany(t => t is OptionType option ? [option.Element, t] : new[] { t })
            .Where(t => !IsEmpty(t))
            .Distinct();

    /// <summary>The value of the variable's cells in the initial state, as an expression.</summary>
    public static Lit Initial(Variable variable) => new(variable.Type, variable.Initial);

    /// <summary>The cells of a variable, whose initial values differ if it is rigid.</summary>
    public IEnumerable<Cell> Cells(Variable variable) => Scope.Cells.Where(c => c.Variable == variable);

    /// <summary>All expressions of the model.</summary>
    public IEnumerable<Node> Nodes =>
        Actions.SelectMany(a => a.Guards.Select(g => g.Condition).Concat(a.Updates.SelectMany(u => u.When.Append(u.Value).Concat(u.Index))))
            .Concat(Properties.Select(p => p.Formula));

    /// <summary>The formula that some action is possible.</summary>
    private Or SomeStep() => new([.. Actions.Where(a => !a.IsImpossible).Select(a => a.Parameters.Reverse().Aggregate(
        (Node)new And([.. a.Guards.Select(g => g.Condition)]),
        (body, p) => new Quantified(QuantifierKind.Exists, p, body)))]);

    /// <summary>
    /// Returns the properties about steps of an action, each with its formula over the state before the step. A step of the action
    /// which can neither violate a property nor witness it is left out.
    /// </summary>
    /// <exception cref="NotExportableException">The value of a location after the step has no formula.</exception>
    public IEnumerable<(int Number, PreparedProperty Property)> About(PreparedAction action)
    {
        foreach (var (number, property) in Properties.Index().Where(p => p.Item.IsAboutSteps))
        {
            var formula = property.Formula;
            try
            {
                formula = Simplification.Of(PostState.Step(formula, action.Declaration with { Updates = action.Updates }));
            }
            catch (NotEncodableException refused)
            {
                throw new NotExportableException($"{property.Declaration.Source}: the property {property.Name}: {refused.Message}");
            }

            if (formula != (property.IsWitnessed ? Node.False : Node.True))
            {
                yield return (number, property with { Formula = formula });
            }
        }
    }

    private PreparedProperty Prepare(PropertyDeclaration property) => new(
        property,
        property.Subject == PropertySubject.Deadlock ? Reduce(new Or([SomeStep(), property.Formula])) : Reduce(property.Formula));

    private PreparedAction Prepare(ActionDeclaration action)
    {
        var guards = action.Guards.Select(g => new PreparedGuard(Reduce(g.Condition), g))
            .Concat(RequiredProperties.StepExists(action).Select(c => new PreparedGuard(Reduce(c), null)))
            .Where(g => g.Condition != Node.True);
        var updates =
            from update in action.Updates
            where !update.Bulk.Any(b => IsEmpty(b.Type))
            let when = Reduce(new And(update.When))
            where when != Node.False
            select update with
            {
                Index = [.. update.Index.Select(Reduce)],
                When = when == Node.True ? [] : [when],
                Value = Reduce(update.Value),
            };
        return new(action, [.. guards], [.. updates], action.Parameters.Any(p => IsEmpty(p.Type)));
    }

    private Node Reduce(Node node) => Reduction.Reduce(WithoutEmpty(node), label => !System.Dropped.Contains(label));

    private bool IsEmpty(ModelType type) => !_anySize && Scope.Cardinality(type) == 0;

    private Node WithoutEmpty(Node node) => node switch
    {
        Definition d => WithoutEmpty(d.Body),
        Quantified q when IsEmpty(q.Binder.Type) => q.Kind == QuantifierKind.Forall ? Node.True : Node.False,
        Count c when IsEmpty(c.Binder.Type) => new Lit(ModelType.Int, 0),
        _ => Fold.Map(node, WithoutEmpty),
    };

    private static ModelType? BoundType(Node node) => node switch { Quantified q => q.Binder.Type, Count c => c.Binder.Type, _ => null };
}

/// <summary>A condition of an action.</summary>
/// <param name="Guard">Its guard; null for a rule of the language: values stay in their ranges, and no cell gets two values.</param>
internal sealed record PreparedGuard(Node Condition, Guard? Guard);

/// <summary>An action with only the parts that can have an effect.</summary>
/// <param name="HasNoInstance">True if a parameter has no value.</param>
internal sealed record PreparedAction(
    ActionDeclaration Declaration,
    ImmutableArray<PreparedGuard> Guards,
    ImmutableArray<Update> Updates,
    bool HasNoInstance)
{
    public string Name => Declaration.Name;

    public ImmutableArray<Binder> Parameters => Declaration.Parameters;

    /// <summary>True if the action never happens at these sizes, or without the dropped labels.</summary>
    public bool IsImpossible => HasNoInstance || Guards.Any(g => g.Condition == Node.False);

    /// <summary>The variables which the action may change.</summary>
    public IEnumerable<Variable> Modified => Updates.Select(u => u.Variable).Distinct();

    /// <summary>
    /// The variables whose old value an update needs after another update, or another turn of a loop, may have changed it. A format
    /// which assigns one variable after the other copies them first.
    /// </summary>
    public ImmutableHashSet<Variable> Overwritten
    {
        get
        {
            var (written, found) = (new HashSet<Variable>(), ImmutableHashSet<Variable>.Empty);
            foreach (var update in Updates)
            {
                bool eachOnce = update.Bulk.All(b => update.Index.Any(i => i is Bound bound && bound.Binder == b));
                foreach (var read in update.When.Append(update.Value).Concat(update.Index).SelectMany(Fold.Descendants).OfType<Read>())
                {
                    bool sameCell = read.Index.Zip(update.Index).All(i => Node.Same(i.First, i.Second));
                    if (written.Contains(read.Variable)
                        || (read.Variable == update.Variable && !update.Bulk.IsEmpty && !(eachOnce && sameCell)))
                    {
                        found = found.Add(read.Variable);
                    }
                }

                written.Add(update.Variable);
            }

            return found;
        }
    }
}

/// <summary>A property with its formula. The formula of a requirement on states without successors says that there is one.</summary>
internal sealed record PreparedProperty(PropertyDeclaration Declaration, Node Formula)
{
    public string Name => Declaration.Name;

    public bool IsAboutSteps => Declaration.IsAboutSteps;

    public bool IsWitnessed => Declaration.IsWitnessed;

    /// <summary>The formula of a violation or a witness.</summary>
    public Node Found => IsWitnessed ? Formula : Formula is Not not ? not.Operand : new Not(Formula);
}
