using System.CommandLine;
using Checker.App;
using Checker.App.Gate;
using Checker.Cli.Gate;
using Checker.Cli.Report;

namespace Checker.Cli.Commands;

/// <summary><c>checker merge FILE...</c>: joins the results of a command that was divided by <c>--shard</c>.</summary>
internal sealed class Merge
{
    private readonly Argument<string[]> _files = new("file")
    {
        HelpName = "file",
        Arity = ArgumentArity.OneOrMore,
        Description = "the --json output of each part, in any order",
    };

    private readonly Option<bool> _json = new("--json") { Description = "prints the JSON of the undivided command, and nothing else" };
    private readonly GateOptions _gate = new();

    public static Command Create(string name, string description)
    {
        var merge = new Merge();
        var command = new Command(name, description) { merge._files, merge._json };
        merge._gate.AddTo(command);
        command.SetAction(merge.Run);
        return command;
    }

    private int Run(ParseResult given)
    {
        var (output, error) = (given.InvocationConfiguration.Output, given.InvocationConfiguration.Error);
        string[] paths = given.GetValue(_files)!;
        var merged = MergedResults.Of([.. paths.Select(ResultFile.Read)]);
        if (merged.Command != GateJson.Command && _gate.FirstGiven(given) is { } option)
        {
            throw new BadInputException($"{option} is for the results of `ci`; these are of `{merged.Command}`");
        }

        _gate.Check(given);
        if (given.GetValue(_json))
        {
            CiJson.Write(output, merged);
        }
        else
        {
            Print(new(output), merged);
        }

        if (merged.GateRuns is { } runs)
        {
            _gate.Write(() => runs, error);
        }

        return merged.Code;
    }

    private static void Print(Terminal terminal, MergedResults merged)
    {
        string title = $"checker {Self.ShortVersion} merge: {Quantity.Of(merged.Shards, "part")} of `{merged.Command}`, "
            + Quantity.Of(merged.Work.Length, "check");
        if (merged.GateRuns is not { } runs)
        {
            var verdicts = merged.Runs.GroupBy(r => r.GetProperty("verdict").ToString(), StringComparer.Ordinal)
                .Select(g => $"{g.Count()} {g.Key}");
            terminal.Line(title);
            terminal.Line($"{Quantity.Of(merged.Runs.Length, "result")}: {string.Join(", ", verdicts)}"
                + (merged.IsFinished ? "." : "; not all of the work was finished."));
            return;
        }

        var text = new CiText(terminal);
        text.Begin(title, runs.Select(r => r.Name));
        foreach (var run in runs)
        {
            text.Finished(run);
        }

        text.End(runs, merged.Work.Length);
    }
}
