using System.Collections.Immutable;
using System.CommandLine;
using Checker.App;
using Checker.Cli.Options;
using Checker.Cli.Report;
using Checker.Cli.Report.Html;
using Checker.Cli.Signals;
using Checker.Model.Catalogue;
using Checker.Solver.Mutation;
using Checker.Solver.Smt;
using Checker.Solver.Traces.Text;

namespace Checker.Cli.Commands;

/// <summary>The command <c>checker mutate</c>: makes the models wrong in one place at a time, and tests if the properties notice.</summary>
internal sealed class Mutate
{
    private readonly ProtocolSet _protocols;
    private readonly Option<string> _protocol = CommonOptions.Protocol();
    private readonly Option<string[]> _designs = CommonOptions.Designs();
    private readonly Option<string> _bounds = CommonOptions.Bounds();
    private readonly Option<string[]> _kinds = new("--kind")
    {
        HelpName = "kind",
        Description = "label, guard, update, constant, swap or fault; may be repeated, or a list a,b; all if not given"
    };
    private readonly Option<string[]> _mutants = new("--mutant")
    {
        HelpName = "name",
        Description = "tries this mutant alone, and shows its trace; may be repeated, or a list a,b"
    };
    private readonly Option<bool> _every = new("--every-property")
    {
        Description = "asks every property about every mutant, not only for the nearest violation"
    };
    private readonly Option<bool> _survivors = new("--survivors") { Description = "lists every mutant that nothing notices" };
    private readonly Option<bool> _noProofs = new("--no-proofs")
    {
        Description = "does not find out why labels survive: by larger bounds, or by a proof that they are redundant"
    };
    private readonly Option<string> _threads = CommonOptions.Threads(
        "how many mutants are tried at a time",
        ". The result is the same for any number");
    private readonly Option<string> _memory = new("--memory")
    {
        HelpName = "size",
        Description = "memory for the states of all concurrent mutants and for all code (512M, 4G); "
            + "three quarters of the free memory if not given"
    };
    private readonly Option<string> _traces = new("--traces")
    {
        HelpName = "directory",
        Description = "writes a shortest trace of every mutant that is killed to a file there"
    };
    private readonly Option<bool> _json = new("--json") { Description = "prints one JSON object with the runs, and nothing else" };
    private readonly TraceFileOptions _traceFiles = new("the trace of each --mutant");

    /// <summary>The largest number of mutants whose traces are in a report. Each takes another exploration.</summary>
    private const int MostTraces = 20;

    private readonly Option<string> _report = ReportFile.Option();
    private readonly Option<string> _shard = CommonOptions.Shard();

    private Mutate(ProtocolSet protocols) => _protocols = protocols;

    public static Command Create(ProtocolSet protocols, string name, string description)
    {
        var mutate = new Mutate(protocols);
        var command = new Command(name, description)
        {
            mutate._protocol, mutate._designs, mutate._bounds, mutate._kinds, mutate._mutants, mutate._every, mutate._survivors,
            mutate._noProofs, mutate._threads, mutate._memory, mutate._traces, mutate._json, mutate._report,
            mutate._shard,
        };
        mutate._traceFiles.AddTo(command);
        command.SetAction(mutate.Run);
        return command;
    }

    private int Run(ParseResult given)
    {
        var (output, error) = (given.InvocationConfiguration.Output, given.InvocationConfiguration.Error);
        var names = CommonOptions.List(given, _mutants, split: true);
        var (jobs, shard) = CommonOptions.Part(given, _shard, Jobs(given, names), j => j.Name);
        int threads = CommonOptions.Threads(given, _threads);
        long? memory = given.GetValue(_memory) is { } size ? Quantity.ParseBytes("--memory", size, Machine.Memory().Total) : null;
        var directory = given.GetValue(_traces) is { } path ? MutantTraces.To(path) : null;
        if (names.IsEmpty && _traceFiles.FirstGiven(given) is { } option)
        {
            throw new BadInputException($"{option} is for the traces of --mutant, which is not given; --traces writes all of them");
        }

        var traceFiles = _traceFiles.Of(given, jobs);
        var report = ReportFile.Of(given, _report);
        Machine.RequireHeap();
        var interrupt = Interrupt.Of(given);
        var settings = new MutantSettings(
            new() { Threads = threads, EveryProperty = given.GetValue(_every), Cancellation = interrupt.Token },
            [.. CommonOptions.List(given, _kinds, split: true).Select(k =>
                Enum.Parse<MutationKind>(
                    Choice.Of("kind", k, [.. Enum.GetNames<MutationKind>().Select(n => n.ToLowerInvariant())], "of mutants"),
                    ignoreCase: true))],
            [.. names.Select(n => NameOf(jobs, n))],
            Explain: !given.GetValue(_noProofs));
        if (settings.Explain && (settings.Kinds.IsEmpty || settings.Kinds.Any(k => k is MutationKind.Label or MutationKind.Fault)))
        {
            NativeZ3.Require();
        }

        if (!jobs.Any(j => MutantRun.Selected(MutantRun.Expected(j), settings).Any()))
        {
            string[] chosen =
            [
                names.IsEmpty ? "" : $"--mutant {string.Join(',', names)}",
                settings.Kinds.IsEmpty ? "" : $"--kind {string.Join(',', settings.Kinds).ToLowerInvariant()}",
                "the designs",
            ];
            throw new BadInputException($"there is no mutant to try: {string.Join(" and ", chosen.Where(s => s.Length > 0))} leave none "
                + $"(`{Self.Command} mutate --json` lists all)");
        }

        var text = given.GetValue(_json) ? null : new MutantText(new(output), jobs, settings, given.GetValue(_survivors));
        text?.Begin();
        var runs = interrupt.Until(jobs, job =>
        {
            var run = Do(job, settings with { Options = settings.Options with { MemoryBudget = memory ?? Remaining() } }, error);
            text?.Finished(run);
            return run;
        });

        bool shown = text is not null || traceFiles.IsAsked;
        var traces = names.IsEmpty || !shown ? [] : Traces(runs);
        int code = ExitCode.Of(
            violated: runs.Any(r => !r.Problems.IsEmpty),
            unfinished: runs.Count < jobs.Length || runs.Exists(r => r.IsUnfinished));
        if (text is null)
        {
            bool finished = runs.Count == jobs.Length && !interrupt.IsStopped && !runs.Exists(r => r.IsUnfinished);
            MutantJson.Write(output, runs, finished, shard, code);
        }
        else if (names.IsEmpty)
        {
            text.End(runs);
        }
        else
        {
            Show(new(output), runs, traces);
        }

        if (traceFiles.IsAsked)
        {
            traceFiles.Write([.. traces.Values], error);
        }

        directory?.Write(runs, error);
        report?.Write(
            App.Reports.Report.Of(
                runs,
                runs.Count == jobs.Length && !interrupt.IsStopped && !runs.Exists(r => r.IsUnfinished),
                interrupt.IsStopped ? 0 : MostTraces),
            error);
        if (runs.Exists(r => r.LacksMemory))
        {
            error.WriteLine("checker: not finished: the memory did not suffice for "
                + $"{Quantity.Of(runs.Sum(r => r.Outcomes.Count(o => o.IsUnfinished)), "mutant")} or their proofs; "
                + "give more with --memory, or try fewer at a time with --threads, or one design with --design");
        }

        return code;
    }

    /// <summary>
    /// Returns the selected designs. By default, these are the typical ones of the protocol, which together have every action and
    /// label.
    /// </summary>
    private ImmutableArray<Job> Jobs(ParseResult given, ImmutableArray<string> names)
    {
        var designs = CommonOptions.List(given, _designs, split: false);
        var (protocol, bounds) = (given.GetValue(_protocol), given.GetValue(_bounds));
        var jobs = Plan.Of(new(
            _protocols,
            names.IsEmpty || protocol is not null ? protocol : _protocols.Main.Name,
            designs,
            bounds,
            [],
            []));
        return designs.IsEmpty ? [.. jobs.Where(j => j.Protocol.TypicalDesigns.Contains(j.Design))] : jobs;
    }

    /// <summary>Returns the memory available to the next design, after releasing memory left behind by the previous one.</summary>
    private static long Remaining()
    {
        Machine.Release();
        return Math.Max(0, Math.Min(Machine.DefaultBudget(), Machine.Memory().Available - Machine.Reserve));
    }

    private static string NameOf(ImmutableArray<Job> jobs, string name) =>
        Choice.Of(
            "mutant",
            name,
            [.. jobs.SelectMany(j => Operators.Of(MutantRun.Expected(j))).Select(m => m.Name).Distinct(StringComparer.Ordinal)],
            $"of {jobs[0].Protocol.Name}",
            "checker mutate --json");

    private static MutantRun Do(Job job, MutantSettings settings, TextWriter error)
    {
        int done = 0;
        using (new ProgressLine(error, _ => $"{job}: {Quantity.Of(Volatile.Read(ref done), "mutant")} tried"))
        {
            return MutantRun.Do(job, settings, _ => Interlocked.Increment(ref done));
        }
    }

    /// <summary>Returns the trace of each killed mutant.</summary>
    private static Dictionary<MutantOutcome, NamedTrace> Traces(IEnumerable<MutantRun> runs) => new(
        from run in runs
        from outcome in run.Outcomes
        let trace = MutantTraces.Of(run.Job, outcome.Result)
        where trace is not null
        select KeyValuePair.Create(
            outcome,
            new NamedTrace(run.Job.Protocol, run.Job.ToString(), outcome.Mutation.Name, trace)),
        ReferenceEqualityComparer.Instance);

    /// <summary>Shows the mutants named by the user, each with its trace.</summary>
    private static void Show(
        Terminal terminal,
        IEnumerable<MutantRun> runs,
        Dictionary<MutantOutcome, NamedTrace> traces)
    {
        foreach (var (run, outcome) in runs.SelectMany(r => r.Outcomes.Select(o => (r, o))))
        {
            terminal.Line();
            terminal.Line($"{run.Job}: {outcome.Mutation.Name}: {outcome.Mutation.Text} ({outcome.Mutation.Source})", Tone.Strong);
            terminal.Line(outcome.Result switch
            {
                { Violations: [var first, ..] } => $"killed by {first.Property.Name} in {Quantity.Of(first.Length, "state")}",
                { Lost: [_, ..] lost } => $"noticed: {string.Join(", ", lost)} {(lost.Length == 1 ? "is" : "are")} not possible any more",
                { Verdict: MutantVerdict.Unfinished } => "UNFINISHED",
                _ =>
                    $"survives: {outcome.Result.Class?.ToString().ToLowerInvariant()}"
                        + (outcome.Explanation?.Declared is { } declared ? $"; {declared.Reason}" : ""),
            });
            if (traces.TryGetValue(outcome, out var named))
            {
                terminal.Line();
                terminal.Lines(TraceText.Write(named.Trace, new(terminal.Width)));
            }
        }
    }
}
