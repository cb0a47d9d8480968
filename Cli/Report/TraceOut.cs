using System.Text;
using Checker.App;
using Checker.Model.Catalogue;
using Checker.Solver.Files;
using Checker.Solver.Traces;
using Checker.Solver.Traces.Files;

namespace Checker.Cli.Report;

/// <summary>A trace to be written, with the names which distinguish it from the others of its command.</summary>
/// <param name="Design">The design, as it is shown.</param>
/// <param name="Part">The property or the mutant; different for each trace of a design.</param>
internal sealed record NamedTrace(Protocol Protocol, string Design, string Part, Trace Trace);

/// <summary>
/// Writes traces to the file named by an option (<see cref="TraceFileOptions"/>). If there are several traces, each has a file of its
/// own: the design and the property are inserted before the extension.
/// </summary>
internal sealed class TraceOut
{
    /// <summary>The ending of ITF files, whose extension has two parts.</summary>
    private const string ItfExtension = ".itf.json";

    private readonly string _path;
    private readonly TraceForm _form;

    private TraceOut(string path, TraceForm form) => (_path, _form) = (path, form);

    /// <param name="jobs">The designs with possible traces. The name of each trace consists of the path, the design and a property.</param>
    /// <exception cref="TraceFileException">
    /// A trace file cannot be written, or a possible name is too long. This is reported before the search.
    /// </exception>
    /// <exception cref="BadInputException">The same for another file.</exception>
    public static TraceOut To(string path, TraceForm form, IReadOnlyCollection<Job> jobs)
    {
        form.Check(path);
        if (Encoding.UTF8.GetByteCount(Path.GetFileName(path)) + FileNames.LongestPart + FileNames.LongestPart > AtomicFile.LongestName)
        {
            var names = jobs.SelectMany(j =>
                j.Model.Properties.Select(p =>
                    Name(path, jobs.Count > 1 ? j.ToString() : null, p.Name, new HashSet<string>(StringComparer.Ordinal))));
            form.Check(names.Append(path).MaxBy(n => n.Length)!);
        }

        return new(path, form);
    }

    /// <param name="log">Receives the names of the files.</param>
    /// <returns>The file of each trace.</returns>
    public IReadOnlyDictionary<NamedTrace, string> Write(IReadOnlyCollection<NamedTrace> traces, TextWriter log)
    {
        var files = new Dictionary<NamedTrace, string>(ReferenceEqualityComparer.Instance);
        var designs = traces.GroupBy(t => (t.Protocol.Name, t.Design)).ToList();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (design, trace) in designs.SelectMany(d => d.Select(t => (d, t))))
        {
            string path = Name(_path, designs.Count > 1 ? trace.Design : null, design.Count() > 1 ? trace.Part : null, taken);
            _form.Write(path, trace);
            files[trace] = path;
            string about = trace.Part.Length == 0 ? "" : $": {trace.Part}";
            log.WriteLine($"checker: wrote {path} ({trace.Design}{about}, {Quantity.Of(trace.Trace.Length, "state")})");
        }

        if (traces.Count == 0)
        {
            log.WriteLine($"checker: nothing is violated; {_path} was not written");
        }

        return files;
    }

    /// <summary>Returns the name for out.itf.json, a design and a property: out.design.property.itf.json.</summary>
    /// <param name="taken">The names used so far. No two traces have the same name.</param>
    internal static string Name(string path, string? design, string? property, ISet<string> taken)
    {
        int length = path.EndsWith(ItfExtension, StringComparison.OrdinalIgnoreCase) ? ItfExtension.Length
            : Path.GetExtension(path).Length;
        var (stem, extension) = (path[..^length], path[^length..]);
        string[] parts = [.. new[] { design, property }.OfType<string>().Select(FileNames.Part)];
        return parts.Length == 0 ? path : $"{stem}.{FileNames.Free(string.Join('.', parts), taken)}{extension}";
    }
}
