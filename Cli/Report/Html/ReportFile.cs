using System.CommandLine;
using Checker.App;

namespace Checker.Cli.Report.Html;

/// <summary>The file of <c>--report</c>.</summary>
internal sealed class ReportFile
{
    private readonly string _path;
    private readonly OutputFile _file;

    private ReportFile(string option, string path) => (_path, _file) = (path, new(option, path));

    public static Option<string> Option() => new("--report")
    {
        HelpName = "file",
        Description = "writes a page (HTML, one file) with the results, and with each trace to step through"
    };

    /// <summary>Returns the file given by the user, after a check that it can be written; null if none is given.</summary>
    /// <exception cref="BadInputException">The file cannot be written.</exception>
    public static ReportFile? Of(ParseResult given, Option<string> option) =>
        given.GetValue(option) is { } path ? new(option.Name, path) : null;

    /// <param name="log">Receives the name of the file.</param>
    /// <exception cref="BadInputException">The file cannot be written. The old one is unchanged.</exception>
    public void Write(App.Reports.Report report, TextWriter log)
    {
        _file.Write(ReportPage.Of(report));
        log.WriteLine($"checker: wrote {_path}");
    }
}
