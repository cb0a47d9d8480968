using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Checker.Model.Ir;
using Checker.Solver.Explicit;
using Checker.Solver.Export;
using Checker.Solver.Instance;
using Checker.Solver.Smt;

namespace Checker.App.Agreement;

/// <summary>The limits of a comparison.</summary>
/// <param name="Timeout">The time limit of each program of another tool.</param>
/// <param name="Memory">The memory limit of each program, and of the exploration, in bytes.</param>
public sealed record AgreementOptions(TimeSpan Timeout, long Memory, int Threads, CancellationToken Cancellation);

/// <summary>
/// The exploration of a design, compared with those of Rumur and SPIN on its exports: the number of distinct states without symmetry, the
/// verdict of each property, and the length of a shortest trace. cvc5 confirms the length of short traces.
/// </summary>
/// <param name="Result">The exploration; null if it ran out of memory.</param>
public sealed record AgreementRun(Job Job, ExplorationResult? Result, ImmutableArray<ToolRun> Tools, TimeSpan Time)
{
    /// <summary>The worst outcome of a tool. Without an exploration nothing is compared.</summary>
    public Accordance Accordance =>
        Tools.Any(t => t.Accordance == Accordance.Differs) ? Accordance.Differs
        : Result is null || Tools.Any(t => t.Accordance == Accordance.NotCompared) ? Accordance.NotCompared
        : Accordance.Agrees;

    /// <summary>The first difference, or else the first reason for which nothing is compared; empty if all agree.</summary>
    public string Text => Accordance == Accordance.NotCompared && Result is null
        ? "the exploration ran out of memory"
        : Tools.Where(t => t.Accordance == Accordance).Select(t => t.Text.Length == 0 ? "" : $"{t.Tool}: {t.Text}").FirstOrDefault() ?? "";

    /// <exception cref="EnvironmentException">A tool is missing. The message names its Debian package.</exception>
    public static void RequireTools() => Workshop.RequireTools();

    /// <exception cref="BadInputException">The instance is too large, or has no export.</exception>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public static AgreementRun Do(Job job, AgreementOptions options)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            var (result, tools) = Compare(job.Scope(), (format, steps) => Exported.Of(job, format, [], steps: steps).Text, options);
            return new(job, result, tools, clock.Elapsed);
        }
        catch (InstanceTooLargeException tooLarge)
        {
            throw job.TooLarge(tooLarge);
        }
    }

    /// <param name="export">Returns the exported instance; for SMT-LIB, with questions up to a number of steps.</param>
    /// <exception cref="InstanceTooLargeException">The instance is too large.</exception>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    internal static (ExplorationResult? Result, ImmutableArray<ToolRun> Tools) Compare(
        Scope scope,
        Func<ExportFormat, int?, string> export,
        AgreementOptions options)
    {
        var result = new Exhaustive(scope, new()
        {
            Symmetry = false,
            EveryProperty = true,
            Lemmas = true,
            Vacuity = false,
            Threads = options.Threads,
            MemoryBudget = options.Memory,
            Cancellation = options.Cancellation,
        }).Run();
        options.Cancellation.ThrowIfCancellationRequested();
        if (result.Outcome == Outcome.OutOfMemory)
        {
            return (null, []);
        }

        // At a violation Rumur has seen few states.
        long few = result.FirstViolation is null ? result.Distinct : 0;
        ImmutableArray<string> properties =
            [.. scope.System.Properties.Where(p => p.Subject != PropertySubject.Sequence).Select(p => p.Name)];
        var (murphi, promela) = (export(ExportFormat.Murphi, null), export(ExportFormat.Promela, null));
        string script = export(ExportFormat.SmtLib, Cvc5.Steps(result));
        var rumur = Task.Run(() => Compare("Rumur", result, () => Rumur.Run(murphi, properties, few, options)));
        var spin = Task.Run(() => Compare("SPIN", result, () => Spin.Run(promela, properties, result, options)));
        var cvc5 = Task.Run(() => Compare("cvc5", () => (Cvc5.Compare(script, result, options), null)));
        try
        {
            Task.WaitAll(rumur, spin, cvc5);
        }
        catch (AggregateException failures)
        {
            ExceptionDispatchInfo.Throw(failures.Flatten().InnerExceptions[0]);
        }

        return (result, [rumur.Result, spin.Result, cvc5.Result]);
    }

    private static ToolRun Compare(string tool, ExplorationResult ours, Func<Findings> run) => Compare(tool, () =>
    {
        var theirs = run();
        return (Difference(ours, theirs) ?? "", theirs.States);
    });

    /// <param name="run">Runs the tool, and returns the first difference (empty for none) and the number of states if it is known.</param>
    private static ToolRun Compare(string tool, Func<(string Difference, long? States)> run)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            var (difference, states) = run();
            return new(tool, difference.Length == 0 ? Accordance.Agrees : Accordance.Differs, difference, states, clock.Elapsed);
        }
        catch (ToolFailedException failed)
        {
            return new(tool, Accordance.NotCompared, failed.Message, null, clock.Elapsed);
        }
    }

    /// <summary>Returns the first difference between the findings; null if there is none.</summary>
    internal static string? Difference(ExplorationResult ours, Findings theirs)
    {
        if (theirs.States is { } states && states != ours.Distinct)
        {
            return $"{Quantity.Count(states)} distinct states, and {Quantity.Count(ours.Distinct)} here";
        }

        if (theirs.Steps is { } steps && steps != ours.Generated)
        {
            return $"{Quantity.Count(steps)} states generated, and {Quantity.Count(ours.Generated)} here";
        }

        return theirs.IsFirstOnly ? FirstDifference(ours, theirs)
            : ours.Properties.Where(p => p.Property.Actions.IsEmpty).Select(p => Difference(p, theirs)).FirstOrDefault(d => d is not null);
    }

    private static string? Difference(PropertyResult property, Findings theirs)
    {
        string name = property.Property.Name;
        bool found = theirs.Found.TryGetValue(name, out int? length);
        string word = property.Property.IsWitnessed ? "possible" : "violated";
        return found != (property.Trace is not null)
            ? $"{name} is {(found ? "" : "not ")}{word}, and {(found ? "not " : "")}{word} here"
            : length is { } states && states != property.Trace!.Length
                ? $"{name} is {word} after {Quantity.Of(states, "state")}, and after {property.Trace.Length} here"
                : null;
    }

    /// <summary>Compares a tool's only violation. It is one of those with the shortest trace.</summary>
    private static string? FirstDifference(ExplorationResult ours, Findings theirs)
    {
        var (name, length) = theirs.Found.Single();
        var shortest = ours.FirstViolation;
        return shortest is null ? $"{name} is violated, and not violated here"
            : length != shortest.Trace!.Length
                ? $"{name} is violated after {Quantity.Of(length!.Value, "state")}, and {shortest.Property.Name} is the first here, "
                    + $"after {shortest.Trace.Length}"
            : ours.Properties.FirstOrDefault(p => p.Property.Name == name)?.Trace?.Length != length
                ? $"{name} is violated after {Quantity.Of(length.Value, "state")}, and not so early here"
            : null;
    }
}
