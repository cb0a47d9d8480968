using Checker.Composition.Protocols;
using Checker.Model.Ir;
using Checker.Solver.Proof;

namespace Checker.Tests.Proofs;

/// <summary>Shortcuts to a proof of a design.</summary>
internal static class Proving
{
    public static ProofOptions Options { get; } = ProofOptions.Default with { Vacuity = false };

    public static TransitionSystem Model(string protocol, string design, params string[] dropped)
    {
        var entry = Registry.Get(protocol);
        return entry.Build(entry.Designs.Single(d => d.Id == design)).Without(dropped);
    }

    /// <summary>The claims of the design: every safety property expected to hold.</summary>
    public static IReadOnlyList<PropertyDeclaration> Claimed(TransitionSystem model, string protocol, string design)
    {
        var entry = Registry.Get(protocol);
        var named = entry.Designs.Single(d => d.Id == design);
        return [.. model.Properties.Where(p => p.IsSafety && entry.Expects(named, p))];
    }

    public static ProofResult Prove(string protocol, string design, params string[] dropped)
    {
        var model = Model(protocol, design, dropped);
        return Induction.Prove(model, Claimed(model, protocol, design), Options);
    }

    public static IEnumerable<string> Open(ProofResult result) =>
        result.Obligations.Where(o => o.Status != ProofStatus.Proved).Select(o => $"{o.Obligation} ({o.Status} {o.Reason})");
}
