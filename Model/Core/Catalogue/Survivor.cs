using System.Collections.Immutable;

namespace Checker.Model.Catalogue;

/// <summary>Why nobody notices that a label is left out.</summary>
public enum Because
{
    /// <summary>A larger instance notices: with the bounds of <see cref="Survivor.Bounds"/> a property is violated.</summary>
    Size,

    /// <summary>The design has its properties without it, at any size: that is proved.</summary>
    Redundant,
}

/// <summary>A label that the properties do not miss at a protocol's default bounds.</summary>
/// <param name="Designs">A pattern (<see cref="Design.Is"/>).</param>
public sealed record Survivor(string Protocol, string Label, string Designs, Because Because, string Reason)
{
    /// <summary>Where a larger instance notices.</summary>
    public ImmutableArray<int> Bounds { get; init; } = [];
}
