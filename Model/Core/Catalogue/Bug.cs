using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Checker.Model.Catalogue;

/// <summary>The damage done by a bug.</summary>
public enum BugClass
{
    /// <summary>The host reaches a frame of the guest alone, or reads its data.</summary>
    Safety,

    /// <summary>The guest, or the host, continues with other data than it stored.</summary>
    Integrity,

    /// <summary>Memory or a reference is lost.</summary>
    Leak,

    /// <summary>An operation never ends, or is refused for ever.</summary>
    Liveness,

    /// <summary>The host or the guest is taken down.</summary>
    Crash,
}

/// <summary>The kind of mistake. The page of bugs is grouped by it.</summary>
public enum Mistake
{
    /// <summary>A cached translation, or a cache line, outlives the entry from which it was made.</summary>
    ForgottenFlush,

    /// <summary>A condition is checked at one time, and relied upon at another.</summary>
    CheckAndActApart,

    /// <summary>Two steps happen in the wrong order.</summary>
    WrongOrder,

    /// <summary>An operation treats more, or fewer, pages than its range has.</summary>
    HullOfRange,

    /// <summary>A failure is not looked at, or its path undoes too little or too much.</summary>
    ErrorPath,

    /// <summary>A reference or a page is counted once too often, or not at all.</summary>
    Count,

    /// <summary>Two names are taken for one thing, or one name for two.</summary>
    Identity,

    /// <summary>A guard is missing, or asks for too little.</summary>
    MissingGuard,

    /// <summary>A wait has no end, or two waits need each other.</summary>
    Waiting,
}

/// <summary>
/// A known bug of a real system, as one change of a correct model: labels are dropped, or a mutation operator is applied, or another
/// variant of the design is taken. Exactly one of <see cref="Drop"/>, <see cref="Mutant"/> and <see cref="Variant"/> is given.
/// </summary>
/// <param name="Id">The short name: "E-K1", "P-3", "CVE-2024-36911".</param>
/// <param name="Design">The correct design.</param>
/// <param name="Bounds">The sizes, in the order of the protocol's sorts.</param>
/// <param name="Property">The invariant which the bug violates.</param>
/// <param name="Length">The number of states of a shortest counterexample.</param>
public sealed record Bug(
    string Id,
    string Title,
    string Protocol,
    string Design,
    ImmutableArray<int> Bounds,
    string Property,
    int Length,
    [CallerFilePath] string File = "",
    [CallerLineNumber] int Line = 0)
{
    public required BugClass Class { get; init; }

    public required Mistake Mistake { get; init; }

    /// <summary>The commit, the advisory or the thread, in a few words.</summary>
    public required string Source { get; init; }

    /// <summary>The mechanism in two sentences.</summary>
    public required string Mechanism { get; init; }

    /// <summary>The guard or the step which prevents it, in a sentence.</summary>
    public required string Prevention { get; init; }

    /// <summary>The place of the real fix: a function, or a commit.</summary>
    public required string Fix { get; init; }

    /// <summary>The labels whose absence is the bug.</summary>
    public ImmutableArray<string> Drop { get; init; } = [];

    /// <summary>The name of the mutant which is the bug (<c>mutate --mutant</c>); null for none.</summary>
    public string? Mutant { get; init; }

    /// <summary>The design which is the bug: a variant of <see cref="Design"/> which is not claimed to be correct; null for none.</summary>
    public string? Variant { get; init; }
}
