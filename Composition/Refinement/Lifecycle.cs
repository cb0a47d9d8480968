using System.Collections.Immutable;
using System.CommandLine;
using Checker.App;
using Checker.Cli.Options;
using Checker.Cli.Report;
using Checker.Cli.Signals;
using Checker.Composition.Protocols;
using Checker.Model.Catalogue;
using Checker.Properties.GuestMemory.Refinement;
using Refined = Checker.Properties.GuestMemory.Refinement.Lifecycle;

namespace Checker.Composition.Refinement;

/// <summary>The command <c>checker lifecycle</c>: the edges of the page life cycle taken by the pages of each design.</summary>
internal sealed class Lifecycle
{
    private readonly Option<string[]> _designs = CommonOptions.Designs();
    private readonly Option<string> _bounds = CommonOptions.Bounds();
    private readonly Option<bool> _json = new("--json") { Description = "prints one JSON object, and nothing else" };

    private Lifecycle()
    {
    }

    /// <summary>The edges taken by a design's pages.</summary>
    /// <param name="Taken">True for each edge taken by some step; null if it was not decided.</param>
    internal sealed record EdgesTaken(Job Job, ImmutableArray<(Edge Edge, bool? Taken)> Taken, Run Run)
    {
        /// <summary>True if the design refines the life cycle; null if it was not decided.</summary>
        public bool? Refines => !Run.Judgement.Violations.IsEmpty ? false : Run.IsUnfinished ? null : true;

        /// <summary>The key of a life. Designs with the same key take the same edges.</summary>
        public string Key => string.Join(';', Taken.Select(t => $"{t.Edge} {string.Join(',', t.Edge.Actions)} {t.Taken}"));
    }

    public static Command Create(string name, string description)
    {
        var lifecycle = new Lifecycle();
        var command = new Command(name, description) { lifecycle._designs, lifecycle._bounds, lifecycle._json };
        command.SetAction(lifecycle.Run);
        return command;
    }

    private int Run(ParseResult given)
    {
        var (output, error) = (given.InvocationConfiguration.Output, given.InvocationConfiguration.Error);
        var protocol = Registry.Get(Registry.All.Main.Name);
        var bounds = given.GetValue(_bounds) is { } text ? BoundsOption.Parse(protocol, text) : Bounds.DefaultOf(protocol);
        var interrupt = Interrupt.Of(given);
        var settings = new Settings(
            new()
            {
                Threads = Machine.Cores,
                Vacuity = false,
                EveryProperty = true,
                MemoryBudget = Machine.DefaultBudget(),
                Cancellation = interrupt.Token
            },
            null);
        var designs = DesignPattern.Select(Registry.All, protocol, CommonOptions.List(given, _designs, split: false));
        var answers = interrupt.Until(
            designs,
            design => Ask(new(protocol, design, bounds, new(() => Refined.Questions(design).System), []), settings, error));

        if (given.GetValue(_json))
        {
            WriteJson(output, answers, designs.Length);
        }
        else
        {
            Write(new Terminal(output), answers);
            if (answers.Count < designs.Length)
            {
                output.WriteLine($"not finished: {Quantity.Of(designs.Length - answers.Count, "design")} not explored");
            }
        }

        bool refines = answers.All(a => a.Refines != false);
        return ExitCode.Of(
            violated: !refines,
            unfinished: answers.Count < designs.Length || answers.Exists(a => a.Run.IsUnfinished));
    }

    private static EdgesTaken Ask(Job job, Settings settings, TextWriter error)
    {
        var run = App.Run.Do(job, settings, search => new ProgressLine(error, job.ToString(), () => search.Progress));
        var results = run.Result.Properties.ToDictionary(p => p.Property.Name, p => p.Holds, StringComparer.Ordinal);
        return new(job, [.. Refined.Questions(job.Design).Questions.Select(q => (q.Edge, results[q.Property]))], run);
    }

    private static void Write(Terminal terminal, List<EdgesTaken> answers)
    {
        foreach (var answer in answers)
        {
            foreach (var violation in answer.Run.Judgement.Violations)
            {
                terminal.Line(
                    $"{answer.Job}: {violation.Property} is violated: a page takes a step that the life cycle does not have.",
                    Tone.Bad);
                terminal.Lines(Solver.Traces.Text.TraceText.Write(answer.Run.TraceOf(violation.Result), new(terminal.Width)));
                terminal.Line();
            }
        }

        foreach (var same in answers.GroupBy(a => a.Key))
        {
            terminal.Line(string.Join("\n", same.Select(a => a.Job.ToString())), Tone.Strong);
            terminal.Table(
                ["from", "to", "taken", "as in the life cycle's"],
                same.First().Taken.Select(t =>
                    new[] { $"{t.Edge.From}", $"{t.Edge.To}", Word(t.Taken), string.Join(", ", t.Edge.Actions) }));
            terminal.Line();
            Mermaid(terminal, same.First());
            terminal.Line();
        }
    }

    /// <summary>Writes the edges taken as Mermaid's state diagram.</summary>
    private static void Mermaid(Terminal terminal, EdgesTaken answer)
    {
        terminal.Row("  stateDiagram-v2");
        terminal.Row("    [*] --> Shared");
        foreach (var (edge, _) in answer.Taken.Where(t => t.Taken == true))
        {
            terminal.Row($"    {edge.From} --> {edge.To}: {string.Join(", ", edge.Actions)}");
        }
    }

    private static void WriteJson(TextWriter output, List<EdgesTaken> answers, int asked) => Json.Write(output, "lifecycle", json =>
    {
        json.WriteBoolean("finished", answers.Count == asked && !answers.Exists(a => a.Run.IsUnfinished));
        Json.Objects(json, "designs", answers, answer =>
        {
            Json.Parts(json, answer.Job.Protocol, answer.Job.Design);

            json.WriteString("bounds", answer.Job.Bounds.ToString());
            Json.Boolean(json, "refines", answer.Refines);
            Json.Objects(json, "edges", answer.Taken, taken =>
            {
                json.WriteString("from", taken.Edge.From.ToString());
                json.WriteString("to", taken.Edge.To.ToString());
                json.WriteString("taken", Word(taken.Taken));
                Json.Strings(json, "actions", taken.Edge.Actions);
            });
        });
    });

    private static string Word(bool? taken) => taken switch
    {
        true => "yes",
        false => "no",
        null => "not decided",
    };
}
