using System.Globalization;
using System.Text;
using Checker.App;
using Checker.App.Gate;

namespace Checker.Cli.Gate;

/// <summary>
/// The outputs for GitHub Actions: annotations at the lines of a pull request, and the summary of the step. The runner announces
/// itself by environment variables (docs.github.com, "Workflow commands for GitHub Actions").
/// </summary>
internal static class GitHub
{
    public const string ActionsVariable = "GITHUB_ACTIONS";

    public const string SummaryVariable = "GITHUB_STEP_SUMMARY";

    /// <summary>GitHub refuses a summary of more than 1 MiB, and shows none of it then.</summary>
    public const int MostSummary = 1 << 20;

    /// <summary>GitHub shows at most ten annotations of a kind for a step.</summary>
    private const int MostAnnotations = 10;

    /// <summary>True if the environment asks for one of the outputs.</summary>
    public static bool IsAsked =>
        Environment.GetEnvironmentVariable(ActionsVariable) == "true"
        || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(SummaryVariable));

    /// <summary>Writes what the environment asks for.</summary>
    /// <param name="log">Receives the annotations. GitHub reads them there as well, and the output may be JSON.</param>
    /// <exception cref="BadInputException">The file of the summary cannot be written.</exception>
    public static void Write(IReadOnlyCollection<GateRun> runs, TextWriter log)
    {
        if (Environment.GetEnvironmentVariable(ActionsVariable) == "true")
        {
            Annotate(runs, log);
        }

        if (Environment.GetEnvironmentVariable(SummaryVariable) is { Length: > 0 } path)
        {
            try
            {
                long used = File.Exists(path) ? new FileInfo(path).Length : 0;
                File.AppendAllText(path, Summary(runs, (int)Math.Max(0, MostSummary - used)));
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                throw new BadInputException($"{SummaryVariable} {path}: {refused.Message}");
            }
        }
    }

    internal static void Annotate(IReadOnlyCollection<GateRun> runs, TextWriter log)
    {
        var bad = runs.SelectMany(run => run.Cases.Where(c => c.IsBad).Select(one => (run, one))).ToList();
        foreach (var (run, one) in bad.Take(MostAnnotations))
        {
            string line = one.Line.ToString(CultureInfo.InvariantCulture);
            log.WriteLine($"::error file={Property(one.File)},line={line},title={Property($"{one.Property} ({run.Engine})")}::"
                + Data($"{run.Name}: {one.Message}"));
        }

        if (bad.Count > MostAnnotations)
        {
            log.WriteLine($"::notice::{bad.Count - MostAnnotations} more cases did not pass; the summary of the step lists them");
        }
    }

    /// <summary>Returns a summary in Markdown of at most so many bytes. What is left out is said.</summary>
    internal static string Summary(IReadOnlyCollection<GateRun> runs, int most)
    {
        var text = new StringBuilder();
        int bad = runs.Count(r => r.IsFailed || r.IsUndecided);
        text.Append(CultureInfo.InvariantCulture, $"### checker: {Quantity.Of(runs.Count, "check")}, {bad} did not pass\n\n");
        text.Append("| design | engine | states | result |\n|---|---|---:|---|\n");
        var parts = runs.OrderBy(r => r.IsFailed ? 0 : r.IsUndecided ? 1 : 2).Select(Row).ToList();
        parts.Add("\n");
        parts.AddRange(runs.SelectMany(run => run.Cases.Where(c => c.IsBad).Select(one => Detail(run, one))));
        const string Cut = "\n(The rest is left out: GitHub shows at most 1 MiB.)\n";
        int size = Encoding.UTF8.GetByteCount(text.ToString()) + Cut.Length;
        foreach (string part in parts)
        {
            size += Encoding.UTF8.GetByteCount(part);
            if (size > most)
            {
                return size - Encoding.UTF8.GetByteCount(part) > most ? "" : text.Append(Cut).ToString();
            }

            text.Append(part);
        }

        return text.ToString();
    }

    private static string Row(GateRun run)
    {
        string states = run.States is { } count ? Quantity.Count(count) : "";
        string[] bad = [.. run.Cases.Where(c => c.IsBad).Select(c => $"{c.Property} {c.Verdict}")];
        string result = bad.Length == 0 ? "passed" : $"**{run.Result}**: {Cell(string.Join(", ", bad))}";
        return $"| {Cell(run.Name)} | {run.Engine} | {states} | {result} |\n";
    }

    private static string Detail(GateRun run, GateCase one) =>
        $"<details><summary>{Html($"{one.Property} in {run.Name}, {run.Engine}")}</summary>\n\n"
            + $"{Html(one.Message)} (<code>{Html(one.File)}:{one.Line}</code>)\n\n"
            + (one.Trace.Length == 0 ? "" : $"<pre>{Html(one.Trace)}</pre>\n\n")
            + "</details>\n\n";

    private static string Cell(string text) => Html(text).Replace("|", "\\|", StringComparison.Ordinal);

    private static string Html(string text) => System.Net.WebUtility.HtmlEncode(text);

    private static string Data(string text) => text.Replace("%", "%25", StringComparison.Ordinal)
        .Replace("\r", "%0D", StringComparison.Ordinal)
        .Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) => Data(text).Replace(":", "%3A", StringComparison.Ordinal)
        .Replace(",", "%2C", StringComparison.Ordinal);
}
