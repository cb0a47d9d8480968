using System.Collections.Immutable;
using Checker.Model.Check;
using Checker.Model.Ir;

namespace Checker.Model.Catalogue;

/// <summary>Finds the parts of a catalogue that check nothing: names without a meaning, and labels and claims without a use.</summary>
public static class ProtocolCheck
{
    /// <summary>Builds every design, and returns the mistakes of the protocol, each with its place.</summary>
    /// <exception cref="ModelException">A model is wrong.</exception>
    public static ImmutableArray<Diagnostic> Of(Protocol protocol)
    {
        if (protocol.Designs.IsEmpty)
        {
            return [NoDesign(protocol)];
        }

        var found = new List<Diagnostic>();
        var models = protocol.Designs.Select(d => (Design: d, Model: protocol.Build(d))).ToList();
        foreach (var (design, model) in models)
        {
            found.AddRange(OfModel(design, model));
        }

        var used = models.SelectMany(m => m.Model.Actions.SelectMany(a => a.Labels).Concat(m.Model.Properties.SelectMany(p => p.Labels)))
            .ToHashSet(StringComparer.Ordinal);
        found.AddRange(models.SelectMany(m => m.Model.Labels).DistinctBy(l => l.Name).Where(l => !used.Contains(l.Name))
            .Select(l => new Diagnostic(ProtocolCode.UnusedLabel, $"no action or property uses the label {l.Name}", l.Source)));
        foreach (var claim in protocol.Claims)
        {
            found.AddRange(OfClaim(protocol, claim, models).Select(m => new Diagnostic(m.Code, m.Message, new(claim.File, claim.Line))));
        }

        found.AddRange(OfLabels(protocol, models)
            .Concat(protocol.Picture?.Unknown([.. models.Select(m => m.Model)]) ?? [])
            .Select(m => new Diagnostic(ProtocolCode.NoSuchName, m, new(protocol.File, protocol.Line))));
        found.AddRange(OfBugs(protocol, models).Select(b =>
            new Diagnostic(ProtocolCode.NoSuchName, b.Message, new(b.Bug.File, b.Bug.Line))));
        return [.. found.Distinct()];
    }

    /// <summary>The diagnostic for a protocol without designs.</summary>
    public static Diagnostic NoDesign(Protocol protocol) => new(
        ProtocolCode.NoDesign,
        $"{protocol.Name} has no designs, so there is nothing to check: "
        + $"a protocol without variants has one, new Design(\"{protocol.Name}\", [])",
        new(protocol.File, protocol.Line));

    /// <summary>Returns the model, if the protocol gives a size to each of its sorts.</summary>
    /// <exception cref="ModelException">It does not.</exception>
    internal static TransitionSystem Sized(Protocol protocol, TransitionSystem model)
    {
        var found = new List<string>();
        int sorts = protocol.BoundSorts.Length;
        found.AddRange(model.Sorts.Where(s => !protocol.BoundSorts.Contains(s.Name))
            .Select(s => $"the bounds of {protocol.Name} have no size for the sort {s.Name}: they are for {Names(protocol.BoundSorts)}"));
        found.AddRange(from bounds in new[] { ("default", protocol.DefaultBounds), ("large", protocol.LargeBounds),
            ("largest", protocol.MostBounds) }
                       where bounds.Item2.Length != sorts && !(bounds.Item1 == "largest" && bounds.Item2.IsEmpty)
                       select $"{protocol.Name} has {sorts} sorts ({Names(protocol.BoundSorts)}), "
                            + $"and {bounds.Item2.Length} {bounds.Item1} bounds");
        return found.Count == 0
            ? model
            : throw new ModelException([.. found.Select(m => new Diagnostic(ProtocolCode.NoSize, m, new(protocol.File, protocol.Line)))]);
    }

    private static IEnumerable<Diagnostic> OfModel(Design design, TransitionSystem model)
    {
        var names = model.Properties.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var lemma in model.Properties.Where(p => p.IsLemma && !names.Contains(p.Serves)))
        {
            yield return new(ProtocolCode.NoSuchName, $"the lemma {lemma.Name} serves {lemma.Serves}, which {design} does not have",
                lemma.Source);
        }

        if (!model.Properties.Any(p => p.IsWitnessed || p.Subject == PropertySubject.Deadlock))
        {
            yield return new(
                ProtocolCode.NothingPossible,
                $"{design} has no Reachable, Scenario or Terminal: a model in which nothing happens would pass",
                model.Source);
        }
    }

    private static IEnumerable<(string Code, string Message)> OfClaim(
        Protocol protocol,
        Claim claim,
        List<(Design Design, TransitionSystem Model)> models)
    {
        if (claim.Protocol != protocol.Name)
        {
            yield return (ProtocolCode.NoSuchName, $"the claim {claim.Id} of {protocol.Name} names the protocol {claim.Protocol}");
            yield break;
        }

        foreach (string pattern in claim.Designs.Concat(claim.Violated.Select(v => v.Designs))
            .Where(p => !protocol.Designs.Any(d => d.Is(p))))
        {
            yield return (ProtocolCode.NoSuchName, $"the claim {claim.Id} names the designs {pattern}, and there are none");
        }

        if (!claim.Needs.IsEmpty && claim.Needs.Length != protocol.BoundSorts.Length)
        {
            yield return (ProtocolCode.NoSize,
                $"the claim {claim.Id} needs {claim.Needs.Length} sizes, and the sorts are {Names(protocol.BoundSorts)}");
        }
        else if (claim.Needs.Zip(protocol.DefaultBounds).Any(n => n.First > n.Second))
        {
            yield return (
                ProtocolCode.TooLargeNeeds,
                $"the claim {claim.Id} needs {string.Join(',', claim.Needs)}, and the default bounds are {string.Join(',',
                    protocol.DefaultBounds)}");
        }

        if (Claim.OfLanguage(protocol.Name).Any(c => c.Family == claim.Family))
        {
            yield break;
        }

        foreach (var (design, model) in models)
        {
            bool has = model.Properties.Any(p => !p.IsLemma && Claim.FamilyOf(p.Name) == claim.Family);
            bool claimed = claim.ByConstruction is null && claim.IsClaimedOf(design);
            if (has != claimed)
            {
                yield return (
                    ProtocolCode.WrongDesigns,
                    $"{claim.Id} is {(claimed ? "" : "not ")}claimed of {design}, and its model has {(has ? "such a property"
                        : "no such property")}");
            }
        }
    }

    /// <summary>The mistakes in mutants and survivors.</summary>
    private static IEnumerable<string> OfLabels(Protocol protocol, List<(Design Design, TransitionSystem Model)> models)
    {
        var labels = models.SelectMany(m => m.Model.Labels).Select(l => l.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var mutant in protocol.Mutants)
        {
            string name = $"the mutant without {string.Join(", ", mutant.Drop)}";
            foreach (string unknown in mutant.Drop.Where(l => !labels.Contains(l)))
            {
                yield return $"{name}: there is no label {unknown}";
            }

            if (models.FirstOrDefault(m => m.Design.Id == mutant.Design).Model is not { } model)
            {
                yield return $"{name}: there is no design {mutant.Design}";
            }
            else if (model.Properties.All(p => p.Name != mutant.Property))
            {
                yield return $"{name}: {models.First(m => m.Model == model).Design} has no property {mutant.Property}";
            }

            if (mutant.Bounds.Length != protocol.BoundSorts.Length)
            {
                yield return $"{name}: {mutant.Bounds.Length} bounds, and the sorts are {Names(protocol.BoundSorts)}";
            }
        }

        foreach (var survivor in protocol.Survivors)
        {
            if (!labels.Contains(survivor.Label))
            {
                yield return $"the survivor {survivor.Label}: there is no such label";
            }

            if (!protocol.Designs.Any(d => d.Is(survivor.Designs)))
            {
                yield return $"the survivor {survivor.Label}: there are no designs {survivor.Designs}";
            }

            if (survivor.Because == Because.Size && survivor.Bounds.Length != protocol.BoundSorts.Length)
            {
                yield return $"the survivor {survivor.Label}: {survivor.Bounds.Length} bounds, "
                    + $"and the sorts are {Names(protocol.BoundSorts)}";
            }
        }
    }

    /// <summary>The mistakes in known bugs.</summary>
    private static IEnumerable<(Bug Bug, string Message)> OfBugs(
        Protocol protocol,
        List<(Design Design, TransitionSystem Model)> models)
    {
        foreach (var bug in protocol.Bugs)
        {
            int changes = (bug.Drop.IsEmpty ? 0 : 1) + (bug.Mutant is null ? 0 : 1) + (bug.Variant is null ? 0 : 1);
            if (changes != 1)
            {
                yield return (bug, $"the bug {bug.Id} has {changes} changes; it is one of Drop, Mutant and Variant");
            }

            if (bug.Protocol != protocol.Name || bug.Bounds.Length != protocol.BoundSorts.Length)
            {
                yield return (bug, $"the bug {bug.Id} is of {bug.Protocol} at {string.Join(',', bug.Bounds)}, "
                    + $"and {protocol.Name} has the sorts {Names(protocol.BoundSorts)}");
            }

            if (models.FirstOrDefault(m => m.Design.Id == bug.Design) is not { Model: { } model } found)
            {
                yield return (bug, $"the bug {bug.Id}: there is no design {bug.Design}");
                continue;
            }

            if (model.Properties.FirstOrDefault(p => p.Name == bug.Property) is not { IsWitnessed: false } property)
            {
                yield return (bug, $"the bug {bug.Id}: {found.Design} has no invariant {bug.Property}");
            }
            else if (!protocol.Expects(found.Design, property))
            {
                yield return (bug, $"the bug {bug.Id}: {bug.Property} does not hold in {found.Design}, which must be correct");
            }

            foreach (string label in bug.Drop.Where(l => model.Labels.All(d => d.Name != l)))
            {
                yield return (bug, $"the bug {bug.Id}: {found.Design} has no label {label}");
            }
        }
    }

    private static string Names(ImmutableArray<string> sorts) => sorts.IsEmpty ? "none" : string.Join(", ", sorts);
}
