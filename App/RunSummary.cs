using System.Collections.Immutable;

namespace Checker.App;

/// <summary>The verdict on a property, as far as two of them are compared.</summary>
/// <param name="Explored">The word for the answer of exploration: "holds", "violated", "possible", "impossible" or "undecided".</param>
/// <param name="Proved">The result of the proof for any size; null if no proof was tried.</param>
/// <param name="Length">The number of states of the counterexample or witness; null if there is none.</param>
public sealed record PropertyVerdict(string Explored, bool? Proved, int? Length);

/// <summary>The result of verifying a design, as far as two of them are compared. It is made from a run or read from a file.</summary>
/// <param name="Design">The parts of the design, joined by commas.</param>
/// <param name="Verdict">"holds", "violated" or "undecided".</param>
/// <param name="Properties">The properties with their verdicts, in their order.</param>
public sealed record RunSummary(
    string Protocol,
    string Design,
    string Bounds,
    ImmutableArray<string> Dropped,
    string Verdict,
    long States,
    long Generated,
    int Depth,
    ImmutableArray<(string Name, PropertyVerdict Verdict)> Properties)
{
    /// <summary>The name, which differs between the runs of one command.</summary>
    public string Name => NameOf(Protocol, Design, Bounds, Dropped);

    internal static string NameOf(string protocol, string design, string bounds, ImmutableArray<string> dropped) =>
        $"{(design.Length == 0 ? protocol : $"{protocol} {design}")}"
            + (bounds.Length == 0 ? "" : $", bounds {bounds}")
            + (dropped.IsEmpty ? "" : $", without {string.Join(", ", dropped)}");

    public static RunSummary Of(Run run) => new(
        run.Job.Protocol.Name,
        run.Job.Design.Id,
        run.Job.Bounds.ToString(),
        run.Job.Dropped,
        WordOf(run),
        run.Result.Distinct,
        run.Result.Generated,
        run.Result.Depth,
        [
            .. from property in run.Result.Properties
               let name = property.Property.Name
               select (name, new PropertyVerdict(property.Answer.Word, run.AllSizes?.IsProved(name), property.Trace?.Length)),
        ]);

    /// <summary>Returns the word for the verdict of a run.</summary>
    public static string WordOf(Run run) => run.Verdict switch
    {
        App.Verdict.Violated => "violated",
        App.Verdict.Holds when !run.IsUnfinished => "holds",
        _ => "undecided",
    };
}
