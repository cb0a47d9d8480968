using System.Collections.Immutable;

namespace Checker.Model.Ir;

/// <summary>The place at which a part of a model was written.</summary>
/// <param name="File">The path as the compiler recorded it: "./Model/X.cs" in this repository, an absolute path elsewhere.</param>
public readonly record struct Source(string File, int Line)
{
    /// <summary>
    /// Returns the path and the line, as an editor opens them from the working directory. At line 0 the place is known by a name
    /// only.
    /// </summary>
    public override string ToString() => Line == 0 ? File ?? "" : $"{Path}:{Line}";

    /// <summary>The path as an editor opens it from the working directory.</summary>
    public string Path => Shown(File ?? "");

    private static string Shown(string file)
    {
        if (!System.IO.Path.IsPathRooted(file))
        {
            return file.StartsWith("./", StringComparison.Ordinal) ? file[2..] : file;
        }

        string relative = System.IO.Path.GetRelativePath(Environment.CurrentDirectory, file);
        return relative.StartsWith("..", StringComparison.Ordinal) ? file : relative;
    }
}

/// <summary>
/// A state variable: a total function from its index types to its type. Every cell starts with the same value,
/// so in the initial state the elements of a sort are alike.
/// </summary>
/// <remarks>A <see cref="Rigid"/> variable is the exception: its cells have the values of a fixed function.</remarks>
/// <param name="record">The record to which the variable belongs as a field ("fault" for "fault.page"); null if there is none.</param>
public sealed class Variable(string name, string? record, ImmutableArray<ModelType> index, ModelType type, Source source)
{
    public string Name { get; } = name;

    public string? Record { get; } = record;

    public ImmutableArray<ModelType> Index { get; } = index;

    public ModelType Type { get; } = type;

    /// <summary>The code of the initial value, the same for every cell.</summary>
    public int Initial { get; internal set; }

    /// <summary>The function which the variable always is; null for an ordinary variable.</summary>
    public RigidFunction? Rigid { get; init; }

    public Source Source { get; } = source;

    public override string ToString() => Name;

    /// <summary>The order of a sort, the same variable for all models: true at [p, q] if p is before q.</summary>
    public static Variable OrderOf(SortType sort) => s_orders.GetOrAdd(sort, s =>
        new($"{s.Name}.order", null, [s, s], ModelType.Bool, new($"the order of {s.Name}", 0)) { Rigid = RigidFunction.Order });

    private static readonly System.Collections.Concurrent.ConcurrentDictionary<SortType, Variable> s_orders = new();
}

/// <summary>A function of elements which no action changes. docs/semantics.md states its value in an instance, and its axioms.</summary>
public enum RigidFunction
{
    /// <summary>The strict order of a sort.</summary>
    Order,

    /// <summary>The block of each element: consecutive elements have the same block or consecutive ones.</summary>
    Blocks,
}

/// <summary>A condition of an action. <paramref name="Text"/> is its C# source text.</summary>
public sealed record Guard(Node Condition, string? Label, string Text, Source Source);

/// <summary>
/// One assignment of an action. For all values of <paramref name="Bulk"/> which satisfy <paramref name="When"/>,
/// the variable at the index gets the value. All right-hand sides refer to the state before the step.
/// </summary>
public sealed record Update(Variable Variable, ImmutableArray<Node> Index, Node Value, ImmutableArray<Node> When,
    ImmutableArray<Binder> Bulk, Source Source);

/// <summary>
/// A step of the protocol. With values for its parameters it is an <em>action instance</em>. The choice of the instance is the only
/// nondeterminism.
/// </summary>
public sealed record ActionDeclaration(string Name, string Actor, ImmutableArray<Binder> Parameters, ImmutableArray<Guard> Guards,
    ImmutableArray<Update> Updates, Source Source)
{
    /// <summary>The calls of the action which may fail, in the order of the text. Their outcomes are its last parameters.</summary>
    public ImmutableArray<FaultDeclaration> Faults { get; init; } = [];

    /// <summary>The variables which the action may change. All others keep their values.</summary>
    public IEnumerable<Variable> Modifies => Updates.Select(u => u.Variable).Distinct();

    /// <summary>The guards, and the conditions, indices and values of the updates.</summary>
    public IEnumerable<Node> Expressions =>
        Guards.Select(g => g.Condition).Concat(Updates.SelectMany(u => u.When.Concat(u.Index).Append(u.Value)));

    /// <summary>The labels in the action's guards and updates.</summary>
    public IEnumerable<string> Labels => Expressions
        .SelectMany(Fold.Descendants).OfType<HasLabel>().Select(l => l.Label).Distinct(StringComparer.Ordinal);
}

/// <summary>A call which may fail.</summary>
/// <param name="Label">The label of its error path. Without it, the caller does not look at the outcome.</param>
/// <param name="Outcome">The parameter of the action which is the outcome.</param>
/// <param name="Succeeded">The condition of the updates made by the called side.</param>
/// <param name="Continues">
/// The condition of all updates for success: the call succeeded, or the label is dropped. Its negation is that of the error path.
/// </param>
public sealed record FaultDeclaration(string Label, Binder Outcome, Node Succeeded, Node Continues, Source Source);

/// <summary>A property of the model.</summary>
/// <param name="Actions">The action sequence of a scenario; empty for other kinds.</param>
public sealed record PropertyDeclaration(string Name, PropertyKind Kind, Node Formula, ImmutableArray<string> Actions, Source Source)
{
    /// <summary>
    /// The part of a behaviour which the formula is about. A <c>Reachable</c> is about steps if it reads the state after.
    /// </summary>
    public PropertySubject Subject => Kind.Traits().Subject is var subject && subject != PropertySubject.StateOrStep ? subject
        : Fold.Descendants(Formula).Any(n => n is Read { Primed: true }) ? PropertySubject.Step
        : PropertySubject.State;

    public bool IsAboutSteps => Subject == PropertySubject.Step;

    /// <summary>True if a witness shows the property; false if a counterexample refutes it.</summary>
    public bool IsWitnessed => Kind.Traits().IsWitnessed;

    public bool IsLemma => Kind.Traits().Role == PropertyRole.Lemma;

    /// <summary>True if the language adds the property to every model.</summary>
    public bool IsRule => Kind.Traits().Role == PropertyRole.Rule;

    /// <summary>True if the property excludes bad states or bad steps, and is no lemma.</summary>
    public bool IsSafety => IsInvariant && !IsLemma;

    /// <summary>True if the model claims that bad states or bad steps are excluded.</summary>
    public bool IsClaimedInvariant => IsInvariant && Kind.Traits().Role == PropertyRole.Claim;

    private bool IsInvariant => !IsWitnessed && Subject is PropertySubject.State or PropertySubject.Step;

    /// <summary>The element of <see cref="Actions"/> which allows any other actions at its place.</summary>
    public const string Gap = "...";

    /// <summary>The actions which a scenario names.</summary>
    public ImmutableArray<string> Steps => Actions.Contains(Gap) ? Actions.RemoveAll(a => a == Gap) : Actions;

    /// <summary>The numbers of named actions after which others may happen.</summary>
    public IEnumerable<int> Gaps => Actions.Select((a, i) => (a, i)).Where(p => p.a == Gap).Select((p, earlier) => p.i - earlier);

    /// <summary>True if a behaviour with these actions is one of the scenario.</summary>
    public bool Allows(IEnumerable<string> behaviour)
    {
        var (steps, gaps) = (Steps, Gaps.ToHashSet());

        // The possible numbers of named actions taken so far.
        HashSet<int> taken = [0];
        foreach (string action in behaviour)
        {
            taken = [.. taken.Where(gaps.Contains), .. taken.Where(t => t < steps.Length && steps[t] == action).Select(t => t + 1)];
        }

        return taken.Contains(steps.Length);
    }

    /// <summary>The labels in the formula.</summary>
    public IEnumerable<string> Labels => Fold.Descendants(Formula).OfType<HasLabel>().Select(l => l.Label).Distinct(StringComparer.Ordinal);

    /// <summary>The reason why a lemma holds, as a sentence.</summary>
    public string Because { get; init; } = "";

    /// <summary>The property or the other lemma which needs this lemma.</summary>
    public string Serves { get; init; } = "";
}

/// <summary>The name of a guard or a step which can be dropped, with the sentence about it.</summary>
public sealed record LabelDeclaration(string Name, string Sentence, Source Source);

/// <summary>An operation of several steps, with the states in which one is in progress.</summary>
/// <param name="Name">The name in a sentence: "punch".</param>
public sealed record OperationDeclaration(string Name, Node InProgress, Source Source);

/// <summary>A model as data. The engines read nothing else.</summary>
/// <param name="Dropped">The labels dropped from the model.</param>
public sealed record TransitionSystem(string Name, ImmutableArray<SortType> Sorts, ImmutableArray<Variable> Variables,
    ImmutableArray<ActionDeclaration> Actions, ImmutableArray<PropertyDeclaration> Properties, ImmutableArray<LabelDeclaration> Labels,
    ImmutableHashSet<string> Dropped, Source Source)
{
    /// <summary>The sorts which may be empty. Every other sort has at least one element.</summary>
    public ImmutableHashSet<string> MayBeEmpty { get; init; } = [];

    /// <summary>
    /// The operations of several steps. A state is quiescent if none of them is in progress. Empty if the model declares none.
    /// </summary>
    public ImmutableArray<OperationDeclaration> Operations { get; init; } = [];

    /// <summary>All expressions of the actions, the properties and the operations.</summary>
    public IEnumerable<Node> Expressions => Actions.SelectMany(a => a.Expressions)
        .Concat(Properties.Select(p => p.Formula))
        .Concat(Operations.Select(o => o.InProgress));

    /// <summary>Returns the mutant without these labels.</summary>
    /// <exception cref="ArgumentException">A label is unknown to the model.</exception>
    public TransitionSystem Without(params IEnumerable<string> labels)
    {
        var dropped = Dropped.Union(labels);
        string? unknown = dropped.FirstOrDefault(l => Labels.All(d => d.Name != l));
        return unknown is null
            ? this with { Dropped = dropped }
            : throw new ArgumentException($"{Name} has no label '{unknown}'", nameof(labels));
    }

    /// <summary>The properties which mention the label and still say something without it. Their meaning may be different then.</summary>
    public IEnumerable<PropertyDeclaration> RestatedWithout(string label) =>
        Properties.Where(p => !p.IsLemma && !p.IsRule
        && p.Labels.Contains(label) && Reduction.Reduce(p.Formula, l => l != label && !Dropped.Contains(l)) != Node.True);

    public ActionDeclaration Action(string name) => Actions.Single(a => a.Name == name);

    public PropertyDeclaration Property(string name) => Properties.Single(p => p.Name == name);

    public Variable Variable(string name) => Variables.Single(v => v.Name == name);
}
