using System.Collections.Immutable;
using Checker.Model.Ir;
using Checker.Solver.Instance;

namespace Checker.Solver.Traces;

/// <summary>A state of a trace with the instance that led to it (none for the initial state). The state has the code of every cell.</summary>
public sealed record TraceState(ActionInstance? Instance, ImmutableArray<int> Cells);

/// <summary>A behaviour from the initial state on: what happened, and what the state was after each step.</summary>
/// <param name="Property">The property that the end of the trace violates or witnesses.</param>
/// <param name="LastStep">The violation is that of the last step, not of the last state.</param>
public sealed record Trace(Scope Scope, PropertyDeclaration? Property, ImmutableArray<TraceState> States, bool LastStep)
{
    /// <summary>The number of states.</summary>
    public int Length => States.Length;
}
