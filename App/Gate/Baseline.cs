using System.Collections.Immutable;

namespace Checker.App.Gate;

/// <summary>A run of a gate beside the accepted one of the same name. One of them may be missing.</summary>
public sealed record GateDifference(string Name, RunPair Pair);

/// <summary>The last accepted results of a gate, and the differences of new ones from them: counts, depth, verdicts.</summary>
public sealed record Baseline(string Path, ImmutableArray<GateRun> Runs)
{
    /// <summary>Returns the accepted results; null if the file does not exist yet.</summary>
    /// <exception cref="BadInputException">The file cannot be read, or holds no accepted results.</exception>
    public static Baseline? Read(string path) => !File.Exists(path)
        ? null
        : InputFile.Parse(path, InputFile.Read(path), comments: false, root =>
        {
            var members = root.Members(["schema", "command", "runs"]);
            members["schema"].Must(ResultFile.Schema, "this program reads");
            members["command"].Must(GateJson.Accepted, "accepted results are");
            var runs = members["runs"].Items().Select(GateJson.Read).ToImmutableArray();
            var twice = runs.GroupBy(r => r.FullName, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1);
            return twice is null ? new Baseline(path, runs) : throw members["runs"].Wrong($"two runs are '{twice.Key}'");
        });

    /// <summary>Returns the runs which differ from the accepted ones.</summary>
    /// <param name="asked">The names of all runs of the gate, finished or not. An accepted run outside them is gone from the gate.</param>
    /// <param name="isWhole">True if the gate is not divided. Only then can a run be gone.</param>
    public ImmutableArray<GateDifference> Differences(IReadOnlyCollection<GateRun> runs, IReadOnlyCollection<string> asked, bool isWhole)
    {
        var accepted = Runs.ToDictionary(r => r.FullName, StringComparer.Ordinal);
        var compared = runs.Select(r => new GateDifference(
            r.FullName,
            new RunPair(accepted.GetValueOrDefault(r.FullName)?.Summary, r.Summary)));
        var gone = isWhole ? Runs.Where(r => !asked.Contains(r.FullName)) : [];
        return
        [
            .. compared.Where(d => d.Pair.Differs),
            .. gone.Select(r => new GateDifference(r.FullName, new(r.Summary, null))),
        ];
    }
}
