using System.Collections.Immutable;
using Checker.Model.Ir;
using Checker.Solver.Instance;

namespace Checker.Solver.Traces;

/// <summary>A state of a trace with the instance that led to it (none for the initial state). The state has the code of every cell.</summary>
public sealed record TraceState(ActionInstance? Instance, ImmutableArray<int> Cells);

/// <summary>Which model a trace is one of: what has to be said to build the same model again.</summary>
/// <param name="Design">As the command line has it, "snp,attribute,separate,spurious"; empty for a protocol without designs.</param>
/// <param name="Bounds">As the command line has it, "1,2,1,1,1".</param>
/// <param name="Dropped">The labels that are left out.</param>
public sealed record TraceHeader(string Protocol, string Design, string Bounds, ImmutableArray<string> Dropped)
{
    /// <summary>The mutant that the model is, by name (<see cref="Mutation.Mutation"/>); empty for none.</summary>
    public string Mutant { get; init; } = "";

    /// <summary>What the instance itself tells: no design, and the sizes in the order of the model's sorts.</summary>
    public static TraceHeader Of(Scope scope) => new(scope.System.Name, "",
        string.Join(',', scope.System.Sorts.Select(scope.SizeOf)), [.. scope.System.Dropped.Order(StringComparer.Ordinal)]);

    /// <summary>"GuestMemory snp,attribute,separate,spurious, bounds 1,2,1,1,1, without punch.flush"</summary>
    public override string ToString() =>
        $"{Protocol}{(Design.Length == 0 ? "" : " " + Design)}, bounds {Bounds}{(Dropped.IsEmpty ? "" : $", without {string.Join(", ", Dropped)}")}{(Mutant.Length == 0 ? "" : $", mutant {Mutant}")}";
}

/// <summary>A behaviour from the initial state on: what happened, and what the state was after each step.</summary>
/// <param name="Property">The property that the end of the trace violates or witnesses.</param>
/// <param name="LastStep">The violation is that of the last step, not of the last state.</param>
public sealed record Trace(Scope Scope, PropertyDeclaration? Property, ImmutableArray<TraceState> States, bool LastStep)
{
    /// <summary>The number of states.</summary>
    public int Length => States.Length;

    /// <summary>
    /// The first state is any state, not the initial one. Such a path is a counterexample to an induction step. It need not be a
    /// behaviour of the model, and is not written to files.
    /// </summary>
    public bool BeginsAnywhere { get; init; }

    /// <summary>The engines know the instance alone; whoever knows the design sets it with <c>trace with { Header = .. }</c>.</summary>
    public TraceHeader Header { get; init; } = TraceHeader.Of(Scope);
}
