using System.Collections.Immutable;
using Checker.Properties.GuestMemory.InPlace;

namespace Checker.Composition.InPlace;

/// <summary>What the subsets of a design's guards tell together. A subset is a number: bit i says that guard i is left out.</summary>
internal sealed class GuardFindings
{
    private readonly VariantOutcome[] _of;

    /// <param name="subsets">All of them, in the order of <see cref="DesignSpace.Subsets"/>.</param>
    public GuardFindings(ImmutableArray<string> guards, ImmutableArray<VariantOutcome> subsets)
    {
        (Guards, _of) = (guards, [.. subsets]);
        Minimal = [.. Masks.Where(m => Is(m, Standing.Safe) && !Masks.Any(n => n != m && (n & m) == m && Is(n, Standing.Safe))).Select(m => _of[m])];
        Breaking = [.. Masks.Where(m => Is(m, Standing.Unsafe) && !Masks.Any(n => n != m && (n & m) == n && Is(n, Standing.Unsafe))).Select(m => _of[m])];
        NeverMatter = [.. guards.Where((_, i) => Masks.Where(m => (m & (1 << i)) == 0).All(m => _of[m].Standing == _of[m | (1 << i)].Standing))];
        Exceptions = Masks.Sum(m => Enumerable.Range(0, guards.Length).Count(i => (m & (1 << i)) == 0 && Is(m, Standing.Unsafe) && _of[m | (1 << i)].IsUnviolated));
    }

    public ImmutableArray<string> Guards { get; }

    /// <summary>The safe ones of which no part is safe: as few guards as possible.</summary>
    public ImmutableArray<VariantOutcome> Minimal { get; }

    /// <summary>The unsafe ones that leave out as few guards as possible: with any of them back, it is not unsafe.</summary>
    public ImmutableArray<VariantOutcome> Breaking { get; }

    /// <summary>Guards with which, and without which, every subset of the others stands alike.</summary>
    public ImmutableArray<string> NeverMatter { get; }

    /// <summary>How often leaving out one more guard turns an unsafe subset into one that violates nothing; none if fewer guards are never safer.</summary>
    public int Exceptions { get; }

    private IEnumerable<int> Masks => Enumerable.Range(0, _of.Length);

    public int Count(Standing standing) => _of.Count(e => e.Standing == standing);

    /// <summary>The guards that a subset has.</summary>
    public ImmutableArray<string> Kept(VariantOutcome subset) => Guards.RemoveRange(subset.Variant.Dropped);

    private bool Is(int mask, Standing standing) => _of[mask].Standing == standing;
}
