using System.Collections.Immutable;
using System.Text;
using Checker.Model.Catalogue;
using Checker.Solver.Explicit;

namespace Checker.App;

/// <summary>
/// The verdicts of a protocol, with a row for each property. A column is a design without its last part (the VMM's behaviour). A cell has
/// one mark for each value of this part.
/// </summary>
public sealed class Matrix(Protocol protocol, ImmutableArray<Run> runs)
{
    /// <summary>The mark of a property which is not claimed for the design.</summary>
    private const string NotClaimed = ".";

    private const string Holds = "+";

    /// <summary>The mark of an unexpected verdict. A page without problems never contains it, because it fails the run.</summary>
    private const string Unexpected = "!";

    public void Write(StringBuilder text)
    {
        var columns = runs.GroupBy(r => string.Join("<br>", r.Job.Design.Parts.SkipLast(1)), StringComparer.Ordinal).ToList();
        text.Append($"| property | {string.Join(" | ", columns.Select(c => c.Key.Length == 0 ? "verdict" : c.Key))} "
            + $"|\n|---|{string.Concat(columns.Select(_ => "---|"))}\n");
        var names = from claim in protocol.Claims
                    where claim.Protocol == protocol.Name
                    from name in runs.SelectMany(r => r.Result.Properties).Select(p => p.Property.Name).Distinct(StringComparer.Ordinal)
                    where protocol.ClaimOf(name) == claim
                    select name;
        foreach (string name in names)
        {
            text.Append($"| {name} | {string.Join(" | ", columns.Select(c => string.Join(' ', c.Select(r => Mark(r, name)))))} |\n");
        }
    }

    private static string Mark(Run run, string name)
    {
        var result = run.Result.Properties.FirstOrDefault(p => p.Property.Name == name);
        var violation = run.Judgement.Violations.FirstOrDefault(v => v.Property == name);
        return (result, violation) switch
        {
            (null, _) => NotClaimed,
            (PropertyResult { Holds: true }, _) => Holds,
            (_, Violation { IsExpected: true } expected) => $"-{expected.Length}",
            _ => Unexpected,
        };
    }
}
