using System.Collections.Immutable;
using Checker.Model.Ir;

namespace Checker.Solver.Mutation;

/// <summary>What a mutation operator does to a model.</summary>
public enum MutationKind
{
    /// <summary>Leaves out all guards and steps with a label.</summary>
    Label,

    /// <summary>Leaves out one conjunct of one guard.</summary>
    Guard,

    /// <summary>Leaves out one update.</summary>
    Update,

    /// <summary>Assigns another member of an enum than the one written.</summary>
    Constant,

    /// <summary>Has two steps of an operation that follow on each other happen the other way round.</summary>
    Swap,
}

/// <summary>A model that is wrong in one place, on purpose.</summary>
/// <param name="Name">Tells it from all other mutants of the model; stays the same as long as the action does.</param>
/// <param name="Text">What was done: "ConvertZap without !InUse(p)".</param>
/// <param name="Actions">The names of the actions that are not what they were.</param>
/// <param name="System">The mutant.</param>
public sealed record Mutation(MutationKind Kind, string Name, string Text, ImmutableArray<string> Actions, Source Source, TransitionSystem System);
