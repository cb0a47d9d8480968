using System.Collections.Immutable;
using System.CommandLine;
using Checker.App;
using Checker.App.Gate;
using Checker.Cli.Gate;
using Checker.Cli.Options;
using Checker.Cli.Report;
using Checker.Cli.Signals;
using Checker.Model.Catalogue;
using Checker.Solver;
using Checker.Solver.Smt;

namespace Checker.Cli.Commands;

/// <summary>The command <c>checker ci</c>: runs the checks of a file, and compares their results with the accepted ones.</summary>
internal sealed class Ci
{
    private readonly ProtocolSet _protocols;
    private readonly Argument<string> _file = new("file")
    {
        HelpName = "file",
        Arity = ArgumentArity.ZeroOrOne,
        Description = $"the list of checks, as `checker init` writes it; {GateFile.DefaultPath} if not given",
    };

    private readonly Option<bool> _accept = new("--accept")
    {
        Description = "makes the results the accepted ones: writes them to the file's baseline, if nothing failed",
    };

    private readonly Option<string> _shard = CommonOptions.Shard();
    private readonly GateOptions _gate = new();
    private readonly Option<bool> _json = new("--json") { Description = "prints one JSON object with the checks, and nothing else" };

    private Ci(ProtocolSet protocols) => _protocols = protocols;

    public static Command Create(ProtocolSet protocols, string name, string description)
    {
        var ci = new Ci(protocols);
        var command = new Command(name, description) { ci._file, ci._accept, ci._shard, ci._json };
        ci._gate.AddTo(command);
        command.SetAction(ci.Run);
        return command;
    }

    private int Run(ParseResult given)
    {
        var (output, error) = (given.InvocationConfiguration.Output, given.InvocationConfiguration.Error);
        string path = given.GetValue(_file) ?? GateFile.DefaultPath;
        var part = given.GetValue(_shard) is { } text ? Shard.Parse(text) : null;
        if (given.GetValue(_file) is null && !File.Exists(path))
        {
            throw new BadInputException($"there is no {path} here; `{Self.Command} init` writes one, "
                + $"and `{Self.Command} ci FILE` reads another");
        }

        var file = GateFile.Read(path, _protocols, FromOption.Of(given) is not null);
        var all = file.Checks;
        var (checks, shard) = part is null ? (all, null) : part.Of(all, c => c.Name);
        bool accept = given.GetValue(_accept);
        if (accept && (file.Baseline is null || shard is not null))
        {
            throw new BadInputException(shard is null
                ? $"--accept: {path} names no file for the accepted results; add \"baseline\": \"checker.baseline.json\""
                : "--accept takes the results of all checks: leave out --shard");
        }

        var accepted = file.Baseline is { } baseline ? Baseline.Read(baseline) : null;
        var target = accept ? new OutputFile("--accept", file.Baseline!) : null;
        _gate.Check(given);
        if (checks.Any(c => c.Engine is Engine.Proof or Engine.BoundedModelChecking))
        {
            NativeZ3.Require();
        }

        var interrupt = Interrupt.Of(given);
        var terminal = given.GetValue(_json) ? null : new CiText(new(output));
        terminal?.Begin(
            $"checker {Self.ShortVersion} ci: {path}, {Quantity.Of(checks.Length, "check")}"
                + (shard is null ? "" : $", part {shard.Index} of {shard.Count}"),
            checks.Select(c => c.DesignName));
        var runs = interrupt.Until(checks, check =>
        {
            var run = check.Do(search => new ProgressLine(error, check.Name, () => search.Progress), interrupt.Token);
            terminal?.Finished(run);
            return run;
        });
        var differences = accepted?.Differences(runs, [.. checks.Select(c => c.Name)], isWhole: shard is null && runs.Count == all.Length);
        int code = CodeOf(file, runs, checks.Length, accept ? null : differences);
        terminal?.End(runs, checks.Length);
        if (terminal is not null && !accept && file.Baseline is { } shown)
        {
            Compare(terminal, output, shown, differences, path);
        }

        if (terminal is null)
        {
            CiJson.Write(output, runs, runs.Count == checks.Length && !runs.Any(r => r.IsUndecided), differences, shard, code);
        }

        _gate.Write(() => runs, error);
        if (target is not null)
        {
            Accept(target, file.Baseline!, runs, code, error);
        }

        return code;
    }

    /// <summary>Returns the exit code. A difference from the accepted results counts only if the file says so.</summary>
    private static int CodeOf(GateFile file, List<GateRun> runs, int asked, ImmutableArray<GateDifference>? differences)
    {
        int code = GateRun.CodeOf(runs, asked);
        return code == ExitCode.Ok && file.DifferenceFails && differences is { IsEmpty: false } ? ExitCode.Violated : code;
    }

    private static void Compare(CiText text, TextWriter output, string baseline, ImmutableArray<GateDifference>? differences, string path)
    {
        string accept = $"{Self.Command} ci{(path == GateFile.DefaultPath ? "" : " " + Self.Argument(path))} --accept";
        if (differences is { } found)
        {
            text.Differences(baseline, found, accept);
        }
        else
        {
            output.WriteLine();
            new Terminal(output).Line($"There are no accepted results in {baseline}; `{accept}` writes them.");
        }
    }

    private static void Accept(OutputFile target, string path, List<GateRun> runs, int code, TextWriter error)
    {
        if (code != ExitCode.Ok)
        {
            error.WriteLine($"checker: {path} is unchanged, because not every check passed");
            return;
        }

        target.Write(CiJson.Accepted(runs));
        error.WriteLine($"checker: wrote {path} ({Quantity.Of(runs.Count, "accepted result")})");
    }
}
