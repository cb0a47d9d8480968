using System.Collections.Immutable;
using Checker.Cli.Options;
using Checker.Model.Ir;
using Checker.Properties;

namespace Checker.Cli.Verification;

/// <summary>What the user asked to verify, in his words; null or empty where he left it to us.</summary>
internal sealed record Selection(string? Protocol, ImmutableArray<string> Designs, string? Bounds, ImmutableArray<string> Dropped, ImmutableArray<string> Properties);

/// <summary>The designs that a command is about. Everything that the user named is looked up here, before anything runs.</summary>
internal static class Plan
{
    /// <summary>The protocol that is meant where designs, bounds, labels or properties are given without one.</summary>
    public const string MainProtocol = "GuestMemory";

    /// <exception cref="BadInputException">Something that was named does not exist.</exception>
    public static ImmutableArray<Job> Of(Selection selection)
    {
        bool all = selection is { Protocol: null, Bounds: null, Designs.IsEmpty: true, Dropped.IsEmpty: true, Properties.IsEmpty: true };
        return all ? [.. Registry.All.SelectMany(p => Of(p, selection))] : Of(ProtocolNamed(selection.Protocol ?? MainProtocol), selection);
    }

    /// <exception cref="BadInputException">There is no such protocol.</exception>
    public static Protocol ProtocolNamed(string name) => Registry.Get(Choice.Of("protocol", name, [.. Registry.All.Select(p => p.Name)]));

    private static ImmutableArray<Job> Of(Protocol protocol, Selection selection)
    {
        var bounds = selection.Bounds is null ? Bounds.DefaultOf(protocol) : Bounds.Parse(protocol, selection.Bounds);
        // A model takes some milliseconds to build: where nothing is looked up in it, its job does it.
        var models = DesignPattern.Select(protocol, selection.Designs).Select(d => (Design: d, Model: new Lazy<TransitionSystem>(() => protocol.Build(d)))).ToList();
        var dropped = Names("label", selection.Dropped, models.SelectMany(m => m.Model.Value.Labels).Select(l => l.Name), protocol,
            p => p.Build(p.Designs[0]).Labels.Select(l => l.Name));
        var properties = Names("property", selection.Properties, models.SelectMany(m => m.Model.Value.Properties).Select(p => p.Name), protocol,
            p => p.Build(p.Designs[0]).Properties.Select(x => x.Name));
        return
        [
            .. from m in models
               where properties.IsEmpty || m.Model.Value.Properties.Any(p => properties.Contains(p.Name))
               select new Job(protocol, m.Design, bounds, new(() => Only(m.Model.Value.Without(dropped), properties)), dropped),
        ];
    }

    /// <summary>
    /// What the language itself demands of the model is checked whatever was chosen: without it the rest means nothing. The lemmas
    /// of the proofs are checked only where they are named.
    /// </summary>
    private static TransitionSystem Only(TransitionSystem model, ImmutableArray<string> chosen) => model with
    {
        Properties = [.. model.Properties.Where(p => p.Kind == PropertyKind.WellFormed || (chosen.IsEmpty ? p.Kind != PropertyKind.Lemma : chosen.Contains(p.Name)))],
    };

    /// <summary>The names as the model spells them, each once, in the order in which they were given.</summary>
    private static ImmutableArray<string> Names(string kind, ImmutableArray<string> given, IEnumerable<string> known, Protocol protocol,
        Func<Protocol, IEnumerable<string>> elsewhere)
    {
        if (given.IsEmpty)
        {
            return [];
        }

        string[] allowed = [.. known.Distinct(StringComparer.Ordinal)];
        string plural = kind == "property" ? "properties" : kind + "s";
        return
        [
            .. given.Select(name => !allowed.Contains(name) && Registry.All.FirstOrDefault(p => p != protocol && elsewhere(p).Contains(name)) is { } other
                ? throw new BadInputException($"unknown {kind} '{name}': {protocol.Name} has none of that name, but {other.Name} has: add --protocol {other.Name}")
                : Choice.Of(kind, name, allowed, $"of {protocol.Name}", $"checker list {plural} --protocol {protocol.Name}")).Distinct(StringComparer.Ordinal),
        ];
    }
}
