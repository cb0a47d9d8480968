using System.Collections.Immutable;
using Checker.Model.Catalogue;
using Checker.Solver;

namespace Checker.App.Agreement;

/// <summary>The instances of a comparison.</summary>
public static class AgreementPlan
{
    /// <param name="mutants">True to add the mutant of each label, at the bounds of its declaration.</param>
    /// <exception cref="BadInputException">A name does not exist, or the mutants are not those of whole protocols.</exception>
    public static ImmutableArray<Job> Of(Selection selection, bool mutants)
    {
        var jobs = Plan.Of(selection);
        if (!mutants)
        {
            return jobs;
        }

        if (selection is not { Designs.IsEmpty: true, Bounds: null, Dropped.IsEmpty: true, Properties.IsEmpty: true })
        {
            throw new BadInputException(
                "--mutants is about whole protocols, at the bounds of each mutant: leave --design, --bounds, --drop and --property out");
        }

        return [.. jobs, .. jobs.Select(j => j.Protocol).Distinct().SelectMany(p => p.Mutants.SelectMany(m => JobOf(selection, p, m)))];
    }

    private static ImmutableArray<Job> JobOf(Selection selection, Protocol protocol, Mutant mutant) => Plan.Of(selection with
    {
        Protocol = protocol.Name,
        Designs = mutant.Design.Length == 0 || protocol.DesignKeys.IsEmpty ? [] : [mutant.Design],
        Bounds = string.Join(',', mutant.Bounds),
        Dropped = mutant.Drop,
        Engine = Engine.Exploration,
    });
}
