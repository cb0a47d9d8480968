using System.CommandLine;
using Checker.App;
using Checker.Solver.Traces.Files;

namespace Checker.Cli.Report;

/// <summary>A form in which a trace is written to a file.</summary>
/// <param name="Check">Refuses a file which cannot be written, before the work.</param>
/// <param name="Write">Writes the file in one step. After a failure the old one is unchanged.</param>
internal sealed record TraceForm(Action<string> Check, Action<string, NamedTrace> Write);

/// <summary>The options for files with traces. Every command which shows traces has them.</summary>
internal sealed class TraceFileOptions
{
    private const string TestExtension = ".cs";

    private readonly (Option<string> Option, TraceForm Form)[] _all;

    /// <param name="traces">The traces which the command shows: "the shortest trace of a violation".</param>
    public TraceFileOptions(string traces) => _all =
    [
        (
            new("--trace-out")
            {
                HelpName = "file",
                Description = $"writes {traces}: *.itf.json for the ITF of TLA+ tools, else our JSON",
            },
            new(TraceFile.CheckWritable, (path, trace) => TraceFile.Write(path, trace.Trace))),
        Text("--mermaid", "writes it as a sequence diagram of Mermaid", (_, trace, writer) => Mermaid.Write(trace.Trace, writer)),
        Text("--plantuml", "writes it as a sequence diagram of PlantUML", (_, trace, writer) => PlantUml.Write(trace.Trace, writer)),
        Text(
            "--as-test",
            "writes it as a test for xunit, *.cs, which fails if the model no longer allows it",
            (path, trace, writer) => XunitTest.Write(
                trace.Trace,
                writer,
                trace.Protocol.Definition,
                Path.GetFileNameWithoutExtension(path)),
            TestExtension),
    ];

    public void AddTo(Command command)
    {
        foreach (var (option, _) in _all)
        {
            command.Add(option);
        }
    }

    /// <summary>The names of the options.</summary>
    public IEnumerable<string> Names => _all.Select(o => o.Option.Name);

    /// <summary>Returns the name of the first of these options that is given; null if none is.</summary>
    public string? FirstGiven(ParseResult given) => _all.FirstOrDefault(o => given.GetValue(o.Option) is not null).Option?.Name;

    /// <summary>Checks before the work if the files can be written.</summary>
    /// <param name="jobs">The designs with possible traces.</param>
    /// <exception cref="TraceFileException">A trace file cannot be written, or its ending is unknown.</exception>
    /// <exception cref="BadInputException">Another file cannot be written, or two options name the same one.</exception>
    public TraceFiles Of(ParseResult given, IReadOnlyCollection<Job> jobs)
    {
        var named = _all.Where(o => given.GetValue(o.Option) is not null).ToList();
        var files = named.Select(o => (o.Option, Out: TraceOut.To(given.GetValue(o.Option)!, o.Form, jobs))).ToList();
        var twice = named.GroupBy(o => Path.GetFullPath(given.GetValue(o.Option)!), StringComparer.Ordinal)
            .FirstOrDefault(g => g.Count() > 1);
        return twice is null
            ? new([.. files.Select(f => f.Out)], files.Where(f => f.Option == _all[0].Option).Select(f => f.Out).FirstOrDefault())
            : throw new BadInputException($"{string.Join(" and ", twice.Select(o => o.Option.Name))} name the same file, {twice.Key}");
    }

    /// <param name="extension">The required ending of the file; empty for any.</param>
    private static (Option<string> Option, TraceForm Form) Text(
        string option,
        string description,
        Action<string, NamedTrace, TextWriter> write,
        string extension = "") =>
        (
            new(option) { HelpName = "file", Description = description },
            new(
                path =>
                {
                    if (!path.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
                    {
                        throw new BadInputException($"{option} {path}: the name of a test ends in {extension}");
                    }

                    _ = new OutputFile(option, path);
                },
                (path, trace) =>
                {
                    using var writer = new StringWriter { NewLine = "\n" };
                    write(path, trace, writer);
                    new OutputFile(option, path).Write(writer.ToString());
                }));
}

/// <summary>The files with traces that a command was asked for.</summary>
/// <param name="traceOut">The file of --trace-out, which is one of them; null if it is not given.</param>
internal sealed class TraceFiles(IReadOnlyList<TraceOut> files, TraceOut? traceOut)
{
    /// <summary>True if the command was asked for a file.</summary>
    public bool IsAsked => files.Count > 0;

    /// <summary>Writes every file.</summary>
    /// <param name="log">Receives the names of the files.</param>
    /// <returns>The file of each trace written by --trace-out; null if it is not given.</returns>
    public IReadOnlyDictionary<NamedTrace, string>? Write(IReadOnlyCollection<NamedTrace> traces, TextWriter log)
    {
        IReadOnlyDictionary<NamedTrace, string>? written = null;
        foreach (var file in files)
        {
            var names = file.Write(traces, log);
            written = file == traceOut ? names : written;
        }

        return written;
    }
}
