using System.Collections.Immutable;
using System.CommandLine;
using Checker.App;
using Checker.App.Pages;
using Checker.Cli.Options;
using Checker.Cli.Report;
using Checker.Cli.Signals;
using Checker.Model.Catalogue;

namespace Checker.Cli.Commands;

/// <summary>The command <c>checker bugs</c>: searches known bugs of real systems in the models which have them.</summary>
internal sealed class Bugs
{
    private readonly ProtocolSet _protocols;
    private readonly Argument<string[]> _ids = new("bug")
    {
        Arity = ArgumentArity.ZeroOrMore,
        Description = "the bug to tell about, by its id; all of them as a table if not given",
    };
    private readonly Option<string> _protocol = CommonOptions.Protocol();
    private readonly Option<string> _write = new("--write")
    {
        HelpName = "file",
        Description = "writes the page with all bugs, grouped by the kind of the mistake: docs/bugs.md",
    };
    private readonly Option<string> _threads = CommonOptions.Threads("how many threads search", ". The result is the same for any number");
    private readonly Option<bool> _json = new("--json") { Description = "prints one JSON object with the runs, and nothing else" };

    private Bugs(ProtocolSet protocols) => _protocols = protocols;

    public static Command Create(ProtocolSet protocols, string name, string description)
    {
        var bugs = new Bugs(protocols);
        var command = new Command(name, description) { bugs._ids, bugs._protocol, bugs._write, bugs._threads, bugs._json };
        command.SetAction(bugs.Run);
        return command;
    }

    private int Run(ParseResult given)
    {
        var (output, error) = (given.InvocationConfiguration.Output, given.InvocationConfiguration.Error);
        string? path = given.GetValue(_write);
        bool narrowed = given.GetValue(_protocol) is not null || given.GetValue(_ids) is { Length: > 0 };
        if (path is not null && narrowed)
        {
            throw new BadInputException("--write is for all bugs: leave out the bug and --protocol");
        }

        var bugs = Selected(given);
        var page = path is null ? null : new OutputFile("--write", path);
        var interrupt = Interrupt.Of(given);
        int threads = CommonOptions.Threads(given, _threads);
        Machine.RequireHeap();
        var options = new Solver.Explicit.ExplorationOptions
        {
            Threads = threads,
            MemoryBudget = Machine.DefaultBudget(),
            Cancellation = interrupt.Token,
        };
        var text = given.GetValue(_json) ? null : new BugText(new(output), isOne: given.GetValue(_ids) is { Length: > 0 });
        text?.Begin(bugs);
        var runs = interrupt.Until(bugs, bug =>
        {
            var run = BugRun.Do(bug.Protocol, bug.Bug, options);
            text?.Finished(run);
            return run;
        });
        bool finished = runs.Count == bugs.Length && runs.TrueForAll(r => r.Verdict != BugVerdict.Unfinished);
        int code = ExitCode.Of(violated: runs.Exists(r => r.Verdict == BugVerdict.Missed), unfinished: !finished);
        text?.End(runs);
        if (text is null)
        {
            BugJson.Write(output, runs, finished);
        }

        if (page is not null && code == ExitCode.Ok)
        {
            page.Write(new BugsPage([.. runs]).Text());
            error.WriteLine($"wrote {path}");
        }

        return code;
    }

    /// <exception cref="BadInputException">There is no such bug, or the protocol has none.</exception>
    private ImmutableArray<(Protocol Protocol, Bug Bug)> Selected(ParseResult given)
    {
        ImmutableArray<Protocol> protocols = given.GetValue(_protocol) is { } name
            ? [Plan.ProtocolNamed(_protocols, name)]
            : [.. _protocols];
        ImmutableArray<(Protocol Protocol, Bug Bug)> all = [.. protocols.SelectMany(p => p.Bugs.Select(b => (p, b)))];
        if (all.IsEmpty)
        {
            throw new BadInputException($"{string.Join(", ", protocols.Select(p => p.Name))}: there are no known bugs");
        }

        string[] ids = given.GetValue(_ids) ?? [];
        if (ids.Length == 0)
        {
            return all;
        }

        var chosen = ids.Select(id => Choice.Of("bug", id, [.. all.Select(b => b.Bug.Id)], "", $"{Self.Command} bugs")).ToHashSet();
        return [.. all.Where(b => chosen.Contains(b.Bug.Id))];
    }
}
