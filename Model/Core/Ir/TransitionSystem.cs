using System.Collections.Immutable;

namespace Checker.Model.Ir;

/// <summary>The place at which a part of a model was written.</summary>
/// <param name="File">The path as the compiler recorded it: "./Model/X.cs" in this repository, an absolute path elsewhere.</param>
public readonly record struct Source(string File, int Line)
{
    /// <summary>
    /// The path and the line, as an editor opens them from the working directory. A line of 0 stands for a place known by a name only.
    /// </summary>
    public override string ToString() => Line == 0 ? File ?? "" : $"{Shown(File)}:{Line}";

    private static string Shown(string file)
    {
        if (!Path.IsPathRooted(file))
        {
            return file.StartsWith("./", StringComparison.Ordinal) ? file[2..] : file;
        }

        string relative = Path.GetRelativePath(Environment.CurrentDirectory, file);
        return relative.StartsWith("..", StringComparison.Ordinal) ? file : relative;
    }
}

/// <summary>
/// A state variable: a total function from its index types to its type. Every cell starts with the same value,
/// so that nothing tells the elements of a sort apart at the start.
/// </summary>
/// <param name="record">The record that the variable is a field of, if it is one ("fault" for "fault.page").</param>
public sealed class Variable(string name, string? record, ImmutableArray<ModelType> index, ModelType type, Source source)
{
    public string Name { get; } = name;

    public string? Record { get; } = record;

    public ImmutableArray<ModelType> Index { get; } = index;

    public ModelType Type { get; } = type;

    /// <summary>The code of the value that every cell has in the initial state.</summary>
    public int Initial { get; internal set; }

    public Source Source { get; } = source;

    public override string ToString() => Name;
}

/// <summary>A condition of an action. <paramref name="Text"/> is the C# text that it was written as.</summary>
public sealed record Guard(Node Condition, string? Label, string Text, Source Source);

/// <summary>
/// One assignment of an action: for all values of <paramref name="Bulk"/> for which <paramref name="When"/> holds,
/// the variable at the index becomes the value. All right-hand sides are of the state before the step.
/// </summary>
public sealed record Update(Variable Variable, ImmutableArray<Node> Index, Node Value, ImmutableArray<Node> When,
    ImmutableArray<Binder> Bulk, Source Source);

/// <summary>A step of the protocol. With values for its parameters it is an <em>action instance</em>, the only nondeterminism there is.</summary>
public sealed record ActionDeclaration(string Name, string Actor, ImmutableArray<Binder> Parameters, ImmutableArray<Guard> Guards,
    ImmutableArray<Update> Updates, Source Source)
{
    /// <summary>The variables that the action may change; all others keep their values.</summary>
    public IEnumerable<Variable> Modifies => Updates.Select(u => u.Variable).Distinct();

    /// <summary>The labels that the action's guards and updates mention.</summary>
    public IEnumerable<string> Labels => Guards.Select(g => g.Condition)
        .Concat(Updates.SelectMany(u => u.When.Append(u.Value).Concat(u.Index)))
        .SelectMany(Fold.Descendants).OfType<HasLabel>().Select(l => l.Label).Distinct(StringComparer.Ordinal);
}

public enum PropertyKind
{
    /// <summary>Holds in every reachable state.</summary>
    Invariant,

    /// <summary>Holds of every step, that is of a reachable state and one that an action leads to from there.</summary>
    StepInvariant,

    /// <summary>Holds in some reachable state, or (if it reads the state after) of some step: a witness is wanted.</summary>
    Reachable,

    /// <summary>The named actions are possible in this order from the initial state, and the formula holds after them.</summary>
    Scenario,

    /// <summary>What the model itself must respect (ranges, double writes): an invariant that the language adds.</summary>
    WellFormed,

    /// <summary>States that no step leaves satisfy the formula.</summary>
    Terminal,

    /// <summary>An invariant that is there for a proof: with the others of its design it is inductive.</summary>
    Lemma,
}

/// <summary>A claim about the model.</summary>
/// <param name="Actions">The sequence of a scenario, empty for other kinds.</param>
public sealed record PropertyDeclaration(string Name, PropertyKind Kind, Node Formula, ImmutableArray<string> Actions, Source Source)
{
    /// <summary>It says what never happens, in a state or in a step: what a proof for any size can be of.</summary>
    public bool IsSafety => Kind is PropertyKind.Invariant or PropertyKind.StepInvariant or PropertyKind.WellFormed;

    /// <summary>The labels that the formula mentions.</summary>
    public IEnumerable<string> Labels => Fold.Descendants(Formula).OfType<HasLabel>().Select(l => l.Label).Distinct(StringComparer.Ordinal);

    /// <summary>Of a lemma: why it holds, in a sentence.</summary>
    public string Because { get; init; } = "";

    /// <summary>Of a lemma: the property, or the other lemma, that needs it.</summary>
    public string Serves { get; init; } = "";
}

/// <summary>A name for a guard or a step that can be left out, with the sentence that documents it.</summary>
public sealed record LabelDeclaration(string Name, string Sentence, Source Source);

/// <summary>A model as data: what every engine reads, and all that it reads.</summary>
/// <param name="Dropped">The labels that are left out.</param>
public sealed record TransitionSystem(string Name, ImmutableArray<SortType> Sorts, ImmutableArray<Variable> Variables,
    ImmutableArray<ActionDeclaration> Actions, ImmutableArray<PropertyDeclaration> Properties, ImmutableArray<LabelDeclaration> Labels,
    ImmutableHashSet<string> Dropped, Source Source)
{
    /// <summary>The sorts that an instance can do without. Of all others it has at least one element.</summary>
    public ImmutableHashSet<string> MayBeEmpty { get; init; } = [];

    /// <summary>The mutant without these labels.</summary>
    /// <exception cref="ArgumentException">A label is not one of the model's.</exception>
    public TransitionSystem Without(params IEnumerable<string> labels)
    {
        var dropped = Dropped.Union(labels);
        string? unknown = dropped.FirstOrDefault(l => Labels.All(d => d.Name != l));
        return unknown is null
            ? this with { Dropped = dropped }
            : throw new ArgumentException($"{Name} has no label '{unknown}'", nameof(labels));
    }

    /// <summary>The properties that speak of the label and, without it, still say something (which need not be what they said).</summary>
    public IEnumerable<PropertyDeclaration> RestatedWithout(string label) => Properties.Where(p => p.Kind is not (PropertyKind.Lemma or PropertyKind.WellFormed)
        && p.Labels.Contains(label) && Reduction.Reduce(p.Formula, l => l != label && !Dropped.Contains(l)) != Node.True);

    public ActionDeclaration Action(string name) => Actions.Single(a => a.Name == name);

    public PropertyDeclaration Property(string name) => Properties.Single(p => p.Name == name);

    public Variable Variable(string name) => Variables.Single(v => v.Name == name);
}
