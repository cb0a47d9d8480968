using System.Collections.Immutable;
using Checker.Properties.GuestMemory.InPlace;

namespace Checker.Composition.InPlace;

/// <summary>
/// The conclusions from all subsets of a design's guards. A subset is a number in which bit i stands for the removal of guard i.
/// </summary>
internal sealed class GuardFindings
{
    private readonly VariantOutcome[] _of;

    /// <param name="subsets">The outcomes of all subsets, in the order of <see cref="DesignSpace.Subsets"/>.</param>
    public GuardFindings(ImmutableArray<string> guards, ImmutableArray<VariantOutcome> subsets)
    {
        (Guards, _of) = (guards, [.. subsets]);
        Minimal = [.. Masks.Where(m =>
            Is(m, Standing.Safe) && !Masks.Any(n => n != m && (n & m) == m && Is(n, Standing.Safe))).Select(m => _of[m])];
        Breaking = [.. Masks.Where(m =>
            Is(m, Standing.Unsafe) && !Masks.Any(n => n != m && (n & m) == n && Is(n, Standing.Unsafe))).Select(m => _of[m])];
        NeverMatter = [.. guards.Where((_, i) =>
            Masks.Where(m => (m & (1 << i)) == 0).All(m => _of[m].Standing == _of[m | (1 << i)].Standing))];
        Exceptions = Masks.Sum(m =>
            Enumerable.Range(0, guards.Length).Count(i => (m & (1 << i)) == 0 && Is(m, Standing.Unsafe) && _of[m | (1 << i)].IsUnviolated));
    }

    public ImmutableArray<string> Guards { get; }

    /// <summary>The minimal safe subsets: no part of them is safe.</summary>
    public ImmutableArray<VariantOutcome> Minimal { get; }

    /// <summary>The minimal removals which are unsafe: with any removed guard back, the subset is no longer unsafe.</summary>
    public ImmutableArray<VariantOutcome> Breaking { get; }

    /// <summary>The guards whose presence changes the verdict on no subset of the others.</summary>
    public ImmutableArray<string> NeverMatter { get; }

    /// <summary>
    /// The number of cases in which removing one more guard turns an unsafe subset into one without violations. Zero if fewer
    /// guards are never safer.
    /// </summary>
    public int Exceptions { get; }

    private IEnumerable<int> Masks => Enumerable.Range(0, _of.Length);

    public int Count(Standing standing) => _of.Count(e => e.Standing == standing);

    /// <summary>Returns the guards in a subset.</summary>
    public ImmutableArray<string> Kept(VariantOutcome subset) => Guards.RemoveRange(subset.Variant.Dropped);

    private bool Is(int mask, Standing standing) => _of[mask].Standing == standing;
}
