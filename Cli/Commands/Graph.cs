using System.Collections.Immutable;
using System.CommandLine;
using Checker.App;
using Checker.Cli.Options;
using Checker.Cli.Report;
using Checker.Cli.Signals;
using Checker.Model.Catalogue;
using Checker.Solver;
using Checker.Solver.Explicit;
using Checker.Solver.Graph;
using Checker.Solver.Instance;
using Checker.Solver.Traces;
using Checker.Solver.Traces.Text;

namespace Checker.Cli.Commands;

/// <summary>
/// The command <c>checker graph</c>: draws the state graph of a small instance or the surroundings of a counterexample, or decides
/// if an instance can always return to its initial state.
/// </summary>
internal sealed class Graph
{
    private readonly ProtocolSet _protocols;
    private const int DefaultLimit = 1_000;
    private const int MostStates = 1_000_000;
    private const int MostRadius = 1_000;

    private readonly Option<string> _protocol = CommonOptions.Protocol();
    private readonly Option<string[]> _designs = CommonOptions.Designs();
    private readonly Option<string> _bounds = CommonOptions.Bounds();
    private readonly Option<string[]> _drop = CommonOptions.Drop(" (checker list labels)");
    private readonly Option<string[]> _properties =
        CommonOptions.Properties("marks only violations of this property (checker list properties)");
    private readonly Option<string> _to = new("--to")
    {
        HelpName = "format",
        Description = "draws the states and steps of one design: dot (Graphviz) or graphml"
    };
    private readonly Option<string> _out = new("--out") { HelpName = "file", Description = "where to; standard output if not given" };
    private readonly Option<bool> _around = new("--around-trace")
    {
        Description = "draws only the surroundings of the shortest counterexample"
    };
    private readonly Option<string> _radius = new("--radius") { HelpName = "steps", Description = "how far from it; 1 if not given" };
    private readonly Option<string> _limit = new("--limit")
    {
        HelpName = "states",
        Description = $"the most states to draw; {DefaultLimit} if not given"
    };
    private readonly Option<bool> _components = new("--components")
    {
        Description = "reports the strongly connected components: can the system always return to its initial state?"
    };
    private readonly Option<bool> _json = new("--json")
    {
        Description = "prints one JSON object with the components, and nothing else"
    };

    private Graph(ProtocolSet protocols) => _protocols = protocols;

    public static Command Create(ProtocolSet protocols, string name, string description)
    {
        var graph = new Graph(protocols);
        var command = new Command(name, description)
        {
            graph._protocol, graph._designs, graph._bounds, graph._drop, graph._properties, graph._to, graph._out, graph._around,
            graph._radius, graph._limit, graph._components, graph._json,
        };
        command.SetAction(graph.Run);
        return command;
    }

    private int Run(ParseResult given)
    {
        var jobs = Plan.Of(new(
            _protocols,
            given.GetValue(_protocol),
            CommonOptions.List(given, _designs, split: false),
            given.GetValue(_bounds),
            CommonOptions.List(given, _drop, split: true), CommonOptions.List(given, _properties, split: true), Engine.StateGraph));
        var format = given.GetValue(_to) is { } to ? Writer(Choice.Of("format", to, ["dot", "graphml"], "of --to")) : null;
        int limit = given.GetValue(_limit) is { } most ? Quantity.Parse("--limit", most, 1, MostStates) : DefaultLimit;
        int? radius = given.GetValue(_around) ? 1 : null;
        if (given.GetValue(_radius) is { } steps)
        {
            radius = radius is null
                ? throw new BadInputException("--radius is for --around-trace, which is not given")
                : Quantity.Parse("--radius", steps, 0, MostRadius);
        }

        bool components = given.GetValue(_components);
        if (components == (format is not null))
        {
            throw new BadInputException("graph draws (--to dot, --to graphml) or reports (--components): give one of them");
        }

        if (components
            && (radius is not null
            || given.GetValue(_out) is not null
            || given.GetValue(_limit) is not null
            || given.GetValue(_properties) is { Length: > 0 }))
        {
            throw new BadInputException("--around-trace, --out, --limit and --property are for drawing (--to), not for --components, "
                + "which asks about the states alone");
        }

        var interrupt = Interrupt.Of(given);
        try
        {
            if (given.GetValue(_json) && !components)
            {
                throw new BadInputException("--json is for --components; --to graphml draws for programs");
            }

            return interrupt.Run(() => components
                ? Report(new(given.InvocationConfiguration.Output), jobs, given.GetValue(_json), interrupt.Token)
                : Draw(One(jobs), format!, given.GetValue(_out), given.InvocationConfiguration.Output, radius, limit, interrupt.Token));
        }
        catch (UnfinishedException unfinished)
        {
            given.InvocationConfiguration.Error.WriteLine($"checker: not finished: {unfinished.Message}");
            return ExitCode.Unfinished;
        }
    }

    private static Action<StateGraph, TextWriter> Writer(string format) => format == "dot" ? Dot.Write : GraphMl.Write;

    private static Job One(ImmutableArray<Job> jobs) => jobs is [var job]
        ? job
        : throw new BadInputException($"--to draws one design, and {jobs.Length} are meant: name one with --design or --protocol "
            + "(checker list designs)");

    private static int Draw(
        Job job,
        Action<StateGraph, TextWriter> write,
        string? file,
        TextWriter output,
        int? radius,
        int limit,
        CancellationToken cancellation)
    {
        var target = file is null ? null : new OutputFile("--out", file);
        var space = Explore(job, cancellation);
        var (trace, states) = (ImmutableArray<int>.Empty, (IReadOnlySet<int>)Enumerable.Range(0, space.Count).ToHashSet());
        if (radius is { } steps)
        {
            trace = space.Follow(Counterexample(job, cancellation));
            states = space.Within(trace, steps, cancellation);
        }

        if (states.Count > limit)
        {
            throw new BadInputException(radius is null
                ? $"{job} has {Quantity.Count(states.Count)} states{job.Bounds.At}, more than the {Quantity.Count(limit)} of --limit: "
                    + "choose smaller bounds, --around-trace, or a higher limit"
                : $"{Quantity.Count(states.Count)} states lie within {Quantity.Of(radius.Value, "step")} of the trace, "
                    + $"more than the {Quantity.Count(limit)} of --limit: choose a smaller --radius or a higher limit");
        }

        var graph = StateGraph.Of(space, states, trace, cancellation);
        if (target is null)
        {
            write(graph, output);
        }
        else
        {
            var text = new StringWriter();
            write(graph, text);
            target.Write(text.ToString());
        }

        return ExitCode.Ok;
    }

    private static Trace Counterexample(Job job, CancellationToken cancellation)
    {
        var result = new Exhaustive(job.Scope(), new() { Vacuity = false, Lemmas = true, Cancellation = cancellation }).Run();
        cancellation.ThrowIfCancellationRequested();
        return result.FirstViolation?.Trace
            ?? throw new BadInputException($"--around-trace: {job} violates no property{job.Bounds.At}, "
                + "so there is no trace to draw around");
    }

    private static int Report(Terminal terminal, ImmutableArray<Job> jobs, bool asJson, CancellationToken cancellation)
    {
        var found = jobs.Select(job => (Job: job, Components: Components.Of(Explore(job, cancellation), cancellation))).ToList();
        if (asJson)
        {
            Json.Write(terminal.Writer, "graph", json =>
            {
                json.WriteBoolean("finished", true);
                Json.Objects(json, "runs", found, f =>
                {
                    json.WriteString("protocol", f.Job.Protocol.Name);
                    Json.Parts(json, f.Job.Protocol, f.Job.Design);
                    json.WriteString("bounds", f.Job.Bounds.ToString());
                    Json.Strings(json, "dropped", f.Job.Dropped);
                    json.WriteNumber("states", f.Components.Space.Count);
                    json.WriteNumber("steps", f.Components.Space.Steps);
                    json.WriteNumber("components", f.Components.Count);
                    json.WriteNumber("largest", f.Components.Largest);
                    json.WriteNumber("final", f.Components.Final);
                    json.WriteBoolean("alwaysReturns", f.Components.AlwaysReturns);
                });
            });
            return ExitCode.Ok;
        }

        terminal.Line("Can the system always return to its initial state?", Tone.Strong);
        foreach (var protocol in found.GroupBy(f => f.Job.Protocol))
        {
            terminal.Line();
            string at = protocol.First().Job.Bounds is { Sorts.IsEmpty: false } bounds ? $", bounds {bounds} ({bounds.Names})" : "";
            terminal.Line($"{protocol.Key.Name}{at}");
            terminal.Table(
                ["design", "states", "steps", "components", "largest", "final", "returns"],
                protocol.Select(f => (IReadOnlyList<string>)
            [
                f.Job.ToString(),
                Quantity.Count(f.Components.Space.Count),
                Quantity.Count(f.Components.Space.Steps),
                Quantity.Count(f.Components.Count),
                Quantity.Count(f.Components.Largest), Quantity.Count(f.Components.Final), Answer(f.Components),
            ]));
        }

        terminal.Line();
        terminal.Line("components: largest sets of states that all lead to each other; final: those that are never left", Tone.Quiet);
        if (found is [{ Components.NoReturn: { } stuck, Job: var job }])
        {
            terminal.Line();
            terminal.Line("A shortest way to a state from which nothing leads back to the initial state:", Tone.Strong);
            terminal.Line();
            terminal.Lines(TraceText.Write(stuck.Trace with { Header = job.Header }, new(terminal.Width)));
        }
        else if (found.FirstOrDefault(f => !f.Components.AlwaysReturns) is { Job: { } first })
        {
            terminal.Line(
                $"one design at a time shows its trace: {Self.Command} graph --components{Self.From(first.Protocol)} --protocol "
                    + $"{first.Protocol.Name}{(first.Design.Parts.IsEmpty ? "" : $" --design {first.Design.Id}")}",
                Tone.Quiet);
        }

        return ExitCode.Ok;
    }

    private static string Answer(Components components) => components.NoReturn is not { } stuck
        ? "always"
        : $"not after {Quantity.Of(stuck.Trace.Length - 1, "step")}: "
            + $"{(stuck.Kept.IsEmpty ? "no single cell is the reason" : string.Join(", ", stuck.Kept))}";

    private static StateSpace Explore(Job job, CancellationToken cancellation)
    {
        try
        {
            return StateSpace.Explore(job.Scope(), Machine.DefaultBudget(), cancellation);
        }
        catch (InstanceTooLargeException tooLarge)
        {
            throw job.TooLarge(tooLarge);
        }
    }
}
