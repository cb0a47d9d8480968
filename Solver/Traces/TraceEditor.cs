using System.Collections.Immutable;
using Checker.Model.Ir;
using Checker.Solver.Instance;

namespace Checker.Solver.Traces;

/// <summary>An enabled step, with its effects.</summary>
/// <param name="After">The code of every cell after the step.</param>
/// <param name="Falsified">The properties violated by the step or after it, and not violated before.</param>
/// <param name="Missed">The dropped labels which would not have allowed the step, or would have made it another, with the effect.</param>
public sealed record NextStep(
    ActionInstance Instance,
    ImmutableArray<int> After,
    ImmutableArray<PropertyDeclaration> Falsified,
    ImmutableArray<(string Label, string Effect)> Missed);

/// <summary>
/// A trace which is extended by hand, at a present state of it. Each change makes a new editor, which remembers the one before.
/// All steps and values come from the interpreter.
/// </summary>
public sealed class TraceEditor
{
    private readonly Interpreter _interpreter;
    private readonly DroppedLabels _dropped;
    private readonly TraceEditor? _before;

    /// <summary>The property of the original trace.</summary>
    private readonly PropertyDeclaration? _claim;
    private readonly Lazy<ImmutableArray<NextStep>> _next;

    private TraceEditor(
        Trace trace,
        int present,
        TraceEditor? before,
        PropertyDeclaration? claim,
        Interpreter interpreter,
        DroppedLabels dropped)
    {
        (Trace, Present, _before, _claim, _interpreter, _dropped) = (trace, present, before, claim, interpreter, dropped);
        _next = new(() => [.. Steps()]);
    }

    /// <summary>All steps so far. After a jump back, those after the present state are kept until another step is taken.</summary>
    public Trace Trace { get; }

    /// <summary>The number of the present state in the trace, from 1.</summary>
    public int Present { get; }

    /// <summary>The steps enabled in the present state, in the order of the model.</summary>
    public ImmutableArray<NextStep> Next => _next.Value;

    /// <summary>Begins at the end of a trace.</summary>
    /// <exception cref="ReplayException">The model does not allow the trace.</exception>
    /// <exception cref="ArgumentException">The trace does not begin in the initial state.</exception>
    public static TraceEditor At(Trace trace) => trace.BeginsAnywhere
        ? throw new ArgumentException("the trace does not begin in the initial state", nameof(trace))
        : new(Replay.Check(trace), trace.Length, null, trace.Property, new(trace.Scope), new(trace.Scope));

    /// <summary>Begins at the initial state of a model.</summary>
    public static TraceEditor AtStart(Scope scope, TraceHeader header) =>
        At(new(scope, null, [new(null, [.. scope.InitialState()])], LastStep: false) { Header = header });

    /// <summary>Takes a step from the present state. It replaces the steps after that state.</summary>
    /// <exception cref="ArgumentException">The step is not enabled.</exception>
    public TraceEditor Take(ActionInstance instance)
    {
        var next = Next.FirstOrDefault(s => s.Instance == instance)
            ?? throw new ArgumentException($"{instance} is not enabled in state {Present}", nameof(instance));
        var states = Trace.States[..Present].Add(new(next.Instance, next.After));
        return With(Trace with { States = states, Property = null, LastStep = false }, Present + 1);
    }

    /// <summary>Makes another state of the trace the present one.</summary>
    /// <param name="state">The number of the state, from 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The trace has no such state.</exception>
    public TraceEditor Jump(int state)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(state, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(state, Trace.Length);
        return With(Trace, state);
    }

    /// <summary>Returns the editor before the last step or jump; null if there was none.</summary>
    public TraceEditor? Undo() => _before;

    /// <summary>Returns the properties violated in the present state, or by the step to it.</summary>
    public ImmutableArray<PropertyDeclaration> Violated() =>
        [.. ViolatedBy(Present < 2 ? null : Cells(Present - 1), Cells(Present))];

    /// <summary>
    /// Returns the trace up to the present state, replayed. It claims the property shown by its end: that of the original trace if it is
    /// still shown, or else the first violated one; none if its end shows nothing.
    /// </summary>
    public Trace Result()
    {
        var states = Trace.States[..Present];
        var property = _claim is not null && Shows(states, _claim) ? _claim : Violated().FirstOrDefault();
        return Replay.Check(Trace with { States = states, Property = property, LastStep = property is { IsAboutSteps: true } });
    }

    private TraceEditor With(Trace trace, int present) => new(trace, present, this, _claim, _interpreter, _dropped);

    private ImmutableArray<int> Cells(int state) => Trace.States[state - 1].Cells;

    private IEnumerable<NextStep> Steps()
    {
        int[] before = [.. Cells(Present)];
        var violated = Violated();
        foreach (var (instance, after) in _interpreter.Successors(before))
        {
            yield return new(
                instance,
                [.. after],
                [.. ViolatedBy(Cells(Present), [.. after]).Where(p => p.IsAboutSteps || !violated.Contains(p))],
                [.. _dropped.Missed(instance, before, after)]);
        }
    }

    /// <summary>Returns the violated properties. Lemmas are part of proofs, and count only if the trace is about one.</summary>
    /// <param name="before">The state before the step; null if there is no step.</param>
    private IEnumerable<PropertyDeclaration> ViolatedBy(ImmutableArray<int>? before, ImmutableArray<int> after)
    {
        ImmutableArray<TraceState> states = before is { } cells ? [new(null, cells), new(null, after)] : [new(null, after)];
        return _interpreter.Scope.System.Properties.Where(p => !p.IsWitnessed && (!p.IsLemma || p == _claim) && Shows(states, p));
    }

    private bool Shows(ImmutableArray<TraceState> states, PropertyDeclaration property) =>
        Replay.Shows(_interpreter, new(Trace.Scope, property, states, property.IsAboutSteps), property);
}
