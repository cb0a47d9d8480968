namespace Checker.Tests.Reference;

/// <summary>A wrong depth in expected.csv, with the evidence against it.</summary>
public sealed record Correction(string Row, int InTheFile, int True, string Evidence);

/// <summary>
/// The depths reported one too large by TLC with several workers: a worker may enter a state by a path which is not shortest,
/// before another worker has finished the level. Counts and verdicts do not depend on this. Only these lines are wrong, and
/// <see cref="CorrectionTests"/> proves each of them wrong by a separate search.
/// </summary>
internal static class Corrections
{
    public static readonly Correction[] All =
    [
        new("tdx,attribute,separate,honest 1,2,1,1,1", 62, 61,
            "breadth-first search with the interpreter alone"),
        new("sw,attribute,inplace,honest 1,2,1,1,1", 45, 44,
            "breadth-first search with the interpreter alone; and the same file says 44 for this model without convert.guest_consent, "
                + "a label that only pKVM has: "
            + "the state graph is the same one"),
    ];

    public static int Depth(Row row) => Array.Find(All, c => c.Row == row.Id)?.True ?? row.Depth;
}
