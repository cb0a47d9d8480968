using System.Collections.Immutable;
using Checker.Model.Ir;
using Checker.Solver.Explicit;

namespace Checker.Solver.Mutation;

public enum MutantVerdict
{
    /// <summary>The mutant violates a property.</summary>
    Killed,

    /// <summary>The mutant violates no property, but a reachability property is lost.</summary>
    Noticed,

    /// <summary>All properties hold: see <see cref="MutantClass"/>.</summary>
    Survived,

    /// <summary>The search was stopped, or the memory did not suffice. This never counts as killed.</summary>
    Unfinished,
}

/// <summary>The behaviours of a surviving mutant compared with the model's, judged by the steps of its reachable states.</summary>
public enum MutantClass
{
    /// <summary>No reachable state shows a difference: the states and steps are the same, and no property is lost.</summary>
    Equivalent,

    /// <summary>Some states differ in a value which is never read. The possible behaviours are the same.</summary>
    Unread,

    /// <summary>Every step of the mutant is a step of the model.</summary>
    Fewer,

    /// <summary>The mutant makes all steps of the model, and others.</summary>
    More,

    /// <summary>The mutant makes steps missing in the model, and lacks some of the model's.</summary>
    Other,
}

/// <summary>A property violated by a mutant, and the number of states of a shortest trace to the violation.</summary>
public sealed record Kill(PropertyDeclaration Property, int Length);

/// <summary>The result for a mutant.</summary>
/// <param name="Violations">The violations, the nearest first. Only the nearest, unless every property was requested.</param>
/// <param name="Lost">The abilities of the model lost in the mutant: a property, or an action which never happens.</param>
/// <param name="Class">Null for a killed or unfinished mutant, or if the steps are the model's although something is lost.</param>
/// <param name="States">The number of visited states.</param>
public sealed record MutantResult(Mutation Mutation, MutantVerdict Verdict, ImmutableArray<Kill> Violations, ImmutableArray<string> Lost,
    MutantClass? Class, long States, Outcome Outcome)
{
    /// <summary>True if a test suite should notice the mutant. An equivalent mutant does not count.</summary>
    public bool Counts => Class is not (MutantClass.Equivalent or MutantClass.Unread) && Verdict != MutantVerdict.Unfinished;

    public bool IsCaught => Verdict is MutantVerdict.Killed or MutantVerdict.Noticed;
}
