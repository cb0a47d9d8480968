using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Completions;
using System.Globalization;
using Checker.App;
using Checker.Model.Catalogue;
using Checker.Model.Check;
using Checker.Model.Ir;

namespace Checker.Cli;

/// <summary>
/// The completion of command lines in a shell. The shell calls the program with the directive of System.CommandLine,
/// <c>[suggest:17] "checker verify --prot"</c>, and gets a line for each word that can stand at the cursor.
/// </summary>
internal static class Completion
{
    private const string Directive = "[suggest:";

    /// <summary>The shells with a script.</summary>
    public static ImmutableArray<string> Shells { get; } = ["bash", "zsh", "powershell"];

    /// <summary>Returns the cursor's position and the command line, if the arguments are a shell's question.</summary>
    public static (int Position, string Line)? Asked(string[] arguments) =>
        arguments is [var directive, ..] && directive.StartsWith(Directive, StringComparison.Ordinal) && directive.EndsWith(']')
            && int.TryParse(directive[Directive.Length..^1], NumberStyles.None, CultureInfo.InvariantCulture, out int position)
            ? (position, arguments.Length > 1 ? arguments[1] : "")
            : null;

    /// <summary>Returns the words that can stand at the cursor.</summary>
    /// <param name="root">All commands with their options.</param>
    public static IEnumerable<string> Of(Command root, ProtocolSet protocols, int position, string line)
    {
        foreach (var option in root.Subcommands.SelectMany(c => c.Options))
        {
            if (Names(option.Name) is { } names)
            {
                option.CompletionSources.Add(context => names(Chosen(context, protocols)).Distinct(StringComparer.Ordinal)
                    .Where(IsPlain)
                    .Select(n => new CompletionItem(n)));
            }
        }

        // The first word is the program, by whatever path it is called.
        int start = line.TakeWhile(c => c != ' ').Count();
        position = Math.Clamp(position, start, line.Length) - start;
        return root.Parse(line[start..], new() { ResponseFileTokenReplacer = null })
            .GetCompletions(position)
            .Select(c => c.InsertText ?? c.Label)
            .Where(w => !w.StartsWith('/') && w != "-?")
            .Distinct(StringComparer.Ordinal);

        Func<Protocol?, IEnumerable<string>>? Names(string option) => option switch
        {
            "--protocol" => _ => protocols.Select(p => p.Name),
            "--design" or "--compare" => p => p is null ? [] : p.Designs.Select(d => d.Id),
            "--drop" => p => ModelOf(p)?.Labels.Select(l => l.Name) ?? [],
            "--property" => p => ModelOf(p)?.Properties.Where(x => !x.IsRule).Select(x => x.Name) ?? [],
            _ => null,
        };
    }

    /// <summary>Returns the script which a shell runs at its start.</summary>
    /// <exception cref="BadInputException">There is no such shell.</exception>
    public static string Script(string shell) => Choice.Of("shell", shell, Shells) switch
    {
        "bash" => """
            # checker: completion for bash. In ~/.bashrc: eval "$(checker completion bash)"
            _checker_complete() {
                local IFS=$'\n' word="${COMP_WORDS[COMP_CWORD]}"
                COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)" -- "$word"))
            }
            complete -o default -F _checker_complete checker ./checker

            """,
        "zsh" => """
            #compdef checker
            # checker: completion for zsh. In ~/.zshrc, after compinit: eval "$(checker completion zsh)"
            _checker() {
                local words_of_checker=("${(@f)$(${words[1]} "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
                compadd -a words_of_checker
            }
            compdef _checker checker

            """,
        _ => """
            # checker: completion for PowerShell. In $PROFILE: checker completion powershell | Out-String | Invoke-Expression
            Register-ArgumentCompleter -Native -CommandName checker -ScriptBlock {
                param($word, $line, $position)
                checker "[suggest:$position]" "$line" | Where-Object { $_ -like "$word*" } | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
                }
            }

            """,
    };

    /// <summary>Returns the protocol that the line is about; null if it names an unknown one.</summary>
    private static Protocol? Chosen(CompletionContext context, ProtocolSet protocols)
    {
        var options = context.ParseResult.CommandResult.Command.Options;
        // The value may be missing, because the cursor stands where it will be.
        string? name = options.FirstOrDefault(o => o.Name == "--protocol") is { } option
            ? context.ParseResult.GetResult(option)?.Tokens.Select(t => t.Value).FirstOrDefault()
            : null;
        return name is null ? protocols.Main : protocols.FirstOrDefault(p => p.Name == name);
    }

    /// <summary>A wrong model has no names to offer, and a completion is no place for its message.</summary>
    private static TransitionSystem? ModelOf(Protocol? protocol)
    {
        try
        {
            return protocol is null || protocol.Designs.IsEmpty ? null : protocol.Build(protocol.Designs[0]);
        }
        catch (ModelException)
        {
            return null;
        }
    }

    /// <summary>True if a shell takes the word as it is.</summary>
    private static bool IsPlain(string word) => Self.Argument(word) == word;
}
