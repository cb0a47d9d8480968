using System.Collections.Concurrent;
using System.Collections.Immutable;
using Checker.Model.Catalogue;
using Checker.Properties.GuestMemory.InPlace;
using Checker.Protocols.GuestMemory;

namespace Checker.Composition.InPlace;

/// <summary>The explored parts of the space.</summary>
[Flags]
internal enum Parts
{
    Subsets = 1,
    Orders = 2,
    Changes = 4,
    All = Subsets | Orders | Changes,

    /// <summary>Together with <see cref="Orders"/>: each safe order to private combined with each safe order to shared.</summary>
    Pairs = 8,
}

/// <summary>The set of variants without violations for which proofs for any size are tried.</summary>
internal enum ProofEffort
{
    None,

    /// <summary>The minimal safe sets of guards.</summary>
    Minimal,

    /// <summary>All safe variants.</summary>
    Safe,
}

/// <summary>
/// All variants of one design: the outcomes of exploring them, and the conclusions. A part which was not explored is null or empty.
/// </summary>
internal sealed record Survey(
    Design Design,
    ImmutableArray<VariantOutcome> Subsets,
    ImmutableArray<VariantOutcome> OrdersToPrivate,
    ImmutableArray<VariantOutcome> OrdersWithCheckAndZap,
    ImmutableArray<VariantOutcome> OrdersToShared, ImmutableArray<VariantOutcome> Pairs, ImmutableArray<VariantOutcome> Changes)
{
    /// <summary>The time limit for each obligation of a proof.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    public GuardFindings? Guards { get; } = Subsets.IsEmpty ? null : new(DesignSpace.Guards(Design), Subsets);

    public OrderFindings? ToPrivate { get; } = OrdersToPrivate.IsEmpty ? null : new(OrdersToPrivate, Alias.Private);

    public OrderFindings? ToShared { get; } = OrdersToShared.IsEmpty ? null : new(OrdersToShared, Alias.Shared);

    /// <summary>The outcomes of all explored variants.</summary>
    public IEnumerable<VariantOutcome> All =>
        [.. Subsets, .. OrdersToPrivate, .. OrdersWithCheckAndZap, .. OrdersToShared, .. Pairs, .. Changes];

    public string Platform => Design.Parts[0];

    public string Vmm => Design.Parts[3];

    /// <param name="threads">The number of threads. Each explores a variant of its own.</param>
    /// <param name="progress">
    /// Receives, after each variant, the number of finished variants, and the number of all variants known so far.
    /// </param>
    public static Survey Of(
        Design design,
        Parts parts,
        ProofEffort proving,
        int threads,
        Action<(int Done, int All)> progress,
        CancellationToken cancellation)
    {
        var exploration = new VariantExploration(design);
        var (count, size) = (0, SizeOf(design, parts));
        var survey = new Survey(design,
            Explore(parts.HasFlag(Parts.Subsets), DesignSpace.Subsets(design)),
            Explore(parts.HasFlag(Parts.Orders), DesignSpace.OrdersToPrivate(design)),
            Explore(parts.HasFlag(Parts.Orders), DesignSpace.OrdersWithCheckAndZap(design)),
            Explore(parts.HasFlag(Parts.Orders), DesignSpace.OrdersToShared(design)),
            [],
            Explore(parts.HasFlag(Parts.Changes), DesignSpace.ChangesOf(design)));
        survey = survey with
        {
            Pairs = Explore(parts.HasFlag(Parts.Pairs), from there in survey.OrdersToPrivate
                                                        from back in survey.OrdersToShared
                                                        where there.Standing == Standing.Safe && back.Standing == Standing.Safe
                                                        select DesignSpace.Ordered(
                                                            design,
                                                            there.Variant.Conversion.ToPrivate,
                                                            back.Variant.Conversion.ToShared), pairs: true),
        };
        var minimal = (survey.Guards?.Minimal ?? []).ToHashSet();
        return proving == ProofEffort.None || cancellation.IsCancellationRequested
            ? survey
            : new(design, Prove(survey.Subsets), Prove(survey.OrdersToPrivate), Prove(survey.OrdersWithCheckAndZap),
            Prove(survey.OrdersToShared), Prove(survey.Pairs), Prove(survey.Changes));

        ImmutableArray<VariantOutcome> Explore(bool wanted, IEnumerable<Variant> variants, bool pairs = false)
        {
            if (!wanted)
            {
                return [];
            }

            var all = variants.ToList();
            var found = new VariantOutcome[all.Count];
            if (pairs)
            {
                size += all.Count;
            }

            // Each free thread takes one variant at a time, because a safe variant takes a hundred times as long as an unsafe one.
            Parallel.ForEach(
                Partitioner.Create(Enumerable.Range(0, all.Count), EnumerablePartitionerOptions.NoBuffering),
                new() { MaxDegreeOfParallelism = threads },
                i =>
            {
                found[i] = exploration.Explore(all[i], cancellation);
                progress((Interlocked.Increment(ref count), size));
            });
            return [.. found];
        }

        ImmutableArray<VariantOutcome> Prove(ImmutableArray<VariantOutcome> found) =>
        [
            .. found.Select(e =>
                !cancellation.IsCancellationRequested && (proving == ProofEffort.Safe ? e.Standing == Standing.Safe : minimal.Contains(e))
                ? e with { AnySize = AnySize.Of(e.Variant, s_patience, threads, cancellation) }
                : e),
        ];
    }

    /// <summary>
    /// The number of variants of a design, without pairs: their number is known only after the exploration of the orders.
    /// </summary>
    public static int SizeOf(Design design, Parts parts) =>
        (parts.HasFlag(Parts.Subsets) ? 1 << DesignSpace.Guards(design).Length : 0)
        + (parts.HasFlag(Parts.Orders)
            ? DesignSpace.ToPrivate.Length + DesignSpace.OrdersWithCheckAndZap(design).Count() + DesignSpace.ToShared.Length
            : 0)
        + (parts.HasFlag(Parts.Changes) ? DesignSpace.Changes.Length : 0);
}
