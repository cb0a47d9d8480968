using System.CommandLine;
using Checker.App.Gate;
using Checker.Cli.Report;

namespace Checker.Cli.Gate;

/// <summary>The options for files which CI systems read. Several commands have them.</summary>
internal sealed class GateOptions
{
    private readonly Option<string> _junit = new("--junit")
    {
        HelpName = "file",
        Description = "writes the results as JUnit XML: a test case for each property and design",
    };

    private readonly Option<string> _sarif = new("--sarif")
    {
        HelpName = "file",
        Description = "writes what did not pass as SARIF 2.1.0, at the file and line of the guard or action",
    };

    private readonly Option<string> _codeQuality = new("--code-quality")
    {
        HelpName = "file",
        Description = "writes what did not pass as GitLab's code-quality JSON",
    };

    private List<(OutputFile File, Func<IReadOnlyCollection<GateRun>, string> Format)> _files = [];

    public void AddTo(Command command)
    {
        command.Add(_junit);
        command.Add(_sarif);
        command.Add(_codeQuality);
    }

    /// <summary>Returns the name of the first of these options that is given; null if none is.</summary>
    public string? FirstGiven(ParseResult given) =>
        new[] { _junit, _sarif, _codeQuality }.FirstOrDefault(o => given.GetValue(o) is not null)?.Name;

    /// <summary>Checks before the work if the files can be written.</summary>
    /// <exception cref="App.BadInputException">A file cannot be written, or two options name the same one.</exception>
    public void Check(ParseResult given)
    {
        (Option<string> Option, Func<IReadOnlyCollection<GateRun>, string> Format)[] all =
            [(_junit, JUnit.Of), (_sarif, Sarif.Of), (_codeQuality, CodeQuality.Of)];
        var named = all.Where(o => given.GetValue(o.Option) is not null).ToList();
        var twice = named.GroupBy(o => Path.GetFullPath(given.GetValue(o.Option)!), StringComparer.Ordinal)
            .FirstOrDefault(g => g.Count() > 1);
        if (twice is not null)
        {
            throw new App.BadInputException($"{string.Join(" and ", twice.Select(o => o.Option.Name))} name the same file, {twice.Key}");
        }

        _files = [.. named.Select(o => (new OutputFile(o.Option.Name, given.GetValue(o.Option)!), o.Format))];
    }

    /// <summary>Writes the files, and the outputs which the environment asks for.</summary>
    /// <param name="runs">The finished runs.</param>
    /// <param name="log">Receives the annotations for GitHub.</param>
    public void Write(Func<IReadOnlyCollection<GateRun>> runs, TextWriter log)
    {
        if (_files.Count == 0 && !GitHub.IsAsked)
        {
            return;
        }

        var made = runs();
        _files.ForEach(f => f.File.Write(f.Format(made)));
        GitHub.Write(made, log);
    }
}
