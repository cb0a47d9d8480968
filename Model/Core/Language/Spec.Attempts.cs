using System.Runtime.CompilerServices;
using Checker.Model.Ir;

namespace Checker.Model.Language;

/// <summary>The outcome of a call which may fail. It is a parameter of the action which makes the call.</summary>
public enum CallOutcome
{
    Succeeds,
    Fails,
}

public abstract partial class Spec
{
    /// <summary>The error path of a call after whose failure nothing changes.</summary>
    protected static readonly Action Unchanged = () => { };

    /// <summary>
    /// Makes a call which may fail, for example of the firmware. If it succeeds, <paramref name="call"/> and <paramref name="then"/>
    /// happen; if it fails, only <paramref name="failed"/> does. The outcome is a parameter of the action, so both are explored.
    /// Without the label, the caller does not look at the outcome: <paramref name="then"/> happens after a failure too, and the error
    /// path is lost.
    /// </summary>
    /// <param name="label">The label of the error path. Its part behind the last dot names the outcome in traces.</param>
    /// <param name="call">The updates made by the called side.</param>
    /// <param name="then">The updates of the caller, which believes that the call succeeded.</param>
    /// <param name="failed">The error path of the caller; <see cref="Unchanged"/> if it returns as if nothing had happened.</param>
    /// <param name="possible">The states in which the call can fail; null for all.</param>
    protected void Attempt(
        string label,
        Action call,
        Action then,
        Action failed,
        Term<bool>? possible = null,
        [CallerArgumentExpression(nameof(possible))] string text = "",
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0) =>
        Recorder.Attempt(new(label, call, then, failed, ReferenceEquals(failed, Unchanged), possible, text, new Source(file, line)));
}

/// <summary>The parts of a call which may fail, as its author wrote them.</summary>
internal sealed record AttemptParts(
    string Label,
    Action Call,
    Action Then,
    Action Failed,
    bool IsUnchanged,
    Term<bool>? Possible,
    string Text,
    Source Source);
