using System.Collections.Immutable;
using System.Text;
using Checker.Model.Catalogue;
using Checker.Solver.Explicit;

namespace Checker.App.Pages;

/// <summary>
/// The verdicts of a protocol, with a row for each property. A column is a design without its last part (the VMM's behaviour). A cell has
/// one mark for each value of this part.
/// </summary>
internal sealed class Matrix
{
    /// <summary>The largest number of properties of one claim which a row names one by one.</summary>
    private const int MostNames = 3;

    /// <summary>The largest number of columns which leave room for sentences.</summary>
    private const int MostBesideSentences = 2;

    /// <summary>The mark of a property which is not claimed for the design.</summary>
    private const string NotClaimed = ".";

    private const string Holds = "+";

    /// <summary>The mark of an unexpected verdict. A page without problems never contains it, because it fails the run.</summary>
    private const string Unexpected = "!";

    private readonly ImmutableArray<string> _columns;
    private readonly ImmutableArray<(Claim Claim, string Name, string Marks)> _rows;

    public Matrix(Protocol protocol, ImmutableArray<Run> runs)
    {
        var columns = runs.GroupBy(r => string.Join("<br>", r.Job.Design.Parts.SkipLast(1)), StringComparer.Ordinal).ToList();
        _columns = [.. columns.Select(c => c.Key.Length == 0 ? "verdict" : c.Key)];
        var names = runs.SelectMany(r => r.Result.Properties).Select(p => p.Property.Name).Distinct(StringComparer.Ordinal).ToList();
        _rows =
        [
            .. from claim in protocol.Claims
               where claim.Protocol == protocol.Name
               from name in names
               where protocol.ClaimOf(name) == claim
               select (claim, name, string.Join(" | ", columns.Select(c => string.Join(' ', c.Select(r => Mark(r, name)))))),
        ];
    }

    /// <summary>True if the table has room for the sentences beside the verdicts.</summary>
    public bool IsNarrow => _columns.Length <= MostBesideSentences;

    /// <summary>
    /// Writes one row for those properties of a claim which have the same verdicts, with the claim in words. All possibilities of a
    /// protocol with one column have one row.
    /// </summary>
    /// <param name="link">Returns the name of the claim as a link.</param>
    /// <param name="words">Returns the cells after the verdicts.</param>
    public void WriteInWords(StringBuilder text, Func<Claim, string> link, Func<Claim, string> words, Func<Claim, bool> isPossibility)
    {
        text.Append($"| property | {string.Join(" | ", _columns)} | meaning | proof | evidence |\n");
        text.Append($"|---|{string.Concat(_columns.Select(_ => "---|"))}---|---|---|\n");
        var possibilities = new List<(Claim Claim, string Marks)>();
        foreach (var claim in _rows.GroupBy(r => r.Claim))
        {
            foreach (var (same, number) in claim.GroupBy(r => r.Marks, StringComparer.Ordinal).Select((g, i) => (g, i)))
            {
                if (_columns.Length == 1 && isPossibility(claim.Key))
                {
                    possibilities.Add((claim.Key, same.Key));
                    continue;
                }

                string some = same.Count() == claim.Count() ? "" : $", {same.Count()} of {claim.Count()}";
                text.Append($"| {link(claim.Key)}{some} | {same.Key} | {(number == 0 ? words(claim.Key) : "as above | |")} |\n");
            }
        }

        foreach (var same in possibilities.GroupBy(p => p.Marks, StringComparer.Ordinal))
        {
            text.Append($"| *possible* | {same.Key} | ");
            text.Append(string.Join(' ', same.Select(p => $"{link(p.Claim)}: {p.Claim.Sentence}")));
            text.Append(" | witnesses | |\n");
        }
    }

    /// <summary>Writes a row for each property.</summary>
    public void Write(StringBuilder text) => Write(text, _rows.Select(r => (r.Name, r.Marks)));

    /// <summary>Writes one row for those properties of a claim which have the same verdicts.</summary>
    public void WriteClaims(StringBuilder text) => Write(text,
        from claim in _rows.GroupBy(r => r.Claim)
        from same in claim.GroupBy(r => r.Marks, StringComparer.Ordinal)
        select (
            same.Count() <= MostNames
                ? string.Join(", ", same.Select(r => r.Name))
                : $"{claim.Key.Id}{(same.Count() == claim.Count() ? "" : $", {same.Count()} of {claim.Count()}")}",
            same.Key));

    private void Write(StringBuilder text, IEnumerable<(string Name, string Marks)> rows)
    {
        text.Append($"| property | {string.Join(" | ", _columns)} |\n|---|{string.Concat(_columns.Select(_ => "---|"))}\n");
        foreach (var (name, marks) in rows)
        {
            text.Append($"| {name} | {marks} |\n");
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
