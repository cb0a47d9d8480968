using System.Diagnostics;
using Checker.Model.Catalogue;
using Checker.Model.Ir;
using Checker.Solver.Explicit;
using Checker.Solver.Instance;
using Checker.Solver.Traces;

using Trace = Checker.Solver.Traces.Trace;

namespace Checker.App;

/// <summary>The verdict on a known bug.</summary>
public enum BugVerdict
{
    /// <summary>The property is violated, by a shortest trace of the declared length.</summary>
    Found,

    /// <summary>The property holds in the model with the bug, or its shortest trace has another length.</summary>
    Missed,

    /// <summary>The search was stopped, or the memory did not suffice.</summary>
    Unfinished,
}

/// <summary>A known bug, searched in the model which has it.</summary>
/// <param name="Trace">A shortest violation of the bug's property; null if there is none.</param>
public sealed record BugRun(Protocol Protocol, Bug Bug, BugVerdict Verdict, Trace? Trace, long States, TimeSpan Time)
{
    /// <summary>The reason why the bug is missed; null unless it is.</summary>
    public string? Problem => Verdict != BugVerdict.Missed ? null
        : Trace is null ? $"{Bug.Id} is missed: {Bug.Property} holds in {Change(Bug)}"
        : $"{Bug.Id}: the shortest violation of {Bug.Property} has {Trace.Length} states, and {Bug.Length} are declared";

    /// <summary>Returns the change of the model as the words of a command line: "--drop punch.flush".</summary>
    public static string Change(Bug bug) => bug switch
    {
        { Variant: { } variant } => $"--design {variant}",
        { Mutant: { } mutant } => $"--mutant {mutant}",
        _ => $"--drop {string.Join(',', bug.Drop)}",
    };

    /// <summary>Explores the model with the bug up to the first violation of the bug's property.</summary>
    /// <exception cref="BadInputException">The bug names a part of the model that does not exist.</exception>
    public static BugRun Do(Protocol protocol, Bug bug, ExplorationOptions options)
    {
        var clock = Stopwatch.StartNew();
        var header = new TraceHeader(protocol.Name, bug.Variant ?? bug.Design, string.Join(',', bug.Bounds), bug.Drop)
        {
            Mutant = bug.Mutant ?? "",
        };
        var model = ModelOf(protocol, bug, header);
        var property = model.Properties.FirstOrDefault(p => p.Name == bug.Property && !p.IsWitnessed)
            ?? throw Wrong(bug, $"{model.Name} has no invariant {bug.Property}");
        var explored = new Exhaustive(
            new Scope(model with { Properties = [property] }, new Bounds(protocol.BoundSorts, bug.Bounds).BySort),
            options with { Vacuity = false, Witnesses = false, Lemmas = true }).Run();
        var result = explored.Properties.Single(p => p.Property == property);
        var verdict = result switch
        {
            { Holds: null } => BugVerdict.Unfinished,
            { Holds: false, Trace: { } found } when found.Length == bug.Length => BugVerdict.Found,
            _ => BugVerdict.Missed,
        };
        return new(
            protocol,
            bug,
            verdict,
            result.Trace is { } trace ? trace with { Header = header } : null,
            explored.Distinct,
            clock.Elapsed);
    }

    /// <summary>The model with the bug, built from the header of its trace.</summary>
    private static TransitionSystem ModelOf(Protocol protocol, Bug bug, TraceHeader header)
    {
        try
        {
            return TraceModel.Of(new([protocol]), header).System;
        }
        catch (Exception wrong) when (wrong is BadInputException or ArgumentException or InstanceTooLargeException)
        {
            throw Wrong(bug, wrong.Message);
        }
    }

    private static BadInputException Wrong(Bug bug, string reason) => new($"the bug {bug.Id} ({bug.File}:{bug.Line}): {reason}");
}
