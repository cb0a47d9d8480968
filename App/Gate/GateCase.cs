using System.Collections.Immutable;
using Checker.Model.Ir;
using Checker.Solver.Traces.Text;
using Trace = Checker.Solver.Traces.Trace;

namespace Checker.App.Gate;

/// <summary>The result of a case, as a gate in CI takes it.</summary>
public enum CaseStatus
{
    /// <summary>The verdict is the expected one.</summary>
    Passed,

    /// <summary>The verdict is another than the expected one.</summary>
    Failed,

    /// <summary>There is no verdict. A gate does not pass then.</summary>
    Undecided,

    /// <summary>The engine does not decide the property, or had no reason to.</summary>
    Skipped,
}

/// <summary>A step of a trace, with its place in the sources.</summary>
/// <param name="Text">The actor and the action instance.</param>
/// <param name="File">The path from the working directory.</param>
public sealed record CaseStep(string Text, string File, int Line);

/// <summary>A property of one design, decided by one engine.</summary>
/// <param name="Property">The property's name, or <see cref="WholeRun"/>.</param>
/// <param name="Verdict">The word for the answer, as in the JSON of every command.</param>
/// <param name="Message">A sentence without a full stop.</param>
/// <param name="File">The path of <paramref name="Line"/>, from the working directory.</param>
/// <param name="Line">
/// The line to look at: the dropped guard or the last action of a counterexample, or else the property itself.
/// </param>
public sealed record GateCase(string Property, string Verdict, CaseStatus Status, string Message, string File, int Line)
{
    /// <summary>The name of the case for everything which is about no single property, such as an action that never happens.</summary>
    public const string WholeRun = "run";

    /// <summary>The width of a trace as text: that of a log.</summary>
    private const int TraceWidth = 80;

    /// <summary>The number of states of the trace; null if there is none.</summary>
    public int? Length { get; init; }

    /// <summary>The steps of the trace; empty for a case that passed.</summary>
    public ImmutableArray<CaseStep> Steps { get; init; } = [];

    /// <summary>The trace as text; empty for a case that passed, or has none.</summary>
    public string Trace { get; init; } = "";

    /// <summary>True if a gate does not pass because of this case.</summary>
    public bool IsBad => Status is CaseStatus.Failed or CaseStatus.Undecided;

    internal static GateCase At(Source source, string property, string verdict, CaseStatus status, string message) =>
        new(property, verdict, status, message, source.Path, source.Line);

    /// <summary>Returns the case with a counterexample, and with the place at which to look for the mistake.</summary>
    internal GateCase With(Trace trace)
    {
        var place = PlaceOf(trace);
        return this with
        {
            File = place.Path,
            Line = place.Line,
            Length = trace.Length,
            Trace = TraceText.Plain(trace, new(TraceWidth)),
            Steps =
            [
                .. from state in trace.States
                   let instance = state.Instance
                   where instance is not null
                   select new CaseStep($"{instance.Action.Actor}: {instance}", instance.Action.Source.Path, instance.Action.Source.Line),
            ],
        };
    }

    /// <summary>Returns the last guard with a dropped label that the trace passes; else the last action.</summary>
    private static Source PlaceOf(Trace trace)
    {
        var actions = trace.States.Select(s => s.Instance?.Action).OfType<ActionDeclaration>().Reverse().ToList();
        var guards = actions.SelectMany(a => a.Guards).Where(g => g.Label is { } label && trace.Header.Dropped.Contains(label));
        return guards.Select(g => (Source?)g.Source).FirstOrDefault()
            ?? actions.Select(a => (Source?)a.Source).FirstOrDefault()
            ?? trace.Property!.Source;
    }
}
