using System.Collections.Immutable;
using Checker.Cli.Options;
using Checker.Model.Ir;
using Checker.Model.Protocols.GuestMemory;
using Checker.Properties;
using Checker.Properties.DesignSpace;
using Checker.Solver.Explicit;
using Checker.Solver.Instance;
using Checker.Solver.Traces;

namespace Checker.Cli.DesignSpace;

/// <summary>Explores variants of one design at one size. Any number of threads may do so at the same time.</summary>
internal sealed class Exploration
{
    private static readonly ExplorationOptions s_options = new() { Vacuity = false, Witnesses = false };

    private readonly Protocol _protocol = Registry.Get("GuestMemory");
    private readonly Design _design;
    private readonly Variants _variants;
    private readonly TransitionSystem _standard;
    private readonly ImmutableHashSet<string> _claimed;

    public Exploration(Design design, Bounds bounds)
    {
        (_design, Bounds) = (design, bounds);
        _standard = new Variant(design, VariantKind.Guards, [], Conversion.Standard).Build();
        // What the design violates with all its guards says nothing about a guard.
        _claimed = [.. _standard.Properties.Where(p => p.Kind != PropertyKind.Lemma && _protocol.Expect(design, p.Name).Verdict == Expected.Holds).Select(p => p.Name)];
        _variants = new(_standard, bounds.BySort);
    }

    public Bounds Bounds { get; }

    /// <param name="trace">Keeps the trace of an unsafe one.</param>
    public Explored Explore(Variant variant, CancellationToken cancellation, bool trace = false)
    {
        var model = Model(variant);
        var options = s_options with { Cancellation = cancellation };
        var result = _variants.Explore(model, options);
        if (result.FirstViolation is { } violation)
        {
            return new(variant, Standing.Unsafe, violation.Property.Name, violation.Trace!.Length, [], result.Distinct)
            {
                ConvertsToShared = violation.Trace.States.Any(s => s.Instance is { Action.Name: "ConvertBegin" } i && i.Arguments[2] == (int)Alias.Shared),
                Trace = trace ? violation.Trace with { Header = new(_protocol.Name, _design.Id, Bounds.ToString(), variant.Dropped) } : null,
            };
        }

        if (result.Outcome != Outcome.Complete)
        {
            return new(variant, Standing.Unfinished, "", 0, [], result.Distinct);
        }

        // That something is possible only matters where nothing is violated.
        var witnessed = _variants.Explore(model with { Properties = [.. model.Properties.Where(p => p.Kind is PropertyKind.Reachable or PropertyKind.Scenario)] }, options with { Witnesses = true });
        ImmutableArray<string> lost = [.. witnessed.Properties.Where(p => p.Holds == false).Select(p => p.Property.Name)];
        return new(variant, lost.IsEmpty ? Standing.Safe : Standing.Useless, "", 0, lost, result.Distinct);
    }

    private TransitionSystem Model(Variant variant)
    {
        var model = variant.Conversion == Conversion.Standard ? _standard.Without(variant.Dropped) : variant.Build();
        return model with { Properties = [.. model.Properties.Where(p => p.Kind == PropertyKind.WellFormed || _claimed.Contains(p.Name))] };
    }
}
