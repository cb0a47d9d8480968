using System.Collections.Immutable;
using Checker.App.Own;
using Checker.Model.Catalogue;
using Checker.Solver.Traces.Files;

namespace Checker.App.Gate;

/// <summary>
/// The file in which a team lists the checks of its CI, <c>checker.json</c>: protocols, designs, bounds, engines, properties and
/// expected verdicts. It is JSON with comments; <c>checker init</c> writes one with its schema.
/// </summary>
/// <param name="Path">The path in the user's words.</param>
/// <param name="Baseline">The path of the accepted results; null for none.</param>
/// <param name="DifferenceFails">True if a difference from the accepted results is a failure, and not only shown.</param>
public sealed record GateFile(string Path, ImmutableArray<GateEntry> Entries, string? Baseline, bool DifferenceFails)
{
    public const string DefaultPath = "checker.json";

    /// <param name="protocols">The protocols, unless the file names a project with others.</param>
    /// <param name="isFrom">True if the user named a project on the command line. The file may then name none.</param>
    /// <exception cref="BadInputException">
    /// The file cannot be read or has a mistake. The message has the line and the allowed values.
    /// </exception>
    public static GateFile Read(string path, ProtocolSet protocols, bool isFrom) =>
        InputFile.Parse(path, InputFile.Read(path), comments: true, root => Read(path, root, protocols, isFrom));

    private static GateFile Read(string path, JsonPlace root, ProtocolSet protocols, bool isFrom)
    {
        var members = GateEntry.Known(root, ["runs"], ["$schema", "from", "baseline", "onDifference"]);
        string folder = System.IO.Path.GetDirectoryName(path) ?? "";
        if (members.TryGetValue("from", out var from))
        {
            string project = from.String();
            protocols = isFrom
                ? throw from.Wrong("the command line names a project as well: leave out --from, or this member")
                : InputFile.At(from, () => OwnProtocols.Load(System.IO.Path.Combine(folder, project)));
        }

        var entries = members["runs"].Items().Select(e => GateEntry.Read(e, protocols)).ToImmutableArray();
        if (entries.IsEmpty)
        {
            throw members["runs"].Wrong("there is no run, so the gate would check nothing");
        }

        var twice = entries.GroupBy(e => e.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1);
        return twice is null
            ? new(
                path,
                entries,
                members.TryGetValue("baseline", out var baseline) ? System.IO.Path.Combine(folder, baseline.String()) : null,
                members.TryGetValue("onDifference", out var act) && act.OneOf(["show", "fail"], "reaction to a difference") == 1)
            : throw members["runs"].Wrong($"two runs have the name '{twice.Key}': results are compared by the name");
    }

    /// <summary>Returns the checks, one for each entry, design and engine, in the order of the file.</summary>
    public ImmutableArray<GateCheck> Checks =>
    [
        .. from entry in Entries
           from engine in entry.Engines
           from job in entry.Jobs(engine)
           select new GateCheck(entry, engine, job),
    ];
}
