using System.Collections.Immutable;
using System.Globalization;
using Checker.Model.Catalogue;
using Checker.Model.Check;
using Checker.Model.Ir;
using Checker.Solver;

namespace Checker.App;

/// <summary>The selection of the user in the user's words. Omitted parts are null or empty.</summary>
/// <param name="Engine">The engine which decides the properties. It is needed only if some are named.</param>
public sealed record Selection(
    ProtocolSet Protocols,
    string? Protocol,
    ImmutableArray<string> Designs,
    string? Bounds,
    ImmutableArray<string> Dropped,
    ImmutableArray<string> Properties,
    Engine? Engine = null);

/// <summary>The designs selected for a command. All names given by the user are looked up here, before the work.</summary>
public static class Plan
{
    /// <exception cref="BadInputException">A name does not exist.</exception>
    public static ImmutableArray<Job> Of(Selection selection)
    {
        bool all = selection is { Protocol: null, Bounds: null, Designs.IsEmpty: true, Dropped.IsEmpty: true, Properties.IsEmpty: true };
        return all
            ? [.. selection.Protocols.SelectMany(p => Of(p, selection))]
            : Of(ProtocolNamed(selection.Protocols, selection.Protocol), selection);
    }

    /// <summary>Returns the protocol with this name; the main one if there is no name.</summary>
    /// <exception cref="BadInputException">There is no such protocol.</exception>
    public static Protocol ProtocolNamed(ProtocolSet protocols, string? name) =>
        name is null ? protocols.Main : protocols.Get(Choice.Of("protocol", name, [.. protocols.Select(p => p.Name)]));

    /// <exception cref="ModelException">The protocol has no designs.</exception>
    private static ImmutableArray<Job> Of(Protocol protocol, Selection selection)
    {
        if (protocol.Designs.IsEmpty)
        {
            throw new ModelException([ProtocolCheck.NoDesign(protocol)]);
        }

        var bounds = selection.Bounds is null ? Bounds.DefaultOf(protocol) : BoundsOption.Parse(protocol, selection.Bounds);
        // A model takes some milliseconds to build. If nothing is looked up in it, its job builds it.
        var models = DesignPattern.Select(selection.Protocols, protocol, selection.Designs)
            .Select(d => (Design: d, Model: new Lazy<TransitionSystem>(() => protocol.Build(d))))
            .ToList();
        var dropped = Names(
            "label",
            selection.Dropped,
            models.SelectMany(m => m.Model.Value.Labels).Select(l => l.Name),
            selection.Protocols,
            protocol,
            p => p.Build(p.Designs[0]).Labels.Select(l => l.Name));
        var properties = Names(
            "property",
            selection.Properties,
            models.SelectMany(m => m.Model.Value.Properties).Select(p => p.Name),
            selection.Protocols,
            protocol,
            p => p.Build(p.Designs[0]).Properties.Select(x => x.Name));
        foreach (var property in models.SelectMany(m =>
            properties.IsEmpty ? [] : m.Model.Value.Properties.Where(p => properties.Contains(p.Name))))
        {
            RefuseUndecided(
                protocol,
                property,
                selection.Engine ?? throw new InvalidOperationException("properties are selected, but no engine that decides them"));
        }

        return
        [
            .. from m in models
               where properties.IsEmpty || m.Model.Value.Properties.Any(p => properties.Contains(p.Name))
               select new Job(protocol, m.Design, bounds, new(() => Only(m.Model.Value.Without(dropped), properties)), dropped),
        ];
    }

    /// <summary>Checks the catalogue of each protocol with all designs selected. A part which checks nothing is refused.</summary>
    /// <exception cref="ModelException">The catalogue has mistakes.</exception>
    public static void RefuseIdle(IEnumerable<Job> jobs)
    {
        var found = jobs.GroupBy(j => j.Protocol)
            .Where(p => p.Count() == p.Key.Designs.Length)
            .SelectMany(p => ProtocolCheck.Of(p.Key))
            .ToImmutableArray();
        if (!found.IsEmpty)
        {
            throw new ModelException(found);
        }
    }

    /// <summary>Refuses properties which the engine does not decide, because its silence must not look like success.</summary>
    /// <exception cref="BadInputException">The engine does not decide properties of this kind.</exception>
    public static void RefuseUndecided(Protocol protocol, PropertyDeclaration property, Engine engine)
    {
        if (engine.Decides(property.Kind))
        {
            return;
        }

        string question = string.Format(CultureInfo.InvariantCulture, property.Kind.Traits().Question, property.Name);
        string other = $"{Self.Command} {Decision.Engines(property.Kind)[0].Command()}{Self.From(protocol)} --property "
            + $"{Self.Argument(property.Name)}{(protocol.IsMain ? "" : $" --protocol {protocol.Name}")}";
        throw new BadInputException($"--property {property.Name}: {engine.Command()} does not decide {question}; `{other}` does");
    }

    /// <summary>
    /// Restricts the model to the chosen properties. The requirements of the language itself are always checked, because without
    /// them the rest means nothing. The lemmas of the proofs are checked only if they are named.
    /// </summary>
    private static TransitionSystem Only(TransitionSystem model, ImmutableArray<string> chosen) => model with
    {
        Properties = [.. model.Properties.Where(p =>
            p.IsRule || (chosen.IsEmpty ? !p.IsLemma : chosen.Contains(p.Name)))],
    };

    /// <summary>Searching a name in another protocol serves a better message. A wrong model there is no mistake here.</summary>
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

    /// <summary>Returns the names in the model's spelling, each once, in the given order.</summary>
    private static ImmutableArray<string> Names(
        string kind,
        ImmutableArray<string> given,
        IEnumerable<string> known,
        ProtocolSet protocols,
        Protocol protocol,
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
            .. given.Select(name =>
                !allowed.Contains(name) && protocols.FirstOrDefault(p => p != protocol && HasName(elsewhere, p, name)) is { } other
                ? throw new BadInputException($"unknown {kind} '{name}': {protocol.Name} has none of that name, "
                    + $"but {other.Name} has: add --protocol {other.Name}")
                : Choice.Of(kind, name, allowed, $"of {protocol.Name}",
                    $"checker list {plural}{Self.From(protocol)} --protocol {protocol.Name}"))
                    .Distinct(StringComparer.Ordinal),
        ];
    }
}
