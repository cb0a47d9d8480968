using System.Collections.Immutable;
using Checker.Model.Ir;

namespace Checker.Solver.Mutation;

/// <summary>The kind of change which a mutation operator makes to a model.</summary>
public enum MutationKind
{
    /// <summary>Drops all guards and steps with a label.</summary>
    Label,

    /// <summary>Drops one conjunct of one guard.</summary>
    Guard,

    /// <summary>Drops one update.</summary>
    Update,

    /// <summary>Assigns another member of an enum than the written one.</summary>
    Constant,

    /// <summary>Exchanges two consecutive steps of an operation.</summary>
    Swap,

    /// <summary>Ignores the failure of a call: it is not looked at, or an update for success happens all the same.</summary>
    Fault,
}

/// <summary>A model with one deliberate mistake.</summary>
/// <param name="Name">
/// The name, which distinguishes the mutant from all others of the model. It is stable as long as the action is unchanged.
/// </param>
/// <param name="Text">The change in words: "ConvertZap without !InUse(p)".</param>
/// <param name="Actions">The names of the changed actions.</param>
/// <param name="System">The mutant.</param>
public sealed record Mutation(
    MutationKind Kind,
    string Name,
    string Text,
    ImmutableArray<string> Actions,
    Source Source,
    TransitionSystem System)
{
    /// <summary>
    /// True if the mutant is the model without the label of its name. That of an error path is a <see cref="MutationKind.Fault"/>.
    /// </summary>
    public bool DropsLabel => Kind == MutationKind.Label || (Kind == MutationKind.Fault && System.Dropped.Contains(Name));
}
