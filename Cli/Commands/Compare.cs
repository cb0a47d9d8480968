using System.CommandLine;
using System.CommandLine.Parsing;
using Checker.App;
using Checker.Cli.Report;
using Checker.Model.Catalogue;

namespace Checker.Cli.Commands;

/// <summary>The option <c>verify --compare</c>: two designs, or two files with the output of <c>verify --json</c>.</summary>
internal sealed class Compare
{
    private const string Name = "--compare";

    /// <summary>The options of `verify` without a meaning for two designs.</summary>
    private static readonly string[] s_notWithDesigns =
    [
        "--design", "--cross-check", "--bmc-depth", "--simplest", "--trace-out", "--mermaid", "--plantuml", "--as-test", "--shard",
        "--junit", "--sarif", "--code-quality",
    ];

    private readonly string _left;
    private readonly string _right;

    private Compare(string left, string right) => (_left, _right) = (left, right);

    /// <summary>True if the two sides are files.</summary>
    public bool AreFiles => IsFile(_left);

    /// <summary>The two patterns of designs.</summary>
    public string[] Patterns => [_left, _right];

    public static Option<string[]> Option() => new(Name)
    {
        HelpName = "A B",
        Arity = new(2, 2),
        AllowMultipleArgumentsPerToken = true,
        Description = "shows the differences between two designs, or between two files with the output of --json; "
            + "exit code 0 if there are none, 1 if there are some",
    };

    /// <returns>The two sides; null without the option.</returns>
    /// <exception cref="BadInputException">A design is compared with a file, or another option has no meaning.</exception>
    public static Compare? Of(ParseResult given, Option<string[]> option)
    {
        if (given.GetValue(option) is not [var left, var right])
        {
            return null;
        }

        if (IsFile(left) != IsFile(right))
        {
            var (file, design) = IsFile(left) ? (left, right) : (right, left);
            throw new BadInputException($"{Name} {left} {right}: {file} is a file and {design} is a design; name two files or two designs");
        }

        var compare = new Compare(left, right);
        string? useless = given.CommandResult.Children.OfType<OptionResult>().Where(r => !r.Implicit).Select(r => r.Option.Name)
            .FirstOrDefault(o => compare.AreFiles ? o is not (Name or "--json" or "--from") : s_notWithDesigns.Contains(o));
        return useless is null
            ? compare
            : throw new BadInputException(compare.AreFiles
                ? $"{Name} of two files explores nothing: leave out {useless}"
                : $"{Name} of two designs takes no {useless}: leave it out");
    }

    /// <summary>Compares two files.</summary>
    public int Files(TextWriter output, bool json)
    {
        var (left, right) = (RunFile.Read(Name, _left), RunFile.Read(Name, _right));
        return Report([.. Comparison.Of(left.Runs, right.Runs)], left.Finished && right.Finished, output, json);
    }

    /// <summary>Compares the runs of two designs, or of the pairs described by two patterns.</summary>
    public int Designs(
        IReadOnlyList<(Design? Left, Design? Right)> pairs,
        IReadOnlyCollection<Run> runs,
        bool finished,
        TextWriter output,
        bool json)
    {
        var known = runs.ToDictionary(r => r.Job.Design, RunSummary.Of);
        // A stopped command has no runs for some designs. Only whole pairs are compared then.
        var whole = pairs.Where(p => finished || (Known(p.Left) is not null && Known(p.Right) is not null));
        return Report([.. whole.Select(p => new RunPair(Known(p.Left), Known(p.Right)))], finished, output, json);

        RunSummary? Known(Design? design) => design is null ? null : known.GetValueOrDefault(design);
    }

    private int Report(RunPair[] pairs, bool finished, TextWriter output, bool json)
    {
        if (json)
        {
            ComparisonJson.Write(output, pairs, finished);
        }
        else
        {
            new ComparisonText(new(output)).Write(pairs, _left, _right);
        }

        return ExitCode.Of(violated: pairs.Any(p => p.Differs), unfinished: !finished);
    }

    private static bool IsFile(string side) =>
        side.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || side.Contains('/', StringComparison.Ordinal) || File.Exists(side);
}
