using System.Text;

namespace Checker.Composition.Discussion2022;

/// <summary>The generated part of docs/claims.md: each claim with its verdict.</summary>
internal static class SeedPage
{
    public const string Part = "Claims";

    public static string Table(IEnumerable<SeedVerdict> verdicts)
    {
        var text = new StringBuilder("| id | who | claim | verdict | for any size |\n|---|---|---|---|---|\n");
        foreach (var verdict in verdicts)
        {
            text.Append($"| {verdict.Claim.Id} | {verdict.Claim.Who} | {verdict.Claim.Sentence} | "
                + $"{string.Join("<br>", SeedText.Describe(verdict))} | {verdict.AllSizes} |\n");
        }

        return text.ToString();
    }
}
