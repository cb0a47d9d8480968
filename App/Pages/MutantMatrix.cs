using System.Collections.Immutable;
using System.Text;
using Checker.Model.Catalogue;
using Checker.Solver.Mutation;

namespace Checker.App.Pages;

/// <summary>The mutants declared in Properties, with the properties violated by each. It is computed by exploration.</summary>
internal sealed class MutantMatrix
{
    private readonly Protocol _protocol;
    private readonly ImmutableArray<(Mutant Mutant, Dictionary<string, int>? Found)> _rows;

    private MutantMatrix(Protocol protocol, ImmutableArray<(Mutant Mutant, Dictionary<string, int>? Found)> rows) =>
        (_protocol, _rows) = (protocol, rows);

    /// <summary>The number of mutants.</summary>
    public int Mutants => _rows.Length;

    /// <summary>True if the exploration of a mutant did not finish.</summary>
    public bool IsUnfinished => _rows.Any(r => r.Found is null);

    /// <summary>The mutants which differ from their declarations, a line each.</summary>
    public IEnumerable<string> Problems =>
        from row in _rows
        let mutant = row.Mutant
        where row.Found is { } found && (found.GetValueOrDefault(mutant.Property) != mutant.Length || found.Values.Min() != mutant.Length)
        select $"{mutant.Design} without {string.Join(',', mutant.Drop)}: {mutant.Property} is said to be violated first, "
            + $"in {mutant.Length} states; found: {string.Join(", ", row.Found!.Select(f => $"{f.Key} {f.Value}"))}";

    /// <summary>Explores the mutants of the protocol.</summary>
    public static MutantMatrix Of(Protocol protocol, CancellationToken cancellation) =>
        new(protocol, [.. protocol.Mutants.Select(m => (m, Violations(protocol, m, cancellation)))]);

    /// <summary>Returns the number of mutants which violate the claim.</summary>
    public int ViolationsOf(Claim claim) =>
        _rows.Count(r => r.Found is { } found && found.Keys.Any(p => _protocol.ClaimOf(p) == claim));

    /// <summary>Writes a row for each mutant, with the length of a shortest violation of each property.</summary>
    public void Write(StringBuilder text)
    {
        // A safety property violated by no mutant of this kind has an empty column.
        string[] properties = [.. _protocol.Claims.Where(c => c.ByConstruction is null).Select(c => c.Id)
            .Where(id => _rows.Any(r => r.Found is { } found && found.ContainsKey(id)) || IsSafety(_protocol, id))];
        text.Append($"| without | design | bounds | {string.Join(" | ", properties)} "
            + $"|\n|---|---|---|{string.Concat(properties.Select(_ => "---|"))}\n");
        foreach (var (mutant, found) in _rows.Where(r => r.Found is not null))
        {
            string design = mutant.Design.Length == 0 ? "" : $"`{mutant.Design}`";
            text.Append($"| {string.Join(", ", mutant.Drop.Select(l => $"`{l}`"))} | {design} | {string.Join(',', mutant.Bounds)} | "
                + $"{string.Join(" | ", properties.Select(p => found!.TryGetValue(p, out int length) ? $"{length}" : ""))} |\n");
        }
    }

    /// <summary>
    /// The properties violated by the mutant but not by the design, each with the length of a shortest trace; null if undecided.
    /// </summary>
    private static Dictionary<string, int>? Violations(Protocol protocol, Mutant mutant, CancellationToken cancellation)
    {
        var design = protocol.Designs.Single(d => d.Id == mutant.Design);
        var job = new Job(protocol, design, new Bounds(protocol.BoundSorts, mutant.Bounds), new(() => protocol.Build(design)), []);
        var system = MutantRun.Expected(job);
        var without = system.Without(mutant.Drop);
        var mutation = new Mutation(
            MutationKind.Label,
            string.Join(',', mutant.Drop),
            "",
            [.. system.Actions.Where(a => a.Labels.Intersect(mutant.Drop).Any()).Select(a => a.Name)],
            system.Source,
            without);
        var options = new MutationOptions
        {
            EveryProperty = true,
            Threads = Machine.Cores,
            MemoryBudget = Machine.DefaultBudget(),
            Cancellation = cancellation
        };
        var result = MutationTest.Run(system, job.Bounds.BySort, [mutation], options)[0];
        return result.Outcome == Solver.Explicit.Outcome.Complete && result.Verdict != MutantVerdict.Unfinished
            ? result.Violations.ToDictionary(v => v.Property.Name, v => v.Length)
            : null;
    }

    private static bool IsSafety(Protocol protocol, string id) => protocol.Designs.SelectMany(d => protocol.Build(d).Properties)
        .Any(p => p.Name == id && p.IsClaimedInvariant);
}
