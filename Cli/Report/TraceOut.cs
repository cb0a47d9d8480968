using System.Text;
using Checker.App;
using Checker.Solver.Explicit;
using Checker.Solver.Files;
using Checker.Solver.Traces.Files;

namespace Checker.Cli.Report;

/// <summary>
/// Writes traces to the file named by --trace-out. If there are several traces, each has a file of its own: the design and the property
/// are inserted before the extension.
/// </summary>
internal sealed class TraceOut
{
    private readonly string _path;

    private TraceOut(string path) => _path = path;

    /// <param name="jobs">The designs with possible traces. The name of each trace consists of the path, the design and a property.</param>
    /// <exception cref="TraceFileException">
    /// The file cannot be written, or a possible name is too long. This is reported before the search.
    /// </exception>
    public static TraceOut To(string path, IReadOnlyCollection<Job> jobs)
    {
        TraceFile.CheckWritable(path);
        if (Encoding.UTF8.GetByteCount(Path.GetFileName(path)) + FileNames.LongestPart + FileNames.LongestPart > AtomicFile.LongestName)
        {
            var names = jobs.SelectMany(j =>
                j.Model.Properties.Select(p =>
                    Name(path, jobs.Count > 1 ? j.ToString() : null, p.Name, new HashSet<string>(StringComparer.Ordinal))));
            TraceFile.CheckWritable(names.MaxBy(n => n.Length)!);
        }

        return new(path);
    }

    /// <param name="log">Receives the names of the files.</param>
    /// <returns>The file of each trace.</returns>
    public IReadOnlyDictionary<PropertyResult, string> Write(IEnumerable<Run> runs, TextWriter log)
    {
        var files = new Dictionary<PropertyResult, string>(ReferenceEqualityComparer.Instance);
        var traces = runs.SelectMany(Shown).ToList();
        bool severalRuns = traces.Select(t => t.Run).Distinct().Count() > 1;
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (run, result) in traces)
        {
            bool severalProperties = traces.Count(t => t.Run == run) > 1;
            string path = Name(_path, severalRuns ? run.Job.ToString() : null, severalProperties ? result.Property.Name : null, taken);
            TraceFile.Write(path, run.TraceOf(result));
            files[result] = path;
            log.WriteLine($"checker: wrote {path} ({run.Job}: {result.Property.Name}, {result.Trace!.Length} states)");
        }

        if (traces.Count == 0)
        {
            log.WriteLine($"checker: nothing is violated; {_path} was not written");
        }

        return files;
    }

    /// <param name="log">Receives the names of the files.</param>
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

    /// <summary>Returns the name for out.itf.json, a design and a property: out.design.property.itf.json.</summary>
    /// <param name="taken">The names used so far. No two traces have the same name.</param>
    internal static string Name(string path, string? design, string? property, ISet<string> taken)
    {
        string[] extensions = [".itf.json", ".json"];
        string extension = extensions.First(e => path.EndsWith(e, StringComparison.OrdinalIgnoreCase));
        string stem = path[..^extension.Length];
        string[] parts = [.. new[] { design, property }.OfType<string>().Select(FileNames.Part)];
        return parts.Length == 0 ? path : $"{stem}.{FileNames.Free(string.Join('.', parts), taken)}{path[stem.Length..]}";
    }

    /// <summary>The traces to write: violations, and witnesses if only reachability properties were selected.</summary>
    private static IEnumerable<(Run Run, PropertyResult Result)> Shown(Run run) =>
        run.Judgement.Violations.Select(v => v.Result).Concat(run.Witnesses).Select(r => (run, r));
}
