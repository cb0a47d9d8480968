using System.CommandLine;
using Checker.App;
using Checker.Cli.Options;
using Checker.Cli.Report;
using Checker.Cli.Signals;
using Checker.Model.Catalogue;
using Checker.Model.Ir;
using Checker.Solver;
using Checker.Solver.Proof;
using Checker.Solver.Proof.Inference;
using Checker.Solver.Smt;
using Checker.Solver.Traces;
using Checker.Solver.Traces.Text;

namespace Checker.Cli.Commands;

/// <summary>
/// The command <c>checker infer</c>: finds the lemmas of a proof for any size automatically, and prints them as C# for pasting.
/// </summary>
internal sealed class Infer
{
    private readonly ProtocolSet _protocols;
    private const int MostTemplate = 4;

    private readonly Option<string> _protocol = CommonOptions.Protocol();
    private readonly Option<string[]> _designs = CommonOptions.Designs();
    private readonly Option<string[]> _drop = CommonOptions.Drop();
    private readonly Option<string> _property = new("--property")
    {
        HelpName = "name",
        Description = "the property to prove; the protocol's first invariant if not given"
    };
    private readonly Option<string> _variables = new("--variables")
    {
        HelpName = "number",
        Description = $"the most quantified variables of a candidate, 1 to {MostTemplate}; 3 if not given"
    };
    private readonly Option<string> _literals = new("--literals")
    {
        HelpName = "number",
        Description = $"the most literals of a candidate, 1 to {MostTemplate}; 3 if not given"
    };
    private readonly Option<bool> _largest = new("--largest")
    {
        Description = "also counts the candidates of at most two literals and finds the largest inductive subset of them, "
            + "which takes longer"
    };
    private readonly Option<bool> _verbose = new("--verbose")
    {
        Description = "says on standard error which candidates are taken and given up"
    };
    private readonly Option<bool> _json = new("--json") { Description = "prints one JSON object with the runs, and nothing else" };

    private Infer(ProtocolSet protocols) => _protocols = protocols;

    public static Command Create(ProtocolSet protocols, string name, string description)
    {
        var infer = new Infer(protocols);
        var command = new Command(name, description)
        {
            infer._protocol, infer._designs, infer._drop, infer._property, infer._variables, infer._literals, infer._largest,
            infer._verbose, infer._json,
        };
        command.SetAction(infer.Run);
        return command;
    }

    private int Run(ParseResult given)
    {
        var (output, error) = (given.InvocationConfiguration.Output, given.InvocationConfiguration.Error);
        var protocol = Plan.ProtocolNamed(_protocols, given.GetValue(_protocol));
        string property = given.GetValue(_property) ?? DefaultOf(protocol);
        var jobs = ProofJob.Of(
            new(
                _protocols,
                protocol.Name,
                CommonOptions.List(given, _designs, split: false),
                null,
                CommonOptions.List(given, _drop, split: true),
                [property],
                Engine.Inference),
            _ => { });
        var interrupt = Interrupt.Of(given);
        var options = new InferOptions
        {
            Variables = given.GetValue(_variables) is { } variables ? Quantity.Parse("--variables", variables, 1, MostTemplate) : 3,
            Literals = given.GetValue(_literals) is { } literals ? Quantity.Parse("--literals", literals, 1, MostTemplate) : 3,
            Largest = given.GetValue(_largest),
            Threads = Machine.Cores,
            Memory = Machine.DefaultBudget(),
            Cancellation = interrupt.Token,
        };
        NativeZ3.Require();
        var terminal = given.GetValue(_json) ? null : new Terminal(output);
        terminal?.Line($"checker {Self.ShortVersion}, Z3 {NativeZ3.Probe().Version}: lemmas for {Quantity.Of(jobs.Length, "design")}, "
            + $"at most {options.Variables} variables and {options.Literals} literals each");
        var results = interrupt.Until(jobs, job =>
        {
            var claim = job.Properties.First(p => !p.IsRule);
            var result = Inferred(
                job,
                claim,
                options,
                given.GetValue(_verbose) ? line => error.WriteLine($"checker: {job}: {line}") : null);
            if (result.Answer is Answer.Violated { Trace: var trace } violated)
            {
                trace = trace with { Header = (job.Job with { Bounds = BoundsOf(job, trace) }).Header };
                result = result with { Answer = violated with { Trace = trace } };
            }

            if (terminal is not null)
            {
                Show(terminal, job, result);
                if (!result.Answer.IsDecided && (options.Variables < MostTemplate || options.Literals < MostTemplate))
                {
                    terminal.Line($"  a larger template may have the lemmas: --variables {Math.Min(MostTemplate,
                        options.Variables + 1)} --literals {Math.Min(MostTemplate, options.Literals + 1)}");
                }
            }

            return (Job: job, Result: result);
        });

        if (terminal is null)
        {
            Json.Write(output, "infer", json =>
            {
                json.WriteBoolean("finished", results.Count == jobs.Length && !interrupt.IsStopped);
                Json.Objects(json, "runs", results, r => Write(json, r.Job, r.Result));
            });
        }

        return ExitCode.Of(
            violated: results.Any(r => r.Result.Answer.IsViolated),
            unfinished: results.Count < jobs.Length || results.Any(r => r.Result.Answer is not Answer.Holds));
    }

    /// <summary>Returns the first invariant of the first design, or else the first property which inference can prove.</summary>
    /// <exception cref="BadInputException">The protocol has no such property.</exception>
    private static string DefaultOf(Protocol protocol)
    {
        var known = protocol.Designs.SelectMany(d => protocol.Build(d).Properties)
            .Where(p => Engine.Inference.Decides(p.Kind))
            .ToList();
        return (known.Find(p => p.IsClaimedInvariant && !p.IsAboutSteps) ?? known.FirstOrDefault())?.Name
            ?? throw new BadInputException($"infer proves an invariant, and {protocol.Name} has none");
    }

    /// <exception cref="BadInputException">A part of the model has no proof for any size.</exception>
    private static InferResult Inferred(ProofJob job, PropertyDeclaration claim, InferOptions options, Action<string>? progress)
    {
        try
        {
            return LemmaInference.Run(job.System, claim, options, progress);
        }
        catch (Exception failure) when (failure.GetBaseException() is NotSupportedException refused)
        {
            throw new BadInputException(
                $"{job.Job.Protocol.Name} {job}: {refused.Message}; "
                    + $"`{Self.Command} verify{Self.From(job.Job.Protocol)} "
                    + $"--protocol {Self.Argument(job.Job.Protocol.Name)}` explores it");
        }
    }

    /// <summary>Returns the sizes of the trace's instance in the protocol's order. A sort missing in the design has one element.</summary>
    private static Bounds BoundsOf(ProofJob job, Trace trace) => job.Job.Bounds with
    {
        Sizes = [.. job.Job.Bounds.Sorts.Select(name =>
            trace.Scope.System.Sorts.FirstOrDefault(s => s.Name == name) is { } sort ? trace.Scope.SizeOf(sort) : 1)],
    };

    /// <summary>Returns the command which explores the instance of the trace.</summary>
    private static string VerifyCommand(Trace trace)
    {
        var header = trace.Header;
        string[] words =
        [
            Self.Command,
            "verify",
            "--protocol",
            Self.Argument(header.Protocol),
            .. header.Design.Length == 0 ? Array.Empty<string>() : ["--design", Self.Argument(header.Design)],
            .. header.Bounds.Length == 0 ? Array.Empty<string>() : ["--bounds", header.Bounds],
            .. header.Dropped.SelectMany(l => (string[])["--drop", Self.Argument(l)]),
            "--property", Self.Argument(trace.Property!.Name),
        ];
        return string.Join(' ', words);
    }

    private static void Show(Terminal terminal, ProofJob job, InferResult result)
    {
        var statistics = result.Statistics;
        terminal.Line();
        terminal.Line(
            ($"{job.Job.Protocol.Name} {job}: {result.Property.Name} ", Tone.Strong),
            result.Answer switch
            {
                Answer.Holds => ($"proved {Domain.Of(job.System)}", Tone.Good),
                Answer.Violated => ("REFUTED", Tone.Bad),
                _ => ("NOT PROVED", Tone.Bad),
            },
            ($"  {Quantity.Seconds(statistics.Duration)} s", Tone.Quiet));
        string holding = statistics.Candidates is { } candidates
            ? $"; of those of at most {Quantity.Of(statistics.LargestLiterals, "literal")} {Quantity.Count(candidates)} hold"
            : "";
        string largest = statistics.Largest is { } size ? $", {Quantity.Count(size)} of them are inductive together" : "";
        terminal.Line(
            $"  samples: the reachable states of {Quantity.Of(statistics.Instances.Length, "instance")} "
                + $"({Quantity.Count(statistics.Instances.Sum(i => i.States))} states); "
                + $"the template has {statistics.Template:N0} clauses{holding}{largest}",
            Tone.Quiet);
        terminal.Line(
            $"  {Quantity.Of(statistics.Counterexamples, "counterexample")} to induction; {Quantity.Of(statistics.Chosen, "candidate")} "
                + $"taken, {result.Lemmas.Length} needed",
            Tone.Quiet);
        if (result.Answer is Answer.Violated { Trace: var violated })
        {
            terminal.Line($"  violated at {Describe(job, violated)}; `{VerifyCommand(violated)}` explores that instance");
        }
        else if (result.Answer is Answer.Undecided { Why: var why })
        {
            terminal.Line($"  {why}");
        }

        if (result.Stuck is { } stuck)
        {
            string cells = string.Join(", ", stuck.Unusual.Select(c => $"{c} = {Printer.Value(c.Variable.Type, stuck.Before[c.Number])}"));
            terminal.Line($"  The state: {(cells.Length == 0 ? "the initial one" : $"as the initial one, but {cells}")}");
        }

        foreach (var lemma in result.Lemmas)
        {
            // Source code, to be copied.
            terminal.Row(CSharp.Declare(lemma));
        }

        if (result.Answer is Answer.Violated { Trace: var violation })
        {
            terminal.Line();
            terminal.Lines(TraceText.Write(violation, new(terminal.Width)));
        }
    }

    /// <summary>Returns the bounds as text: "--bounds 2,1 (pages,frames)".</summary>
    private static string Describe(ProofJob job, Trace trace) =>
        trace.Header.Bounds.Length == 0 ? "the one instance there is" : $"--bounds {trace.Header.Bounds} ({job.Job.Bounds.Names})";

    private static void Write(System.Text.Json.Utf8JsonWriter json, ProofJob job, InferResult result)
    {
        json.WriteString("protocol", job.Job.Protocol.Name);
        Json.Parts(json, job.Job.Protocol, job.Job.Design);

        Json.Strings(json, "dropped", job.Job.Dropped);
        json.WriteString("property", result.Property.Name);
        Json.Answer(json, result.Answer);
        Json.Domain(json, job.System);
        json.WriteString("bounds", result.Answer.Shown?.Header.Bounds);
        Json.Number(json, "length", result.Answer.Shown?.Length);
        Json.Strings(json, "lemmas", result.Lemmas.Select(l => l.Formula.ToString()));
        json.WriteNumber("counterexamples", result.Statistics.Counterexamples);
        json.WriteNumber("seconds", Math.Round(result.Statistics.Duration.TotalSeconds, 3));
    }
}
