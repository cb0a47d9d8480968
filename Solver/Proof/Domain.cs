using Checker.Model.Ir;

namespace Checker.Solver.Proof;

/// <summary>The sizes covered by a proof for any size.</summary>
public static class Domain
{
    /// <summary>
    /// Returns the sizes in words: "for any number of Page, Frame (1 or more), Pin (0 or more)", or "for the one size that there
    /// is" without sorts.
    /// </summary>
    public static string Of(TransitionSystem system)
    {
        string[] parts =
        [
            .. new[] { 1, 0 }
            .Select(least => (Least: least, Sorts: system.Sorts.Where(s => LeastOf(system, s) == least).ToList()))
            .Where(p => p.Sorts.Count > 0)
                .Select(p => $"{string.Join(", ", p.Sorts)} ({p.Least} or more)"),
        ];
        return parts.Length == 0 ? "for the one size that there is" : $"for any number of {string.Join(", ", parts)}";
    }

    /// <summary>Returns the smallest number of elements of the sort in any instance.</summary>
    public static int LeastOf(TransitionSystem system, SortType sort) => system.MayBeEmpty.Contains(sort.Name) ? 0 : 1;
}
