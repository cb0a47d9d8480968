using System.Collections.Immutable;
using Checker.Model.Catalogue;
using Checker.Model.Check;
using Checker.Model.Ir;
using Checker.Solver;

namespace Checker.App;

/// <summary>What the user asked to verify, in his words; null or empty where he left it to us.</summary>
/// <param name="Engine">What decides the properties; needed only where some are named.</param>
public sealed record Selection(ProtocolSet Protocols, string? Protocol, ImmutableArray<string> Designs, string? Bounds, ImmutableArray<string> Dropped, ImmutableArray<string> Properties,
    Engine? Engine = null);

/// <summary>The designs that a command is about. Everything that the user named is looked up here, before anything runs.</summary>
public static class Plan
{
    /// <exception cref="BadInputException">Something that was named does not exist.</exception>
    public static ImmutableArray<Job> Of(Selection selection)
    {
        bool all = selection is { Protocol: null, Bounds: null, Designs.IsEmpty: true, Dropped.IsEmpty: true, Properties.IsEmpty: true };
        return all ? [.. selection.Protocols.SelectMany(p => Of(p, selection))] : Of(ProtocolNamed(selection.Protocols, selection.Protocol), selection);
    }

    /// <summary>The protocol of that name; the main one if none is given.</summary>
    /// <exception cref="BadInputException">There is no such protocol.</exception>
    public static Protocol ProtocolNamed(ProtocolSet protocols, string? name) =>
        name is null ? protocols.Main : protocols.Get(Choice.Of("protocol", name, [.. protocols.Select(p => p.Name)]));

    private static ImmutableArray<Job> Of(Protocol protocol, Selection selection)
    {
        var bounds = selection.Bounds is null ? Bounds.DefaultOf(protocol) : BoundsOption.Parse(protocol, selection.Bounds);
        // A model takes some milliseconds to build: where nothing is looked up in it, its job does it.
        var models = DesignPattern.Select(selection.Protocols, protocol, selection.Designs).Select(d => (Design: d, Model: new Lazy<TransitionSystem>(() => protocol.Build(d)))).ToList();
        var dropped = Names("label", selection.Dropped, models.SelectMany(m => m.Model.Value.Labels).Select(l => l.Name), selection.Protocols, protocol,
            p => p.Build(p.Designs[0]).Labels.Select(l => l.Name));
        var properties = Names("property", selection.Properties, models.SelectMany(m => m.Model.Value.Properties).Select(p => p.Name), selection.Protocols, protocol,
            p => p.Build(p.Designs[0]).Properties.Select(x => x.Name));
        foreach (var property in models.SelectMany(m => properties.IsEmpty ? [] : m.Model.Value.Properties.Where(p => properties.Contains(p.Name))))
        {
            RefuseUndecided(protocol, property, selection.Engine ?? throw new InvalidOperationException("properties are selected, but no engine that decides them"));
        }

        return
        [
            .. from m in models
               where properties.IsEmpty || m.Model.Value.Properties.Any(p => properties.Contains(p.Name))
               select new Job(protocol, m.Design, bounds, new(() => Only(m.Model.Value.Without(dropped), properties)), dropped),
        ];
    }

    /// <summary>An engine that does not decide a property says nothing of it, which must not look like success.</summary>
    /// <exception cref="BadInputException">The engine does not decide properties of this kind.</exception>
    public static void RefuseUndecided(Protocol protocol, PropertyDeclaration property, Engine engine)
    {
        if (engine.Decides(property.Kind))
        {
            return;
        }

        string question = property.Kind switch
        {
            PropertyKind.Reachable or PropertyKind.Scenario => $"whether {property.Name} is possible",
            PropertyKind.Terminal => $"whether {property.Name} holds where nothing can happen any more",
            PropertyKind.Lemma => $"whether the lemma {property.Name} holds",
            _ => $"whether {property.Name} holds",
        };
        string other = $"{Self.Command} {Decision.Engines(property.Kind)[0].Command()}{Self.From(protocol)} --property {Self.Argument(property.Name)}{(protocol.IsMain ? "" : $" --protocol {protocol.Name}")}";
        throw new BadInputException($"--property {property.Name}: {engine.Command()} does not decide {question}; `{other}` does");
    }

    /// <summary>
    /// What the language itself demands of the model is checked whatever was chosen: without it the rest means nothing. The lemmas
    /// of the proofs are checked only where they are named.
    /// </summary>
    private static TransitionSystem Only(TransitionSystem model, ImmutableArray<string> chosen) => model with
    {
        Properties = [.. model.Properties.Where(p => p.Kind == PropertyKind.WellFormed || (chosen.IsEmpty ? p.Kind != PropertyKind.Lemma : chosen.Contains(p.Name)))],
    };

    /// <summary>Looking for a name elsewhere is a courtesy: a wrong model there is no mistake here.</summary>
    private static bool HasName(Func<Protocol, IEnumerable<string>> names, Protocol protocol, string name)
    {
        try
        {
            return names(protocol).Contains(name);
        }
        catch (ModelException)
        {
            return false;
        }
    }

    /// <summary>The names as the model spells them, each once, in the order in which they were given.</summary>
    private static ImmutableArray<string> Names(string kind, ImmutableArray<string> given, IEnumerable<string> known, ProtocolSet protocols, Protocol protocol,
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
            .. given.Select(name => !allowed.Contains(name) && protocols.FirstOrDefault(p => p != protocol && HasName(elsewhere, p, name)) is { } other
                ? throw new BadInputException($"unknown {kind} '{name}': {protocol.Name} has none of that name, but {other.Name} has: add --protocol {other.Name}")
                : Choice.Of(kind, name, allowed, $"of {protocol.Name}", $"checker list {plural}{Self.From(protocol)} --protocol {protocol.Name}")).Distinct(StringComparer.Ordinal),
        ];
    }
}
