using System.Text;
using Checker.App;
using Checker.Solver.Explicit;
using Checker.Solver.Files;
using Checker.Solver.Traces.Files;

namespace Checker.Cli.Report;

/// <summary>
/// Writes traces to the file that --trace-out names. Where there are several, the design and the property are put before the
/// extension, so that each has a file of its own.
/// </summary>
internal sealed class TraceOut
{
    private readonly string _path;

    private TraceOut(string path) => _path = path;

    /// <param name="jobs">The designs whose traces may be written, each to a name made of the path, the design and a property.</param>
    /// <exception cref="TraceFileException">The file cannot be written, or a name that may be needed is too long. This is said before the search.</exception>
    public static TraceOut To(string path, IReadOnlyCollection<Job> jobs)
    {
        TraceFile.CheckWritable(path);
        if (Encoding.UTF8.GetByteCount(Path.GetFileName(path)) + FileNames.LongestPart + FileNames.LongestPart > AtomicFile.LongestName)
        {
            var names = jobs.SelectMany(j => j.Model.Properties.Select(p => Name(path, jobs.Count > 1 ? j.ToString() : null, p.Name, new HashSet<string>(StringComparer.Ordinal))));
            TraceFile.CheckWritable(names.MaxBy(n => n.Length)!);
        }

        return new(path);
    }

    /// <param name="log">Told what was written.</param>
    public void Write(IEnumerable<Run> runs, TextWriter log)
    {
        var traces = runs.SelectMany(Shown).ToList();
        bool severalRuns = traces.Select(t => t.Run).Distinct().Count() > 1;
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (run, result) in traces)
        {
            bool severalProperties = traces.Count(t => t.Run == run) > 1;
            string path = Name(_path, severalRuns ? run.Job.ToString() : null, severalProperties ? result.Property.Name : null, taken);
            TraceFile.Write(path, run.TraceOf(result));
            log.WriteLine($"checker: wrote {path} ({run.Job}: {result.Property.Name}, {result.Trace!.Length} states)");
        }

        if (traces.Count == 0)
        {
            log.WriteLine($"checker: nothing is violated; {_path} was not written");
        }
    }

    /// <param name="log">Told what was written.</param>
    public void Write(IEnumerable<WalkRun> runs, TextWriter log)
    {
        var failed = runs.Where(r => r.Trace is not null).ToList();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var run in failed)
        {
            string path = Name(_path, failed.Count > 1 ? run.Job.ToString() : null, null, taken);
            TraceFile.Write(path, run.Trace!);
            log.WriteLine($"checker: wrote {path} ({run.Job}: {run.Trace!.Property!.Name}, {run.Trace.Length} states)");
        }

        if (failed.Count == 0)
        {
            log.WriteLine($"checker: nothing is violated; {_path} was not written");
        }
    }

    /// <summary>out.itf.json, design, property: out.design.property.itf.json</summary>
    /// <param name="taken">The names so far: no two traces have the same.</param>
    internal static string Name(string path, string? design, string? property, ISet<string> taken)
    {
        string[] extensions = [".itf.json", ".json"];
        string extension = extensions.First(e => path.EndsWith(e, StringComparison.OrdinalIgnoreCase));
        string stem = path[..^extension.Length];
        string[] parts = [.. new[] { design, property }.OfType<string>().Select(FileNames.Part)];
        return parts.Length == 0 ? path : $"{stem}.{FileNames.Free(string.Join('.', parts), taken)}{path[stem.Length..]}";
    }

    /// <summary>Violations; and witnesses, where nothing but what should be possible was asked for.</summary>
    private static IEnumerable<(Run Run, PropertyResult Result)> Shown(Run run) =>
        run.Judgement.Violations.Select(v => v.Result).Concat(run.Witnesses).Select(r => (run, r));
}
