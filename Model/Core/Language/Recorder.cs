using System.Collections.Immutable;
using Checker.Model.Check;
using Checker.Model.Ir;

namespace Checker.Model.Language;

/// <summary>The recording of an action's lambda while it runs: guards, updates, and immediately visible mistakes.</summary>
internal sealed class Recorder
{
    private readonly List<Diagnostic> _diagnostics = [];
    private readonly List<(string Code, string Message)> _unplaced = [];
    private readonly List<Node> _when = [];
    private readonly List<Binder> _bulk = [];
    private HashSet<Variable> _written = [];
    private readonly List<FaultDeclaration> _faults = [];
    private List<Guard>? _guards;
    private List<Update>? _updates;
    private string _action = "";
    private Source _actionSource;

    public IReadOnlyList<Diagnostic> Diagnostics => _diagnostics;

    /// <summary>The mistakes in terms built on this thread. A term does not know its place; the statement around it does.</summary>
    [ThreadStatic]
    private static List<(string Code, string Message)>? s_unplaced;

    /// <summary>Notes a mistake in a term. The statement using the term is then refused.</summary>
    /// <returns>The value <paramref name="instead"/>, so recording continues and finds further mistakes.</returns>
    public static T Refused<T>(string code, string message, T instead)
    {
        (s_unplaced ??= []).Add((code, message));
        return instead;
    }

    /// <summary>Notes a mistake in a term of this model.</summary>
    public T RefusedHere<T>(string code, string message, T instead)
    {
        _unplaced.Add((code, message));
        return instead;
    }

    /// <summary>Gives a place to the mistakes in the terms built since the last call.</summary>
    public void Settle(Source source)
    {
        foreach (var (code, message) in _unplaced.Concat(s_unplaced ?? []))
        {
            Refuse(code, message, Locate(source));
        }

        _unplaced.Clear();
        s_unplaced = null;
    }

    public void Refuse(string code, string message, Source source) => _diagnostics.Add(new(code, message, source));

    public ModelType TypeOf(Type type, Source source)
    {
        if (typeof(Record).IsAssignableFrom(type))
        {
            Refuse(Code.NoSuchType, $"{type.Name} is a record: declare it as RecordVar<.., {type.Name}>", source);
            return ModelType.Bool;
        }

        try
        {
            var model = Types.Of(type);
            if ((model is OptionType option ? option.Element : model) is EnumType { IsCounted: false } odd)
            {
                Refuse(Code.OddEnum, $"the members of {odd.Name} must be 0, 1, 2, ...", source);
            }

            return model;
        }
        catch (ArgumentException refused)
        {
            Refuse(Code.NoSuchType, refused.Message, source);
            return ModelType.Bool;
        }
    }

    public ActionDeclaration Record(string name, string actor, ImmutableArray<Binder> parameters, Action body, Source source)
    {
        (_guards, _updates, _written, _action, _actionSource) = ([], [], [], name, source);
        _faults.Clear();
        try
        {
            body();
        }
        catch (ModelException refused)
        {
            _diagnostics.AddRange(refused.Diagnostics);
            _when.Clear();
            _bulk.Clear();
        }
        catch (Exception thrown)
        {
            Refuse(
                Code.Throws,
                $"{name} throws {thrown.GetType().Name}: {thrown.Message.ReplaceLineEndings(" ")} A body only says guards and updates",
                source);
            _when.Clear();
            _bulk.Clear();
        }

        Settle(source);
        var action = new ActionDeclaration(
            name,
            actor,
            [.. parameters, .. _faults.Select(f => f.Outcome)],
            [.. _guards],
            [.. _updates],
            source)
        {
            Faults = [.. _faults],
        };
        (_guards, _updates) = (null, null);
        return action;
    }

    public void Require(string? label, Term<bool> condition, string text, Source source)
    {
        if (_guards is null)
        {
            Refuse(Code.OutsideAction, $"Require({text}) outside an action", source);
        }
        else if (_when.Count > 0 || _bulk.Count > 0)
        {
            Refuse(
                Code.NestedGuard,
                $"{_action}: Require({text}) inside If, ForEach or Step; a guard is unconditional: write Require(condition.Implies(..))",
                source);
        }
        else
        {
            var node = label is null ? condition.Node : new Implies(new HasLabel(label), condition.Node);
            _guards.Add(new(node, label, text, source));
            Settle(source);
        }
    }

    public void Branch(Node condition, Action then, Action? otherwise, Source source)
    {
        if (_updates is null)
        {
            Refuse(Code.OutsideAction, "If or Step outside an action", source);
            return;
        }

        var before = new HashSet<Variable>(_written);
        Under(condition, then);
        if (otherwise is not null)
        {
            // A write on one branch is no write on the other.
            (var then_, _written) = (_written, before);
            Under(new Not(condition), otherwise);
            _written.UnionWith(then_);
        }
    }

    /// <summary>
    /// Records a call which may fail. The conditions nest so that the updates of success and failure exclude each other by their text:
    /// the caller continues if the call succeeded or the label is dropped, and otherwise takes the error path.
    /// </summary>
    public void Attempt(AttemptParts attempt)
    {
        if (_updates is null || _guards is null)
        {
            Refuse(Code.OutsideAction, "Attempt outside an action", attempt.Source);
            return;
        }

        if (_bulk.Count > 0)
        {
            Refuse(
                Code.NestedAttempt,
                $"{_action}: Attempt({attempt.Label}) inside ForEach; the action has one outcome of it, not one for each element: "
                    + "make the call for one element in an action",
                attempt.Source);
            return;
        }

        string name = attempt.Label[(attempt.Label.LastIndexOf('.') + 1)..];
        if (_faults.Exists(f => f.Outcome.Name == name))
        {
            Refuse(
                Code.DuplicateName,
                $"{_action}: two calls have an outcome called {name}; the part of a label behind its last dot names the outcome",
                attempt.Source);
            return;
        }

        var outcome = new Binder(name, Types.Of(typeof(CallOutcome)));
        var fails = new Eq(new Bound(outcome), Types.Literal(CallOutcome.Fails));
        var succeeded = new Not(fails);
        var continues = new Or([succeeded, new Not(new HasLabel(attempt.Label))]);
        _faults.Add(new(attempt.Label, outcome, succeeded, continues, attempt.Source));
        if (_when.Count > 0)
        {
            // One of two outcomes of a call which is not made, so that there is one step and not two alike.
            Fails(new And([.. _when]), $"{attempt.Label} is tried");
        }

        if (attempt.Possible is { } possible)
        {
            Fails(possible.Node, attempt.Text);
        }

        Branch(
            continues,
            () =>
            {
                Under(succeeded, attempt.Call);
                attempt.Then();
            },
            () => Path(attempt),
            attempt.Source);

        void Fails(Node when, string text)
        {
            _guards.Add(new(new Implies(fails, when), null, $"{name} == Fails implies {text}", attempt.Source));
            Settle(attempt.Source);
        }
    }

    private void Path(AttemptParts attempt)
    {
        int before = _updates!.Count;
        attempt.Failed?.Invoke();
        if (_updates.Count == before && !attempt.IsUnchanged)
        {
            Refuse(
                Code.NoErrorPath,
                $"{_action}: Attempt({attempt.Label}) has no error path; write what happens after the failure, or Unchanged",
                attempt.Source);
        }
    }

    public void ForEach(Binder binder, Action body, Source source)
    {
        if (_updates is null)
        {
            Refuse(Code.OutsideAction, "ForEach outside an action", source);
            return;
        }

        _bulk.Add(binder);
        body();
        _bulk.RemoveAt(_bulk.Count - 1);
    }

    public void NoteRead(Variable variable, Source source)
    {
        if (_updates is not null && _written.Contains(variable))
        {
            Refuse(
                Code.ReadAfterWrite,
                $"{_action} reads {variable.Name} after updating it; all updates are simultaneous: bind the old value to a local first",
                Locate(source));
        }
    }

    public void Update(Variable variable, ImmutableArray<Node> index, Node value, Source source)
    {
        if (_updates is null)
        {
            Refuse(Code.OutsideAction, $"{variable.Name} is updated outside an action", source.Line == 0 ? variable.Source : source);
            return;
        }

        _updates.Add(new(variable, index, value, [.. _when], [.. _bulk], Locate(source)));
        _written.Add(variable);
        Settle(source);
    }

    /// <summary>
    /// Returns the place of a statement. A property like <c>total.Value</c> cannot know its caller, so the action's place is used.
    /// </summary>
    private Source Locate(Source source) => source.Line == 0 ? _actionSource : source;

    private void Under(Node condition, Action body)
    {
        _when.Add(condition);
        body();
        _when.RemoveAt(_when.Count - 1);
    }
}
