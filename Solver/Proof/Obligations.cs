using System.Collections.Concurrent;
using System.Collections.Immutable;
using Checker.Model.Ir;
using Checker.Solver.Smt;

namespace Checker.Solver.Proof;

public enum ObligationKind
{
    /// <summary>The initial state satisfies the conjunct.</summary>
    Initiation,

    /// <summary>A step from a state satisfying all conjuncts leads to a state satisfying this one.</summary>
    Preservation,

    /// <summary>A state satisfying all conjuncts satisfies the property. For a step property: every step from such a state does.</summary>
    Implication,
}

/// <summary>One proof obligation. <paramref name="Action"/> is empty if it is not about a step.</summary>
public sealed record Obligation(ObligationKind Kind, string Action, PropertyDeclaration Conjunct)
{
    public override string ToString() => Kind switch
    {
        ObligationKind.Initiation => $"the initial state satisfies {Conjunct.Name}",
        ObligationKind.Preservation => $"{Action} preserves {Conjunct.Name}",
        _ => Action.Length == 0 ? $"the invariant implies {Conjunct.Name}" : $"{Action} respects {Conjunct.Name}",
    };
}

/// <summary>An obligation as SMT-LIB commands. If it holds, its assertions after those of the script are unsatisfiable.</summary>
/// <param name="ByFrame">
/// True if the action changes nothing read by the conjunct. The conjunct is then unchanged, and no solver is needed.
/// </param>
internal sealed record Goal(Obligation Obligation, ImmutableArray<string> Declarations, ImmutableArray<string> Assertions, bool ByFrame);

/// <summary>An assumption for all goals of a script: a conjunct of the invariant, a guard, or the initial value of a variable.</summary>
internal sealed record Assumption(string Name, string Formula)
{
    /// <summary>
    /// True for a fact which holds in every state but makes questions harder. It is assumed only for a goal which is not shown
    /// without it.
    /// </summary>
    public bool OnDemand { get; init; }
}

/// <summary>The obligations of one action (or of the initial state, or of the properties): the common assumptions, and each goal.</summary>
internal sealed record Script(
    string Name,
    ImmutableArray<string> Declarations,
    ImmutableArray<Assumption> Assumptions,
    ImmutableArray<Goal> Goals);

/// <summary>
/// The proof obligations of an inductive invariant (Floyd 1967; Manna and Pnueli 1995, rule INV): initiation, preservation of each
/// conjunct by each action, and implication of the properties. Each is one solver query, so a failure names an action and a conjunct.
/// </summary>
internal sealed class Obligations
{
    private const int MostScripts = 20_000;
    private readonly TransitionSystem _system;
    private readonly Relational _relational;
    private readonly ImmutableArray<Assumption> _invariant;
    private readonly ImmutableArray<Assumption> _elements;
    private readonly ImmutableArray<Assumption> _axioms;
    private readonly bool _spellOut;
    private readonly ImmutableHashSet<string> _settled = [];

    /// <summary>The variables that a conjunct reads.</summary>
    private readonly ConcurrentDictionary<PropertyDeclaration, HashSet<Variable>> _reads = new(ReferenceEqualityComparer.Instance);

    /// <param name="conjuncts">The invariant. Facts true of all options are added, and parts without an encoding are left out.</param>
    /// <param name="properties">
    /// The properties to prove. A property which is no conjunct itself must follow from the invariant.
    /// </param>
    /// <param name="spellOut">
    /// True to write even goals which need no solver, for a certificate checked by another solver from scratch.
    /// </param>
    /// <exception cref="NotEncodableException">A property has no encoding for any size.</exception>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public Obligations(
        TransitionSystem system,
        IEnumerable<PropertyDeclaration> conjuncts,
        IEnumerable<PropertyDeclaration> properties,
        bool spellOut = false,
        CancellationToken cancellation = default)
    {
        (_system, _spellOut) = (system, spellOut);
        _relational = new Relational(system, cancellation);
        ImmutableArray<PropertyDeclaration> encodable = [.. conjuncts.Where(c => _relational.Encodable.Refusal(c.Formula) is null)];
        Properties = [.. properties];
        if (Properties.FirstOrDefault(p => _relational.Encodable.Refusal(p.Formula) is not null) is { } refused)
        {
            throw new NotEncodableException($"{refused.Name}: {_relational.Encodable.Refusal(refused.Formula)}");
        }

        Conjuncts = [.. Representation.Of(_relational, encodable.Concat(Properties)), .. encodable];
        var elements = _relational.Elements().ToList();
        Declarations = [.. _relational.Declarations(), .. elements.SelectMany(e => e.Declarations)];
        _elements = [.. elements.Select(e => e.Fact)];
        _axioms = [.. RigidAxioms.Of(system, _relational)];
        _invariant = Invariant(Conjuncts);
    }

    private Obligations(
        Obligations weaker,
        IEnumerable<PropertyDeclaration> more,
        IEnumerable<PropertyDeclaration> properties,
        IEnumerable<ObligationResult> settled)
    {
        (_system, _spellOut, _relational) = (weaker._system, weaker._spellOut, weaker._relational);
        (_elements, _axioms) = (weaker._elements, weaker._axioms);
        _settled = [.. settled.Select(r => r.Obligation.Conjunct.Name)];
        (Properties, Declarations) = ([.. properties], weaker.Declarations);
        Conjuncts = [.. weaker.Conjuncts, .. more];
        _invariant = Invariant(Conjuncts);
    }

    public ImmutableArray<PropertyDeclaration> Conjuncts { get; }

    public ImmutableArray<PropertyDeclaration> Properties { get; }

    /// <summary>The sorts, enums and functions at the beginning of all scripts.</summary>
    public ImmutableArray<string> Declarations { get; }

    private static ImmutableDictionary<Binder, Meaning> None => ImmutableDictionary<Binder, Meaning>.Empty;

    /// <summary>All scripts: the initial state, the properties, and one for each action and choice of its finite parameters.</summary>
    public IEnumerable<Script> Scripts() => Questions(_system.Actions).Select(q => q()).OfType<Script>();

    /// <summary>
    /// The functions which make the scripts, those of the actions with the most updates first: threads which take them in this order
    /// end at about the same time. Any threads may call them, in any order. There is no script for a choice of parameters which a
    /// guard forbids.
    /// </summary>
    /// <exception cref="NotEncodableException">An action has too many choices of its parameters.</exception>
    public IEnumerable<Func<Script?>> Questions() => Questions(_system.Actions.OrderByDescending(a => a.Updates.Length));

    private List<Func<Script?>> Questions(IEnumerable<ActionDeclaration> actions) =>
        [Initiation, Implications, .. actions.SelectMany(Actions)];

    /// <summary>Returns the obligations for a stronger invariant.</summary>
    /// <param name="conjuncts">The further conjuncts. Each is one of <see cref="Properties"/>.</param>
    /// <param name="properties">The properties to prove with it, some of <see cref="Properties"/>.</param>
    /// <param name="settled">The implications shown before. Nothing asks about them again.</param>
    public Obligations With(
        IEnumerable<PropertyDeclaration> conjuncts,
        IEnumerable<PropertyDeclaration> properties,
        params IEnumerable<ObligationResult> settled) =>
        new(this, conjuncts, properties, settled);

    private ImmutableArray<Assumption> Invariant(IEnumerable<PropertyDeclaration> conjuncts) => Distinct(
        conjuncts.Select(c => new Assumption(c.Name, _relational.Formula(c.Formula, None).ToString())).Concat(_elements).Concat(_axioms));

    private Script Initiation()
    {
        var relational = _relational.Fork();
        return Make(relational, "Init", [], [.. _axioms, .. relational.InitialState()],
            Conjuncts.Select(c => (new Obligation(ObligationKind.Initiation, "", c), c.Formula)), None);
    }

    /// <summary>The script for the implication of the properties by the invariant, in every state.</summary>
    public Script Implications() => Make(_relational.Fork(), "Properties", [], _invariant,
        Properties.Where(p => !p.IsAboutSteps && !Conjuncts.Contains(p) && !_settled.Contains(p.Name))
            .Select(p => (new Obligation(ObligationKind.Implication, "", p), p.Formula)),
        None);

    /// <summary>The script for the implication of each property by the invariant and these further conjuncts, without itself.</summary>
    /// <param name="conjuncts">The further conjuncts. The properties are among them.</param>
    public Script Implications(IReadOnlyCollection<PropertyDeclaration> properties, IReadOnlyCollection<PropertyDeclaration> conjuncts)
    {
        var relational = _relational.Fork();
        var formulas = conjuncts.Select(c => (c.Name, Formula: relational.Formula(c.Formula, None).ToString())).ToList();
        var script = Make(
            relational,
            "Properties",
            [],
            _invariant,
            properties.Select(p => (new Obligation(ObligationKind.Implication, "", p), p.Formula)),
            None);
        return script with
        {
            Goals = [.. script.Goals.Select(g => g with
            {
                Assertions = [.. g.Assertions, .. formulas.Where(f => f.Name != g.Obligation.Conjunct.Name).Select(f => f.Formula)],
            })],
        };
    }

    private IEnumerable<Func<Script?>> Actions(ActionDeclaration action)
    {
        int[] dimensions = [.. action.Parameters.Select(p => Relational.Values(p.Type, _ => null!).Count())];
        if (dimensions.Aggregate(1L, (n, d) => n * d) > MostScripts)
        {
            throw new NotEncodableException($"{action.Name} has more than {MostScripts:N0} choices of its parameters, "
                + "too many to be proved one by one");
        }

        return Instance.Scope.Tuples([.. dimensions]).Select(choice => (Func<Script?>)(() => Step(action, choice)));
    }

    /// <summary>The script for the steps of an action with these finite parameters; null if a guard forbids them.</summary>
    private Script? Step(ActionDeclaration action, ImmutableArray<int> choice)
    {
        var relational = _relational.Fork();
        var parameters = None.AddRange(action.Parameters.Select((p, i) =>
            KeyValuePair.Create(p, Relational.Values(p.Type, sort => relational.Constant(p.Name, sort)).ElementAt(choice[i]))));
        string name = NameOf(action, choice);
        var guards = action.Guards.Where(g => relational.Encodable.Refusal(g.Condition) is null)
            .Select(g => (g.Text, Formula: relational.Formula(g.Condition, parameters))).ToList();
        if (guards.Exists(g => g.Formula.Kind == TermKind.False))
        {
            return null;
        }

        var elements = action.Parameters.Select(p => parameters[p]).Where(m => m.Element is not null).Select(m => m.Element!).ToList();
        var sorts = action.Parameters.Where(p => parameters[p].Element is not null)
            .Select(p => p.Type as SortType ?? (SortType)((OptionType)p.Type).Element)
            .Distinct();
        var witnesses = Witnesses(relational, new And([.. action.Guards.Select(g => g.Condition)]), parameters);
        var exists = Model.Check.RequiredProperties.StepExists(action).Where(n => relational.Encodable.Refusal(n) is null)
            .Select(n => relational.Formula(n, parameters)).Where(f => f.Kind != TermKind.True);
        var goals = Conjuncts.Select(c => (new Obligation(ObligationKind.Preservation, name, c), c.Formula))
            .Concat(Properties.Where(p => p.IsAboutSteps)
            .Select(p => (new Obligation(ObligationKind.Implication, name, p), p.Formula)));
        return Make(relational, name, [.. elements.Select(Relational.Declare), .. witnesses.Declarations],
            Distinct(
            [
                .. _invariant,
                .. sorts.Where(s => relational.NotEmpty(s).Kind != TermKind.True)
                .Select(s => new Assumption($"elements of {s.Name}", relational.NotEmpty(s).ToString())),
                .. guards.Select((g, i) => new Assumption($"guard {i + 1}: {g.Text.ReplaceLineEndings(" ")}", g.Formula.ToString())),
                .. witnesses.Assertions.Select((w, i) => new Assumption($"witness {i + 1}", w)),
                .. exists.Select((f, i) => new Assumption($"step {i + 1}", f.ToString()) { OnDemand = true }),
            ]),
            goals, parameters, action);
    }

    /// <summary>Returns the name of the script for an instance: the action with its finite parameters, "MapRequest(to=Shared)".</summary>
    public static string NameOf(Instance.ActionInstance instance) => NameOf(instance.Action,
        [.. instance.Action.Parameters.Zip(
            instance.Arguments,
            (p, code) => p.Type switch { SortType => 0, OptionType { Element: SortType } => Math.Min(code, 1), _ => code })]);

    /// <param name="choice">The value of each parameter. For an option of a sort it is 0 for None and 1 for any element.</param>
    private static string NameOf(ActionDeclaration action, ImmutableArray<int> choice)
    {
        string[] values = [.. action.Parameters.Zip(choice)
            .Where(p => p.First.Type is not SortType)
            .Select(p => $"{p.First.Name}={Value(p.First.Type, p.Second)}")];
        return values.Length == 0 ? action.Name : $"{action.Name}({string.Join(", ", values)})";

        static string Value(ModelType type, int code) =>
            type is OptionType { Element: SortType } && code > 0 ? "Some" : Printer.Value(type, code);
    }

    private bool Touches(ActionDeclaration action, PropertyDeclaration conjunct) =>
        _reads.GetOrAdd(conjunct, c => [.. Fold.Descendants(c.Formula).OfType<Read>().Select(r => r.Variable)]).Overlaps(action.Modifies);

    private Script Make(
        Relational relational,
        string name,
        ImmutableArray<string> declarations,
        ImmutableArray<Assumption> assumptions,
        IEnumerable<(Obligation Obligation, Node Formula)> obligations,
        ImmutableDictionary<Binder, Meaning> parameters,
        ActionDeclaration? action = null)
    {
        var goals = ImmutableArray.CreateBuilder<Goal>();
        foreach (var (obligation, formula) in obligations)
        {
            bool byFrame = obligation.Kind == ObligationKind.Preservation && !Touches(action!, obligation.Conjunct);
            if (byFrame && !_spellOut)
            {
                goals.Add(new(obligation, [], [], ByFrame: true));
                continue;
            }

            // The negation of "for all x" concerns some x. It becomes a constant, which helps every solver.
            var stated = obligation.Kind == ObligationKind.Preservation ? Fold.Prime(formula) : formula;
            var (node, bound) = (action is null ? stated : PostState.Step(stated, action), parameters);
            var (symbols, elements) = (new List<string>(), new List<string>());
            for (; node is Definition or Quantified { Kind: QuantifierKind.Forall, Binder.Type: SortType }; node = node is Definition d
                ? d.Body
                : ((Quantified)node).Body)
            {
                if (node is Quantified { Binder: { Type: SortType sort } binder })
                {
                    var element = relational.Constant(binder.Name, sort);
                    bound = bound.SetItem(binder, new(element, 0));
                    symbols.Add(Relational.Declare(element));
                    if (relational.NotEmpty(sort) is { Kind: not TermKind.True } some)
                    {
                        elements.Add(some.ToString());
                    }
                }
            }

            var witnesses = Witnesses(relational, node, bound);
            goals.Add(new(obligation, [.. symbols, .. witnesses.Declarations],
                [
                    Term.Not(relational.Formula(node, bound)).ToString(),
                    .. elements.Distinct(StringComparer.Ordinal),
                    .. witnesses.Assertions
                ],
                byFrame));
        }

        return new(name, declarations, assumptions, goals.ToImmutable());
    }

    /// <summary>
    /// Names the elements of the options which the expression reads at known elements: an option which is not None has an element. The
    /// general statement, for all indices, is assumed on demand (<see cref="Relational.Elements"/>).
    /// </summary>
    private (
        ImmutableArray<string> Declarations,
        ImmutableArray<string> Assertions) Witnesses(Relational relational, Node node, ImmutableDictionary<Binder, Meaning> ground)
    {
        var declarations = ImmutableArray.CreateBuilder<string>();
        var assertions = ImmutableArray.CreateBuilder<string>();
        foreach (var (isSome, has, sort) in relational.OptionsAt(node, ground).DistinctBy(o => o.IsSome))
        {
            var witness = relational.Constant("some", sort);
            declarations.Add(Relational.Declare(witness));
            assertions.Add(Term.Implies(isSome, Term.And(relational.NotEmpty(sort), has(witness))).ToString());
        }

        return (declarations.ToImmutable(), assertions.ToImmutable());
    }

    /// <summary>Gives the assumptions distinct names: a lemma may have the same name as a part of the encoding.</summary>
    private static ImmutableArray<Assumption> Distinct(IEnumerable<Assumption> assumptions)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        return [.. assumptions.Select(a => a with { Name = Representation.Free(a.Name, taken) })];
    }
}
