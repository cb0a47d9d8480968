using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using Checker.Model.Check;
using Checker.Model.Ir;
using static Checker.Model.Language.Logic;

namespace Checker.Model.Language;

/// <summary>
/// A model: a class whose fields are its variables and whose constructor defines its actions. An action's lambda runs once
/// and is recorded. C#'s <c>if</c> chooses between variants of the model; <see cref="If"/> is a condition within the model.
/// A variable without an assignment keeps its value. All assignments of a step happen at once. See docs/semantics.md.
/// </summary>
public abstract partial class Spec
{
    private const string Ending = "Model";

    private readonly List<Variable> _variables = [];
    private readonly List<ActionDeclaration> _actions = [];
    private readonly List<PropertyDeclaration> _properties = [];
    private readonly List<LabelDeclaration> _labels = [];
    private readonly List<OperationDeclaration> _operations = [];
    private readonly Source _source;
    private string _actor = "system";

    protected Spec([CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        // The fields of a derived class are initialised before this constructor runs. So it can find and name them.
        _source = new(file, line);
        for (var type = GetType(); type is not null && type != typeof(Spec); type = type.BaseType)
        {
            var found = type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
                .Where(f => typeof(VarBase).IsAssignableFrom(f.FieldType))
                .Select(f => (Name: f.Name.TrimStart('_'), Var: (VarBase?)f.GetValue(this)))
                .Where(f => f.Var is not null)
                .OrderBy(f => f.Var!.Source.File, StringComparer.Ordinal).ThenBy(f => f.Var!.Source.Line);
            _variables.AddRange(found.SelectMany(f => f.Var!.Declare(this, f.Name)));
        }
    }

    internal Recorder Recorder { get; } = new();

    /// <summary>The model's name. By default it is the name of the class, without a final "Model".</summary>
    protected virtual string Name =>
        GetType().Name is var name && name.Length > Ending.Length && name.EndsWith(Ending, StringComparison.Ordinal)
        ? name[..^Ending.Length]
        : name;

    /// <summary>Returns the model as data.</summary>
    /// <exception cref="ModelException">The model is wrong. The exception lists every mistake with its place.</exception>
    public TransitionSystem Build()
    {
        // A constructor which does not call its base's has no place of its own. The place of its first declaration is used.
        var source = _source.Line > 0
            ? _source
            : _variables.Select(v => v.Source)
                .Concat(_actions.Select(a => a.Source))
                .Concat(_properties.Select(p => p.Source))
                .FirstOrDefault(new Source(Name, 0));
        Recorder.Settle(source);
        var written = new TransitionSystem(Name, [], [.. _variables], [.. _actions], [.. _properties], [.. _labels], [], source)
        {
            Operations = [.. _operations],
        };
        List<Node> nodes = [.. written.Expressions.SelectMany(Fold.Descendants)];
        var used = _variables.SelectMany(v => v.Index.Append(v.Type))
            .Concat(_actions.SelectMany(a => a.Parameters.Concat(a.Updates.SelectMany(u => u.Bulk))).Select(p => p.Type))
            .Concat(nodes.Select(n => n switch { Quantified q => q.Binder.Type, Count c => c.Binder.Type, _ => null }).OfType<ModelType>())
            .Select(t => t is OptionType option ? option.Element : t).OfType<SortType>();
        // The order of blocks is that of their elements, so a model with blocks has both orders.
        var orders = nodes.OfType<Read>().Select(r => r.Variable).Where(v => v.Rigid == RigidFunction.Order)
            .Concat(_variables.Where(v => v.Rigid == RigidFunction.Blocks).SelectMany(v => v.Index.Append(v.Type))
                .OfType<SortType>().Where(s => s.IsOrdered).Select(Variable.OrderOf));
        return WellFormed.Check(
            written with { Sorts = [.. used.Distinct()], Variables = [.. _variables, .. orders.Distinct()] },
            Recorder.Diagnostics);
    }

    // ---- the contents of a model ----

    /// <summary>Assigns the following actions to this actor: guest, KVM, VMM, host, device, firmware, ...</summary>
    protected void By(string actor) => _actor = actor;

    /// <summary>Declares a label, with a sentence about the purpose of its guard or step.</summary>
    protected void Label(string name, string sentence, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        _labels.Add(new(name, sentence, new(file, line)));

    /// <summary>
    /// Declares an operation of several steps, by the states in which one is in progress. The report of a violation then says if it
    /// outlasts the operations.
    /// </summary>
    /// <param name="name">The name in a sentence: "punch".</param>
    public void Operation(string name, Term<bool> inProgress, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        _operations.Add(new(name, inProgress.Node, new(file, line)));
        Recorder.Settle(new(file, line));
    }

    protected void Action(string name, Action body, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        _actions.Add(Recorder.Record(name, _actor, [], body, new(file, line)));

    protected void Action<A>(string name, Action<Term<A>> body, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var a = Bind<A>(body, 0);
        _actions.Add(Recorder.Record(name, _actor, [a], () => body(Use<A>(a)), new(file, line)));
    }

    protected void Action<A, B>(
        string name,
        Action<Term<A>, Term<B>> body,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0)
    {
        var (a, b) = (Bind<A>(body, 0), Bind<B>(body, 1));
        _actions.Add(Recorder.Record(name, _actor, [a, b], () => body(Use<A>(a), Use<B>(b)), new(file, line)));
    }

    protected void Action<A, B, C>(
        string name,
        Action<Term<A>, Term<B>, Term<C>> body,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0)
    {
        var (a, b, c) = (Bind<A>(body, 0), Bind<B>(body, 1), Bind<C>(body, 2));
        _actions.Add(Recorder.Record(name, _actor, [a, b, c], () => body(Use<A>(a), Use<B>(b), Use<C>(c)), new(file, line)));
    }

    protected void Action<A, B, C, D>(
        string name,
        Action<Term<A>, Term<B>, Term<C>, Term<D>> body,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0)
    {
        var (a, b, c, d) = (Bind<A>(body, 0), Bind<B>(body, 1), Bind<C>(body, 2), Bind<D>(body, 3));
        _actions.Add(Recorder.Record(name, _actor, [a, b, c, d], () => body(Use<A>(a), Use<B>(b), Use<C>(c), Use<D>(d)), new(file, line)));
    }

    /// <summary>Defines an action on a range of an ordered sort. Its parameters are the first and the last element.</summary>
    protected void ActionOnRange<S>(
        string name,
        Action<Interval<S>> body,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0)
        where S : struct, IOrderedSort
    {
        var (first, last) = Ends<S>();
        _actions.Add(Recorder.Record(name, _actor, [first, last], () => body(Between<S>(first, last)), new(file, line)));
    }

    /// <inheritdoc cref="ActionOnRange{S}"/>
    protected void ActionOnRange<S, A>(
        string name,
        Action<Interval<S>, Term<A>> body,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0)
        where S : struct, IOrderedSort
    {
        var (first, last) = Ends<S>();
        var a = Bind<A>(body, 1);
        _actions.Add(Recorder.Record(name, _actor, [first, last, a], () => body(Between<S>(first, last), Use<A>(a)), new(file, line)));
    }

    private static (Ir.Binder First, Ir.Binder Last) Ends<S>() =>
        (new("first", Types.OrBool(typeof(S))), new("last", Types.OrBool(typeof(S))));

    private Interval<S> Between<S>(Ir.Binder first, Ir.Binder last)
        where S : struct, IOrderedSort
    {
        var range = new Interval<S>(Use<S>(first), Use<S>(last));
        Require(range.First <= range.Last, "first <= last");
        return range;
    }

    // ---- the contents of an action ----

    /// <summary>Makes the action possible only if the condition holds in the state before it.</summary>
    protected void Require(Term<bool> condition, [CallerArgumentExpression(nameof(condition))] string text = "",
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => Recorder.Require(null, condition, text, new(file, line));

    /// <summary>Adds a guard which can be dropped by its label.</summary>
    protected void Require(string label, Term<bool> condition, [CallerArgumentExpression(nameof(condition))] string text = "",
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => Recorder.Require(label, condition, text, new(file, line));

    /// <summary>
    /// Applies the updates of <paramref name="then"/> if the condition holds, otherwise those of <paramref name="otherwise"/>.
    /// </summary>
    protected void If(
        Term<bool> condition,
        Action then,
        Action? otherwise = null,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0) =>
        Recorder.Branch(condition.Node, then, otherwise, new(file, line));

    /// <summary>
    /// Adds updates which can be dropped by their label. If they are dropped, <paramref name="without"/> happens in their place.
    /// </summary>
    protected void Step(
        string label,
        Action then,
        Action? without = null,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0) =>
        Recorder.Branch(new HasLabel(label), then, without, new(file, line));

    /// <summary>Applies the updates of the body to every element at once.</summary>
    protected void ForEach<A>(Action<Term<A>> body, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var a = Bind<A>(body, 0);
        Recorder.ForEach(a, () => body(Use<A>(a)), new(file, line));
    }

    // ---- questions about an action ----

    /// <summary>True if the action's guards hold with this argument, for some values of its other parameters.</summary>
    public Term<bool> Enabled<A>(string action, Term<A> a) => Enabled(action, [a.Node]);

    /// <inheritdoc cref="Enabled{A}(string, Term{A})"/>
    public Term<bool> Enabled<A, B>(string action, Term<A> a, Term<B> b) => Enabled(action, [a.Node, b.Node]);

    private Term<bool> Enabled(string name, ImmutableArray<Node> arguments)
    {
        if (_actions.Find(a => a.Name == name) is not { } action)
        {
            return Recorder.RefusedHere(
                Code.NoSuchAction,
                $"Enabled asks about an action {name} that does not exist, or is declared later",
                new Term<bool>(Node.True));
        }

        var given = new Dictionary<Ir.Binder, Node>();
        foreach (var argument in arguments)
        {
            if (action.Parameters.FirstOrDefault(p => p.Type == argument.Type && !given.ContainsKey(p)) is not { } parameter)
            {
                return Recorder.RefusedHere(
                    Code.NoSuchAction,
                    $"Enabled asks about an action {name} with a {argument.Type}, and it has no such parameter",
                    new Term<bool>(Node.True));
            }

            given.Add(parameter, argument);
        }

        var guards = Fold.Substitute(new And([.. action.Guards.Select(g => g.Condition)]), given);
        return new(new Definition($"Can{name}", arguments, action.Parameters.Where(p => !given.ContainsKey(p)).Reverse()
            .Aggregate(guards, (body, p) => new Quantified(QuantifierKind.Exists, p, body))));
    }

    private void Declare(PropertyDeclaration property)
    {
        _properties.Add(property);
        Recorder.Settle(property.Source);
    }

    // ---- the properties of the model; public, so other files can declare them ----

    /// <summary>Declares a formula which must hold in every reachable state.</summary>
    public void Invariant(string name, Term<bool> formula, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Declare(new(name, PropertyKind.Invariant, formula.Node, [], new(file, line)));

    /// <summary>Declares a formula which must hold for every step. <see cref="Next"/> marks the values after the step.</summary>
    public void StepInvariant(string name, Term<bool> formula, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Declare(new(name, PropertyKind.StepInvariant, formula.Node, [], new(file, line)));

    /// <summary>
    /// Declares a formula which must hold in some reachable state. Without such properties, a model in which nothing happens would
    /// pass.
    /// </summary>
    public void Reachable(string name, Term<bool> formula, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Declare(new(name, PropertyKind.Reachable, formula.Node, [], new(file, line)));

    /// <summary>
    /// Declares a scenario: these actions are possible in this order from the initial state, and the formula holds after them.
    /// </summary>
    public void Scenario(
        string name,
        string[] actions,
        Term<bool> ending,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0) =>
        Declare(new(name, PropertyKind.Scenario, ending.Node, [.. actions], new(file, line)));

    /// <summary>Declares a formula for states without successors. Without it, a model may stop anywhere.</summary>
    public void Terminal(string name, Term<bool> formula, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Declare(new(name, PropertyKind.Terminal, formula.Node, [], new(file, line)));

    /// <summary>Declares an invariant on which a proof for any size rests. Exploration checks lemmas only on request.</summary>
    /// <param name="serves">The property, or the other lemma, which needs this one.</param>
    /// <param name="because">The reason why it holds, in a sentence.</param>
    public void Lemma(
        string name,
        string serves,
        string because,
        Term<bool> formula,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0) =>
        Declare(new(name, PropertyKind.Lemma, formula.Node, [], new(file, line)) { Because = because, Serves = serves });
}
