using System.Collections.Immutable;

namespace Checker.App.Agreement;

/// <summary>The outcome of a comparison.</summary>
public enum Accordance
{
    /// <summary>All that was compared is the same.</summary>
    Agrees,

    /// <summary>Something is different.</summary>
    Differs,

    /// <summary>The other tool ran out of memory or time, or gave no result. This is never a success.</summary>
    NotCompared,
}

/// <summary>The findings of another tool on an exported instance.</summary>
/// <param name="States">The number of distinct states; null if the tool stopped at a violation.</param>
/// <param name="Steps">The number of steps between them, and one for the initial state; null if it is not counted.</param>
/// <param name="Found">
/// The properties that are violated or witnessed, each with the number of states of a shortest trace, or null if that is not known.
/// </param>
/// <param name="IsFirstOnly">True if the tool stops at its first violation, so that nothing is known about the other properties.</param>
internal sealed record Findings(
    long? States,
    long? Steps,
    ImmutableDictionary<string, int?> Found,
    bool IsFirstOnly);

/// <summary>The run of another tool on an exported instance, compared with the exploration.</summary>
/// <param name="Tool">The name of the tool.</param>
/// <param name="Text">The difference, or the reason for which nothing is compared; empty if the two agree.</param>
/// <param name="States">The number of distinct states; null if it is not known.</param>
/// <param name="Time">The time for generating, compiling and running the tool's program.</param>
public sealed record ToolRun(string Tool, Accordance Accordance, string Text, long? States, TimeSpan Time);
