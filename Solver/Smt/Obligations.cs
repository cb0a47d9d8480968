using System.Collections.Immutable;
using Checker.Model.Ir;

namespace Checker.Solver.Smt;

public enum ObligationKind
{
    /// <summary>The initial state satisfies the conjunct.</summary>
    Initiation,

    /// <summary>A step from a state that satisfies all conjuncts leads to one that satisfies this one.</summary>
    Preservation,

    /// <summary>A state that satisfies all conjuncts satisfies the property; for a step property, every step from there.</summary>
    Implication,
}

/// <summary>One thing to be shown. <paramref name="Action"/> is empty for what is not about a step.</summary>
public sealed record Obligation(ObligationKind Kind, string Action, PropertyDeclaration Conjunct)
{
    public override string ToString() => Kind switch
    {
        ObligationKind.Initiation => $"the initial state satisfies {Conjunct.Name}",
        ObligationKind.Preservation => $"{Action} preserves {Conjunct.Name}",
        _ => Action.Length == 0 ? $"the invariant implies {Conjunct.Name}" : $"{Action} respects {Conjunct.Name}",
    };
}

/// <summary>An obligation as SMT-LIB commands whose assertions, after those of the script, are unsatisfiable if it holds.</summary>
/// <param name="ByFrame">The action changes nothing that the conjunct reads, so the conjunct before is the conjunct after: no solver is needed.</param>
internal sealed record Goal(Obligation Obligation, ImmutableArray<string> Declarations, ImmutableArray<string> Assertions, bool ByFrame);

/// <summary>Something that all goals of a script may use: a conjunct of the invariant, a guard, the initial value of a variable.</summary>
internal sealed record Assumption(string Name, string Formula);

/// <summary>The obligations of one action (or of the initial state, or of the properties): what they assume in common, and each goal.</summary>
internal sealed record Script(string Name, ImmutableArray<string> Declarations, ImmutableArray<Assumption> Assumptions, ImmutableArray<Goal> Goals);

/// <summary>
/// The proof obligations of an inductive invariant (Floyd 1967; Manna and Pnueli 1995, rule INV): initiation, preservation by each
/// action of each conjunct, implication of the properties. One solver query each, so that a failure names an action and a conjunct.
/// </summary>
internal sealed class Obligations
{
    private readonly TransitionSystem _system;
    private readonly Relational _relational;
    private readonly ImmutableArray<Assumption> _invariant;
    private readonly bool _spellOut;

    /// <param name="conjuncts">The invariant; what options satisfy by being options is added.</param>
    /// <param name="properties">What is to follow from it.</param>
    /// <param name="spellOut">Writes down also what needs no solver, for a certificate that another solver checks from scratch.</param>
    public Obligations(TransitionSystem system, IEnumerable<PropertyDeclaration> conjuncts, IEnumerable<PropertyDeclaration> properties, bool spellOut = false)
    {
        (_system, _spellOut) = (system, spellOut);
        _relational = new Relational(system);
        Conjuncts = [.. _relational.Representation(), .. conjuncts];
        Properties = [.. properties];
        Declarations = [.. _relational.Declarations()];
        _invariant = [.. Conjuncts.Select(c => new Assumption(c.Name, _relational.Formula(c.Formula, None)))];
    }

    public ImmutableArray<PropertyDeclaration> Conjuncts { get; }

    public ImmutableArray<PropertyDeclaration> Properties { get; }

    /// <summary>The sorts, enums and functions that all scripts begin with.</summary>
    public ImmutableArray<string> Declarations { get; }

    private static ImmutableDictionary<Binder, Meaning> None => ImmutableDictionary<Binder, Meaning>.Empty;

    /// <summary>All scripts: the initial state, the properties, and one for each action and choice of its enum parameters.</summary>
    public IEnumerable<Script> Scripts() => _system.Actions.SelectMany(Actions).Prepend(Implications()).Prepend(Initiation());

    private Script Initiation() => Make("Init", [], [.. _relational.InitialState()],
        Conjuncts.Select(c => (new Obligation(ObligationKind.Initiation, "", c), c.Formula)), None);

    /// <summary>That the invariant implies the properties, in every state.</summary>
    public Script Implications() => Make("Properties", [], _invariant,
        Properties.Where(p => p.Kind != PropertyKind.StepInvariant).Select(p => (new Obligation(ObligationKind.Implication, "", p), p.Formula)), None);

    private IEnumerable<Script> Actions(ActionDeclaration action)
    {
        var enums = action.Parameters.Where(p => p.Type is EnumType).ToList();
        foreach (var codes in Instance.Scope.Tuples([.. enums.Select(p => ((EnumType)p.Type).Members.Length)]))
        {
            var parameters = None.AddRange(action.Parameters.Where(p => p.Type is not EnumType).Select(p => KeyValuePair.Create(p, new Meaning(_relational.Fresh(p.Name), 0))))
                .AddRange(enums.Select((p, i) => KeyValuePair.Create(p, new Meaning(null, codes[i]))));
            string name = NameOf(action, enums.Zip(codes).ToDictionary(e => e.First, e => e.Second));
            var guards = action.Guards.Select(g => (g.Text, Formula: _relational.Formula(g.Condition, parameters))).ToList();
            if (guards.Any(g => g.Formula == Text.False))
            {
                continue;
            }

            var symbols = action.Parameters.Where(p => p.Type is SortType).Select(p => $"(declare-const {parameters[p].Symbol} {p.Type.Name})");
            var witnesses = Witnesses(new And([.. action.Guards.Select(g => g.Condition)]), parameters);
            var goals = Conjuncts.Select(c => (new Obligation(ObligationKind.Preservation, name, c), Node: Fold.Prime(c.Formula)))
                .Concat(Properties.Where(p => p.Kind == PropertyKind.StepInvariant).Select(p => (new Obligation(ObligationKind.Implication, name, p), Node: p.Formula)));
            yield return Make(name, [.. symbols, .. witnesses.Declarations],
                [.. _invariant, .. guards.Select((g, i) => new Assumption($"guard {i + 1}: {g.Text.ReplaceLineEndings(" ")}", g.Formula)),
                    .. witnesses.Assertions.Select((w, i) => new Assumption($"witness {i + 1}", w))],
                goals, parameters, action);
        }
    }

    /// <summary>The name of the script that an instance falls under: the action with its enum parameters, "MapRequest(to=Shared)".</summary>
    public static string NameOf(Instance.ActionInstance instance) =>
        NameOf(instance.Action, instance.Action.Parameters.Zip(instance.Arguments).Where(p => p.First.Type is EnumType).ToDictionary(p => p.First, p => p.Second));

    private static string NameOf(ActionDeclaration action, Dictionary<Binder, int> enums) => enums.Count == 0
        ? action.Name
        : $"{action.Name}({string.Join(", ", action.Parameters.Where(enums.ContainsKey).Select(p => $"{p.Name}={Printer.Value(p.Type, enums[p])}"))})";

    private static bool Touches(ActionDeclaration action, Node formula)
    {
        var modified = action.Modifies.ToHashSet();
        return Fold.Descendants(formula).OfType<Read>().Any(r => modified.Contains(r.Variable));
    }

    private Script Make(string name, ImmutableArray<string> declarations, ImmutableArray<Assumption> assumptions,
        IEnumerable<(Obligation Obligation, Node Formula)> obligations, ImmutableDictionary<Binder, Meaning> parameters, ActionDeclaration? action = null)
    {
        var goals = ImmutableArray.CreateBuilder<Goal>();
        foreach (var (obligation, formula) in obligations)
        {
            bool byFrame = obligation.Kind == ObligationKind.Preservation && !Touches(action!, obligation.Conjunct.Formula);
            if (byFrame && !_spellOut)
            {
                goals.Add(new(obligation, [], [], ByFrame: true));
                continue;
            }

            // The negation of "for all x" is about some x: a constant of its own, which helps every solver.
            var (node, bound) = (action is null ? formula : After.Step(formula, action), parameters);
            var symbols = new List<string>();
            for (; node is Definition or Quantified { Kind: QuantifierKind.Forall, Binder.Type: SortType }; node = node is Definition d ? d.Body : ((Quantified)node).Body)
            {
                if (node is Quantified q)
                {
                    string symbol = _relational.Fresh(q.Binder.Name);
                    bound = bound.SetItem(q.Binder, new(symbol, 0));
                    symbols.Add($"(declare-const {symbol} {q.Binder.Type.Name})");
                }
            }

            var witnesses = Witnesses(node, bound);
            goals.Add(new(obligation, [.. symbols, .. witnesses.Declarations], [Text.Not(_relational.Formula(node, bound)), .. witnesses.Assertions], byFrame));
        }

        return new(name, declarations, assumptions, goals.ToImmutable());
    }

    /// <summary>
    /// For every option that the expression reads at known elements: if it is some, it has an element, which gets a name. (In the
    /// encoding "is some" is a predicate of its own; the general axiom would put an existential under every universal.)
    /// </summary>
    private (ImmutableArray<string> Declarations, ImmutableArray<string> Assertions) Witnesses(Node node, ImmutableDictionary<Binder, Meaning> ground)
    {
        var declarations = ImmutableArray.CreateBuilder<string>();
        var assertions = ImmutableArray.CreateBuilder<string>();
        foreach (var (isSome, has, sort) in _relational.OptionsAt(node, ground).DistinctBy(o => o.IsSome))
        {
            string witness = _relational.Fresh("some");
            declarations.Add($"(declare-const {witness} {sort})");
            assertions.Add(Text.Implies(isSome, has(witness)));
        }

        return (declarations.ToImmutable(), assertions.ToImmutable());
    }
}
