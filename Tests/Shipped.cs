using System.Collections.Immutable;
using Checker.Composition.Protocols;
using Checker.Model.Catalogue;

namespace Checker.Tests;

/// <summary>The mutants and survivors declared by the shipped protocols.</summary>
internal static class Shipped
{
    public static ImmutableArray<Mutant> Mutants { get; } = [.. Registry.All.SelectMany(p => p.Mutants)];

    public static ImmutableArray<Survivor> Survivors { get; } = [.. Registry.All.SelectMany(p => p.Survivors)];
}
