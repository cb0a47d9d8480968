using Checker.App;
using Checker.Solver.Explicit;
using Checker.Solver.Proof;

namespace Checker.Cli.Report;

/// <summary>
/// The table of properties by design: the verdicts of exploration at the bounds, and the proofs for any number of elements.
/// </summary>
internal static class ClaimTable
{
    public static void Write(Terminal terminal, IReadOnlyList<Run> runs)
    {
        foreach (var protocol in runs.Where(r => r.AllSizes is not null).GroupBy(r => r.Job.Protocol))
        {
            var properties = protocol.SelectMany(r => r.Result.Properties)
                .Where(IsClaim)
                .Select(p => p.Property.Name)
                .Distinct(StringComparer.Ordinal)
                .ToList();
            terminal.Line();
            terminal.Line(
                ($"{protocol.Key.Name}, design by property:", Tone.Strong),
                (
                    $" P proved {Domain.Of(protocol.MaxBy(r => r.Job.Model.Sorts.Length)!.Job.Model)}, and explored; + explored only; "
                        + "X violated; ? not decided; . not claimed",
                    Tone.Quiet));
            int width = protocol.Max(r => r.Job.ToString().Length) + 2;
            for (int i = 0; i < properties.Count; i++)
            {
                terminal.Row($"  {new string(' ', width)}{string.Concat(Enumerable.Repeat("| ", i))}{properties[i]}", Tone.Quiet);
            }

            foreach (var run in protocol)
            {
                terminal.Row($"  {run.Job.ToString().PadRight(width)}{string.Join(' ', properties.Select(p => Mark(run, p)))}");
            }
        }

        foreach (var run in runs.Where(r => r.AllSizes is { Open: not null }))
        {
            terminal.Line(
                $"  not proved for any size: {run.Job}: {run.AllSizes!.Open}; "
                + $"`{Self.CommandFor("prove", run.Job, run.Job.Bounds.Sizes)}` says why",
                Tone.Bad);
        }
    }

    private static bool IsClaim(PropertyResult result) => result.Property.IsClaimedInvariant;

    private static char Mark(Run run, string property) => run.Result.Properties.FirstOrDefault(p => p.Property.Name == property) switch
    {
        null => '.',
        { Holds: false } => 'X',
        { Holds: null } => '?',
        _ => run.AllSizes!.Proved.Contains(property) ? 'P' : '+',
    };
}
