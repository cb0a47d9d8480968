using System.Collections.Immutable;
using Checker.Model.Ir;
using Checker.Solver.Explicit;

namespace Checker.Solver.Mutation;

public enum MutantVerdict
{
    /// <summary>It violates a property.</summary>
    Killed,

    /// <summary>It violates none, but something that must be possible no longer is.</summary>
    Noticed,

    /// <summary>All properties hold: see <see cref="MutantClass"/>.</summary>
    Survived,

    /// <summary>The search was stopped, or the memory did not suffice. Never counted as killed.</summary>
    Unfinished,
}

/// <summary>How the behaviours of a mutant that violates nothing compare with the model's, by what its reachable states can do.</summary>
public enum MutantClass
{
    /// <summary>No reachable state tells the two apart: the same states, the same steps, and no property is lost.</summary>
    Equivalent,

    /// <summary>Some states differ, in a value that nothing looks at; what can happen is the same.</summary>
    Unread,

    /// <summary>Every step of the mutant is one of the model.</summary>
    Fewer,

    /// <summary>The mutant makes all steps of the model, and others.</summary>
    More,

    /// <summary>It makes steps that the model does not make, and lacks some that it makes.</summary>
    Other,
}

/// <summary>A property that a mutant violates, and the states of a shortest trace to it.</summary>
public sealed record Kill(PropertyDeclaration Property, int Length);

/// <summary>What became of a mutant.</summary>
/// <param name="Violations">The nearest first; only the nearest if not every property was asked for.</param>
/// <param name="Lost">What the model can do and the mutant cannot: a property, or an action that never happens.</param>
/// <param name="Class">Null for one that is killed or unfinished, or whose steps are the model's although something is lost.</param>
/// <param name="States">The states that were looked at.</param>
public sealed record MutantResult(Mutation Mutation, MutantVerdict Verdict, ImmutableArray<Kill> Violations, ImmutableArray<string> Lost,
    MutantClass? Class, long States, Outcome Outcome)
{
    /// <summary>Whether a test suite would have noticed: an equivalent mutant is no mutant.</summary>
    public bool Counts => Class is not (MutantClass.Equivalent or MutantClass.Unread) && Verdict != MutantVerdict.Unfinished;

    public bool IsCaught => Verdict is MutantVerdict.Killed or MutantVerdict.Noticed;
}
