using System.Collections.Immutable;

namespace Checker.App.Gate;

/// <summary>
/// One design, decided by one engine: the part of its result that a gate in CI needs. It is written to files and read again.
/// </summary>
/// <param name="Entry">The name of the entry of the gate's file; empty outside a gate.</param>
/// <param name="Design">The parts of the design, joined by commas.</param>
/// <param name="Engine">"explore", "prove", "walk" or "bmc".</param>
/// <param name="States">The number of states; null for an engine which does not count them.</param>
/// <param name="Generated">The number of steps taken; null for an engine which does not count them.</param>
/// <param name="Depth">The number of states of the longest of all shortest paths; null for an engine without one.</param>
public sealed record GateRun(
    string Entry,
    string Protocol,
    string Design,
    string Bounds,
    ImmutableArray<string> Dropped,
    string Engine,
    long? States,
    long? Generated,
    int? Depth,
    double Seconds,
    ImmutableArray<GateCase> Cases)
{
    /// <summary>The name of the design: "GuestMemory snp,attribute,inplace,honest, bounds 1,2,1,1,1, without convert.refcount".</summary>
    public string Name => RunSummary.NameOf(Protocol, Design, Bounds, Dropped);

    /// <summary>The name which differs between the runs of one gate.</summary>
    public string FullName => FullNameOf(Entry, Name, Engine);

    internal static string FullNameOf(string entry, string name, string engine) =>
        $"{(entry.Length == 0 ? "" : entry + ": ")}{name}, {engine}";

    public bool IsFailed => Cases.Any(c => c.Status == CaseStatus.Failed);

    public bool IsUndecided => Cases.Any(c => c.Status == CaseStatus.Undecided);

    /// <summary>"passed", "failed" or "undecided".</summary>
    public string Result => IsFailed ? "failed" : IsUndecided ? "undecided" : "passed";

    /// <summary>The code of a gate with these runs.</summary>
    /// <param name="asked">The number of runs asked for.</param>
    public static int CodeOf(IReadOnlyCollection<GateRun> runs, int asked) =>
        ExitCode.Of(violated: runs.Any(r => r.IsFailed), unfinished: runs.Count < asked || runs.Any(r => r.IsUndecided));

    /// <summary>The run as far as it is compared with an accepted one, which has verdicts but no results.</summary>
    internal RunSummary Summary => new(
        Protocol,
        Design,
        Bounds,
        Dropped,
        "",
        States ?? 0,
        Generated ?? 0,
        Depth ?? 0,
        [.. Cases.Select(c => (c.Property, new PropertyVerdict(c.Verdict, null, c.Length)))]);
}
