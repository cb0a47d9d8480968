using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Checker.Model.Catalogue;
using Checker.Solver.Traces;

namespace Checker.App.Reports;

/// <summary>The meaning of a trace for its design.</summary>
public enum TracePurpose
{
    /// <summary>A violation which is not expected.</summary>
    Violation,

    /// <summary>A violation known to occur in the design.</summary>
    ExpectedViolation,

    /// <summary>A witness of a property which should be possible.</summary>
    Witness,

    /// <summary>A trace from a file.</summary>
    File,
}

/// <summary>A trace in a report.</summary>
/// <param name="Remark">A sentence about the trace as a whole; empty if there is none.</param>
public sealed record TraceReport(Trace Trace, Protocol Protocol, TracePurpose Purpose, string Remark)
{
    /// <summary>The dropped labels which make a difference in each step, with the effect. The first state has none.</summary>
    public ImmutableArray<ImmutableArray<(string Label, string Effect)>> Missed()
    {
        var dropped = new DroppedLabels(Trace.Scope);
        return
        [
            .. Enumerable.Range(0, Trace.Length).Select(i => i == 0 ? [] : dropped.Missed(
                Trace.States[i].Instance!,
                ImmutableCollectionsMarshal.AsArray(Trace.States[i - 1].Cells)!,
                ImmutableCollectionsMarshal.AsArray(Trace.States[i].Cells)!).ToImmutableArray()),
        ];
    }
}
