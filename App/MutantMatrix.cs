using System.Text;
using Checker.Model.Catalogue;
using Checker.Solver.Mutation;

namespace Checker.App;

/// <summary>The part of invariants.md with the mutants noticed by each property. It is computed by exploration.</summary>
public static class MutantMatrix
{
    public const string Part = "Mutants";

    /// <summary>
    /// Returns the tables of the mutants declared in Properties, with the length of a shortest violation of each property.
    /// </summary>
    /// <param name="problem">Receives a mutant which differs from its declaration.</param>
    public static string Tables(ProtocolSet protocols, Action<string> problem, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        foreach (var protocol in protocols.Where(p => !p.Mutants.IsEmpty))
        {
            Table(text, protocol, problem, cancellation);
        }

        return text.ToString();
    }

    private static void Table(StringBuilder text, Protocol protocol, Action<string> problem, CancellationToken cancellation)
    {
        var rows = protocol.Mutants.Select(m => (Mutant: m, Found: Violations(protocol, m, cancellation))).ToList();
        foreach (var (mutant, found) in rows)
        {
            if (found is null)
            {
                problem($"{mutant.Design} without {string.Join(',', mutant.Drop)}: unfinished");
            }
            else if (found.GetValueOrDefault(mutant.Property) != mutant.Length || found.Values.Min() != mutant.Length)
            {
                problem($"{mutant.Design} without {string.Join(',', mutant.Drop)}: {mutant.Property} is said to be violated first, "
                    + $"in {mutant.Length} states; found: {string.Join(", ", found.Select(f => $"{f.Key} {f.Value}"))}");
            }
        }

        // A safety property violated by no mutant of this kind has an empty column.
        string[] properties = [.. protocol.Claims.Where(c => c.ByConstruction is null).Select(c => c.Id)
            .Where(id => rows.Exists(r => r.Found is { } found && found.ContainsKey(id)) || IsSafety(protocol, id))];
        text.Append($"\n**{protocol.Name}**\n\n| without | design | bounds | {string.Join(" | ", properties)} "
            + $"|\n|---|---|---|{string.Concat(properties.Select(_ => "---|"))}\n");
        foreach (var (mutant, found) in rows.Where(r => r.Found is not null))
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
