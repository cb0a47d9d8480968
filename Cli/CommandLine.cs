using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Checker.App;
using Checker.App.Own;
using Checker.Cli.Commands;
using Checker.Cli.Options;
using Checker.Cli.Report;
using Checker.Cli.Signals;
using Checker.Model.Catalogue;
using Checker.Model.Check;
using Checker.Solver;
using Checker.Solver.Explicit.Checkpoints;
using Checker.Solver.Files;
using Checker.Solver.Smt;
using Checker.Solver.Traces.Files;

namespace Checker.Cli;

/// <summary>
/// The program as a function of its arguments. It parses them, runs the command, and turns every failure into one line and an exit
/// code.
/// </summary>
public static class CommandLine
{
    /// <summary>The environment variable which, set to 1, shows the origin of an error in the program.</summary>
    public const string DebugVariable = "CHECKER_DEBUG";

    /// <summary>The length at which the echo of an argument is clipped. Paths and lists are shorter.</summary>
    private const int LongestArgument = 200;

    public static int Run(
        string[] arguments,
        ProtocolSet protocols,
        IReadOnlyList<CommandEntry> moreCommands,
        TextWriter output,
        TextWriter error)
    {
        if (Completion.Asked(arguments) is { } asked)
        {
            foreach (string word in Completion.Of(Root(protocols, moreCommands), protocols, asked.Position, asked.Line))
            {
                output.WriteLine(word);
            }

            return ExitCode.Ok;
        }

        ParseResult? given = null;
        using var interrupt = new Interrupt(error);
        // A signal may come before the arguments are parsed.
        interrupt.Unanswered = Unfinished(arguments.Contains("--json") ? Named(arguments) : null, output);
        try
        {
            given = Parse(arguments, protocols, moreCommands);
            RefuseFrom(given, moreCommands);
            if (given.Action is ParseErrorAction)
            {
                throw new BadInputException(Explain(given));
            }

            if (given.Action is not (HelpAction or VersionAction))
            {
                RefuseUnclear(given);
                if (FromOption.Of(given) is { } from)
                {
                    given = Parse(arguments, OwnProtocols.Load(from), moreCommands);
                }
            }

            var command = given.CommandResult.Command;
            bool isJson = command.Options.Any(o => o.Name == "--json" && given.GetResult(o) is { Implicit: false });
            interrupt.Unanswered = Unfinished(isJson ? command.Name : null, output);

            int code = given.Invoke(new Invocation(interrupt) { Output = output, Error = error, EnableDefaultExceptionHandler = false });
            return interrupt.IsStopped ? ExitCode.Unfinished : code;
        }
        catch (Exception) when (interrupt.IsStopped)
        {
            interrupt.Answer();
            return ExitCode.Unfinished;
        }
        catch (Exception failure)
        {
            var (code, line) = Translate(
                failure is AggregateException { InnerException: { } inner } ? inner : failure,
                given?.CommandResult.Command);
            // A wrong model or project has a line for each mistake. Every other failure has one line.
            string[] lines = failure is ModelException or BuildFailedException ? line.Split(Environment.NewLine) : [line];
            error.WriteLine($"checker: {string.Join(Environment.NewLine, lines
                .Select(l => Suggestions.OneLine(Shortened(l, arguments))))}");
            if (Environment.GetEnvironmentVariable(DebugVariable) == "1")
            {
                error.WriteLine(failure);
            }

            return code;
        }
    }

    /// <summary>Returns the answer of an interrupted command that has no other; null for none.</summary>
    /// <param name="command">The command whose answer is JSON; null for none.</param>
    private static Action? Unfinished(string? command, TextWriter output) =>
        command is null ? null : () => Json.Write(output, command, json => json.WriteBoolean("finished", false));

    /// <summary>The first argument that is no option: it names the command.</summary>
    private static string Named(string[] arguments) => Array.Find(arguments, a => !a.StartsWith('-')) ?? "";

    // A label or a file may begin with '@', so there are no response files.
    private static ParseResult Parse(string[] arguments, ProtocolSet protocols, IReadOnlyList<CommandEntry> moreCommands) =>
        Root(protocols, moreCommands, Named(arguments))
            .Parse(arguments, new() { ResponseFileTokenReplacer = null });

    /// <summary>
    /// Builds all commands. System.CommandLine's RootCommand is not used: it has the name of the running file and its own
    /// --version.
    /// </summary>
    /// <param name="chosen">The command built with its options; null for all.</param>
    internal static Command Root(ProtocolSet protocols, IReadOnlyList<CommandEntry> moreCommands, string? chosen = null)
    {
        var version = new Option<bool>("--version")
        {
            Description = "prints the versions of this program, with its commit, of libz3 and of cvc5",
            Action = new VersionAction()
        };
        var root = new Command("checker", "Checks guest-memory conversion protocols, exhaustively. Without arguments: a short guide.")
        {
            new HelpOption
            {
                Description = "shows the options of a command",
                Recursive = true,
                Action = new HelpAction { MaxWidth = HelpWidth },
            },
            version,
        };
        foreach (var entry in CommandTable.All.Concat(moreCommands))
        {
            var command = chosen is null || entry.Name == chosen ? entry.Create(protocols) : entry.Stub();
            if (entry.IsGeneral)
            {
                command.Add(FromOption.Create());
            }

            root.Add(command);
        }

        root.SetAction(given => Guide.Print(given.InvocationConfiguration.Output));
        return root;
    }

    /// <summary>The width of the help. A terminal may not know its own, and then says 0.</summary>
    private static int HelpWidth => Console.IsOutputRedirected || Console.WindowWidth <= 0 ? Terminal.PlainWidth : Console.WindowWidth;

    /// <summary>Refuses the protocols of a project where a command is about protocols of the program alone.</summary>
    private static void RefuseFrom(ParseResult given, IReadOnlyList<CommandEntry> moreCommands)
    {
        if (moreCommands.FirstOrDefault(c => c.Name == given.CommandResult.Command.Name) is not { Instead: { } other } command
            || given.Tokens.Select(t => t.Value).SkipWhile(t => t.Split('=')[0] != FromOption.Name).ToList() is not [var from, .. var rest])
        {
            return;
        }

        string project = from.Contains('=', StringComparison.Ordinal) ? from[(FromOption.Name.Length + 1)..]
            : rest.FirstOrDefault() ?? "<project>";
        throw new BadInputException($"{FromOption.Name}: {command.Name} is about the protocols of this program, not about those of a "
            + $"project; for your own, use `{Self.Command} {other} {FromOption.Name} {Suggestions.OneLine(project)}`");
    }

    /// <summary>Returns the mistake in the arguments, the allowed values, and a suggestion.</summary>
    private static string Explain(ParseResult given)
    {
        var command = given.CommandResult.Command;
        string help = $"`{given.RootCommandResult.Command.Name}{(command == given.RootCommandResult.Command ? "" : " " + command.Name)} "
            + "--help` shows all";
        if (given.UnmatchedTokens is [var token, ..])
        {
            string name = token.Split('=')[0];
            bool option = name.StartsWith('-');
            string[] allowed = option
                ? [.. given.CommandResult.Command.Options.Select(o => o.Name), "--help"]
                : [.. command.Subcommands.Select(c => c.Name)];
            string what = option ? "option" : command.Subcommands.Count > 0 ? "command" : "argument";
            string near = Suggestions.Match(name, allowed) is { } match ? $"did you mean '{match}'? " : "";
            return $"unknown {what} {Suggestions.Quote(name)}; {near}{help}";
        }

        var problem = given.Errors[0];
        return problem.SymbolResult is OptionResult { Option: { Arity.MinimumNumberOfValues: var least } wanted, Tokens.Count: var tokens }
            && tokens < least
            ? $"{wanted.Name} needs {(least == 1 ? "a value" : $"{least} values")}: <{wanted.HelpName}>, {wanted.Description}"
            : $"{problem.Message.TrimEnd('.')}; {help}";
    }

    /// <summary>Refuses an option with no value, an empty one, or two instead of one. Otherwise it would be ignored silently.</summary>
    /// <exception cref="BadInputException">An option or argument has such a value.</exception>
    private static void RefuseUnclear(ParseResult given)
    {
        foreach (var result in given.CommandResult.Children.OfType<OptionResult>().Where(r => !r.Implicit))
        {
            var option = result.Option;
            if (option.Arity.MinimumNumberOfValues > 0
                && (result.Tokens.Count < result.IdentifierTokenCount || result.Tokens.Any(t => string.IsNullOrWhiteSpace(t.Value))))
            {
                throw new BadInputException($"{option.Name} needs a "
                    + $"value{(result.Tokens.Count == 0 ? "" : " each time that it is given, and an empty one is none")}: "
                    + $"<{option.HelpName}>, {option.Description}");
            }

            if (option.ValueType == typeof(bool) && result.IdentifierTokenCount > 1)
            {
                throw new BadInputException($"{option.Name} is given {result.IdentifierTokenCount} times: give it once");
            }
        }

        foreach (var result in given.CommandResult.Children.OfType<ArgumentResult>())
        {
            if (result.Tokens.Any(t => string.IsNullOrWhiteSpace(t.Value)))
            {
                throw new BadInputException($"the argument <{result.Argument.Name}> is empty: {result.Argument.Description}");
            }
        }
    }

    /// <summary>Returns the message with long arguments clipped. The start of such an argument identifies it.</summary>
    private static string Shortened(string line, string[] arguments)
    {
        foreach (string argument in arguments.SelectMany(a => (string[])[a, a[(a.IndexOf('=', StringComparison.Ordinal) + 1)..]])
            .Where(a => a.Length > LongestArgument))
        {
            line = line.Replace(argument, $"{argument[..LongestArgument]}...", StringComparison.Ordinal);
        }

        return line;
    }

    private static (int Code, string Line) Translate(Exception failure, Command? command) => failure switch
    {
        BadInputException or BuildFailedException or TraceFileException or OutputException or CheckpointException =>
            (ExitCode.BadInput, failure.Message),
        EnvironmentException e => (ExitCode.Environment, $"{e.Message}; to mend it: {e.Remedy}"),
        ModelException e => (ExitCode.BadInput, $"the model is wrong: {e.Message}"),
        IOException or UnauthorizedAccessException => (ExitCode.BadInput, failure.Message),
        OutOfMemoryException => (
            ExitCode.Unfinished,
            "not finished: the machine has no memory left"
                + (command?.Options.Any(o => o.Name == "--memory") == true
                    ? "; --memory sets a limit at which the search stops in time"
                    : "")),
        OperationCanceledException => (ExitCode.Unfinished, "the run was broken off before it had a result"),
        _ => (
            ExitCode.Unfinished,
            $"an error of this program ({failure.GetType().Name}): {failure.Message.ReplaceLineEndings(" ")}; "
                + $"{DebugVariable}=1 shows where"),
    };

    private sealed class VersionAction : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult) => Versions.Print(parseResult.InvocationConfiguration.Output);
    }
}
