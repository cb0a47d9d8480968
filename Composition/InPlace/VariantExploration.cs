using System.Collections.Immutable;
using Checker.App;
using Checker.Composition.Protocols;
using Checker.Model.Catalogue;
using Checker.Model.Ir;
using Checker.Properties.GuestMemory.InPlace;
using Checker.Properties.GuestMemory.Labels;
using Checker.Protocols.GuestMemory;
using Checker.Solver.Explicit;
using Checker.Solver.Mutation;
using Checker.Solver.Traces;

namespace Checker.Composition.InPlace;

/// <summary>Explores variants of one design. Any number of threads may do so at the same time.</summary>
internal sealed class VariantExploration
{
    private static readonly ExplorationOptions s_options = new() { Vacuity = false, Witnesses = false };

    private static readonly Protocol s_protocol = Registry.Get("GuestMemory");

    private readonly TransitionSystem _standard;
    private readonly ImmutableHashSet<string> _claimed;
    private readonly ImmutableArray<(Bounds Bounds, Lazy<Variants> Variants)> _sizes;

    public VariantExploration(Design design)
    {
        _standard = new Variant(design, VariantKind.Guards, [], Conversion.Standard).Build();
        // A property violated by the design with all its guards says nothing about a guard.
        _claimed = [.. _standard.Properties.Where(p => !p.IsLemma && s_protocol.Expects(design, p)).Select(p => p.Name)];
        _sizes = [.. Larger.Insert(0, Default).Select(b => (b, new Lazy<Variants>(() => new(_standard, b.BySort))))];
    }

    /// <summary>The bounds for exploring every variant.</summary>
    public static Bounds Default { get; } = Bounds.DefaultOf(s_protocol);

    /// <summary>
    /// The larger bounds for exploring variants which are safe so far. Some mutants need a second page, or a second vCPU
    /// (<see cref="Mutants"/>).
    /// </summary>
    public static ImmutableArray<Bounds> Larger { get; } = [
        BoundsOption.Parse(s_protocol, "2,1,1,1,0"),
        BoundsOption.Parse(s_protocol, "1,2,2,1,0")
    ];

    /// <param name="trace">True to keep the trace of an unsafe variant.</param>
    public VariantOutcome Explore(Variant variant, CancellationToken cancellation, bool trace = false)
    {
        if (cancellation.IsCancellationRequested)
        {
            return new(variant, Standing.Unfinished, Default, "", 0, [], 0);
        }

        var model = ModelOf(variant);
        VariantVerdict? first = null;
        foreach (var (bounds, variants) in _sizes)
        {
            // Reachability properties are checked at the default bounds only.
            var asked = first is null ? model : model with { Properties = [.. model.Properties.Where(p => p.IsSafety)] };
            var verdict = VariantVerdict.Of(variants.Value, asked, new() { Cancellation = cancellation });
            if (verdict.Violations is [var nearest, ..])
            {
                return new(variant, Standing.Unsafe, bounds, nearest.Property.Name, nearest.Length, [], verdict.States)
                {
                    Trace = trace
                        ? TraceOf(variant, bounds, variants.Value.Explore(model, s_options with { Cancellation = cancellation }))
                        : null,
                };
            }

            if (verdict.Outcome != Outcome.Complete)
            {
                return new(variant, Standing.Unfinished, bounds, "", 0, [], verdict.States);
            }

            first ??= verdict;
        }

        ImmutableArray<string> lost = [.. first!.Lost.Select(p => p.Name)];
        return new(variant, lost.IsEmpty ? Standing.Safe : Standing.Useless, Default, "", 0, lost, first.States);
    }

    private static Trace TraceOf(Variant variant, Bounds bounds, ExplorationResult result) =>
        result.FirstViolation!.Trace! with
        {
            Header = new(s_protocol.Name, variant.DesignId, bounds.ToString(), [.. variant.Dropped.Order(StringComparer.Ordinal)])
        };

    private TransitionSystem ModelOf(Variant variant)
    {
        var model = variant.Conversion.IsStandard ? _standard.Without(variant.Dropped) : variant.Build();
        return model with { Properties = [.. model.Properties.Where(p => p.IsRule || _claimed.Contains(p.Name))] };
    }
}
