using Checker.App;
using Checker.Model.Ir;
using Checker.Solver.Explicit;
using Checker.Solver.Proof;

namespace Checker.Cli.Report;

/// <summary>Design by property: what was explored at the bounds, and what is proved for any number of elements.</summary>
internal static class ClaimTable
{
    private const int NameWidth = 34;

    public static void Write(Terminal terminal, IReadOnlyList<Run> runs)
    {
        foreach (var protocol in runs.Where(r => r.AllSizes is not null).GroupBy(r => r.Job.Protocol))
        {
            var properties = protocol.SelectMany(r => r.Result.Properties).Where(IsClaim).Select(p => p.Property.Name).Distinct(StringComparer.Ordinal).ToList();
            terminal.Line();
            terminal.Line(
                ($"{protocol.Key.Name}, design by property:", Tone.Strong),
                ($" P proved {Domain.Of(protocol.MaxBy(r => r.Job.Model.Sorts.Length)!.Job.Model)}, and explored; + explored only; X violated; ? not decided; . not claimed", Tone.Quiet));
            for (int i = 0; i < properties.Count; i++)
            {
                terminal.Line($"  {"",-NameWidth}{string.Concat(Enumerable.Repeat("| ", i))}{properties[i]}", Tone.Quiet);
            }

            foreach (var run in protocol)
            {
                terminal.Line($"  {run.Job,-NameWidth}{string.Join(' ', properties.Select(p => Mark(run, p)))}");
            }
        }

        foreach (var run in runs.Where(r => r.AllSizes is { Open: not null }))
        {
            terminal.Line($"  not proved for any size: {run.Job}: {run.AllSizes!.Open}; `{Self.CommandFor("prove", run.Job, run.Job.Bounds.Sizes)}` says why", Tone.Bad);
        }
    }

    private static bool IsClaim(PropertyResult result) => result.Property.Kind is PropertyKind.Invariant or PropertyKind.StepInvariant;

    private static char Mark(Run run, string property) => run.Result.Properties.FirstOrDefault(p => p.Property.Name == property) switch
    {
        null => '.',
        { Holds: false } => 'X',
        { Holds: null } => '?',
        _ => run.AllSizes!.Proved.Contains(property) ? 'P' : '+',
    };
}
