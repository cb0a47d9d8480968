using System.Collections.Immutable;

namespace Checker.Model.Catalogue;

/// <summary>The reason why no property misses a label.</summary>
public enum Because
{
    /// <summary>The instance is too small: a property is violated at <see cref="Survivor.Bounds"/>.</summary>
    Size,

    /// <summary>The design keeps its properties without the label, at any size. This is proved.</summary>
    Redundant,
}

/// <summary>A label which the properties do not miss at the protocol's default bounds.</summary>
/// <param name="Designs">The designs, as a pattern (<see cref="Design.Is"/>).</param>
public sealed record Survivor(string Protocol, string Label, string Designs, Because Because, string Reason)
{
    /// <summary>The larger bounds at which a property is violated.</summary>
    public ImmutableArray<int> Bounds { get; init; } = [];
}
