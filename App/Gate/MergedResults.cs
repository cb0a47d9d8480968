using System.Collections.Immutable;
using System.Text.Json;
using Checker.Solver.Traces.Files;

namespace Checker.App.Gate;

/// <summary>The results of all shards of a command, as if one machine had done the work.</summary>
/// <param name="Runs">The runs in the order of the undivided command.</param>
/// <param name="Code">The exit code of the undivided command.</param>
public sealed record MergedResults(string Command, ImmutableArray<JsonElement> Runs, bool IsFinished, int Code)
{
    /// <summary>The members of the documents beside the runs and the shard, such as the problems of mutants, joined.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<JsonElement>> Lists { get; init; } =
        ImmutableSortedDictionary<string, ImmutableArray<JsonElement>>.Empty;

    /// <summary>The number of shards.</summary>
    public int Shards { get; init; }

    /// <summary>The names of all checks.</summary>
    public ImmutableArray<string> Work { get; init; } = [];

    /// <exception cref="BadInputException">A shard is missing, is there twice, or is of other work.</exception>
    public static MergedResults Of(IReadOnlyList<ResultFile> files)
    {
        var first = files[0];
        foreach (var file in files)
        {
            if (file.Command != first.Command)
            {
                throw new BadInputException($"{file.Path}: it is the output of `{file.Command}`, and {first.Path} of `{first.Command}`: "
                    + "join the parts of one command");
            }

            if (file.Shard.Count != first.Shard.Count)
            {
                throw new BadInputException($"{file.Path}: it is one of {Quantity.Of(file.Shard.Count, "part")}, and {first.Path} one of "
                    + $"{first.Shard.Count}: join the parts of one division");
            }

            if (!file.Shard.Work.SequenceEqual(first.Shard.Work))
            {
                string other = file.Shard.Work.Except(first.Shard.Work).Concat(first.Shard.Work.Except(file.Shard.Work)).FirstOrDefault()
                    ?? "the order of the checks";
                throw new BadInputException($"{file.Path}: it is a part of other work than {first.Path}: they differ in '{other}'");
            }
        }

        var twice = files.GroupBy(f => f.Shard.Index).FirstOrDefault(g => g.Count() > 1)?.ToList();
        if (twice is [var one, var two, ..])
        {
            throw new BadInputException($"{two.Path}: it is part {two.Shard.Index} of {two.Shard.Count}, and so is {one.Path}: "
                + "give each part once");
        }

        int[] missing = [.. Enumerable.Range(1, first.Shard.Count).Except(files.Select(f => f.Shard.Index))];
        if (missing.Length > 0)
        {
            throw new BadInputException($"{(missing.Length == 1 ? "part" : "parts")} {string.Join(", ", missing)} of {first.Shard.Count} "
                + $"{(missing.Length == 1 ? "is" : "are")} missing: give the output of every part");
        }

        var runs = from file in files
                   from run in Numbered(file)
                   orderby run.Number
                   select run.Element;
        string[] lists = [.. first.Document.EnumerateObject()
            .Where(m => m.Value.ValueKind == JsonValueKind.Array && m.Name != "runs")
            .Select(m => m.Name)];
        return new(
            first.Command,
            [.. runs],
            files.All(f => f.IsFinished),
            ExitCode.Of(
                violated: files.Any(f => f.Code == ExitCode.Violated),
                unfinished: files.Any(f => f.Code is not (ExitCode.Ok or ExitCode.Violated) || !f.IsFinished)))
        {
            Shards = first.Shard.Count,
            Work = first.Shard.Work,
            Lists = lists.ToImmutableSortedDictionary(
                l => l,
                l => files.OrderBy(f => f.Shard.Index).SelectMany(f => f.Document.GetProperty(l).EnumerateArray()).ToImmutableArray(),
                StringComparer.Ordinal),
        };
    }

    /// <summary>The runs of a gate; null for another command.</summary>
    public ImmutableArray<GateRun>? GateRuns => Command != GateJson.Command ? null
        : [.. Runs.Select((run, i) => GateJson.Read(new JsonPlace($"$.runs[{i}]", run)))];

    /// <summary>
    /// Returns the runs of a shard, each with the number of its check. A check of mutants has one run for each mutant of a design.
    /// </summary>
    private static IEnumerable<(int Number, JsonElement Element)> Numbered(ResultFile file)
    {
        var (item, design) = (-1, "");
        foreach (var run in file.Runs)
        {
            string name = file.Command == "mutate" ? $"{run.GetProperty("protocol")} {run.GetProperty("design")}" : "";
            if (name.Length == 0 || name != design)
            {
                (item, design) = (item + 1, name);
            }

            yield return ((item * file.Shard.Count) + file.Shard.Index - 1, run);
        }
    }
}
