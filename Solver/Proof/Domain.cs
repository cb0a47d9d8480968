using Checker.Model.Ir;

namespace Checker.Solver.Proof;

/// <summary>The sizes that a proof for any size is about.</summary>
public static class Domain
{
    /// <summary>In words: "for any number of Page, Frame (1 or more), Pin (0 or more)"; without sorts, "for the one size that there is".</summary>
    public static string Of(TransitionSystem system)
    {
        string[] parts =
        [
            .. new[] { 1, 0 }.Select(least => (Least: least, Sorts: system.Sorts.Where(s => LeastOf(system, s) == least).ToList())).Where(p => p.Sorts.Count > 0)
                .Select(p => $"{string.Join(", ", p.Sorts)} ({p.Least} or more)"),
        ];
        return parts.Length == 0 ? "for the one size that there is" : $"for any number of {string.Join(", ", parts)}";
    }

    /// <summary>The smallest number of elements that instances have of the sort.</summary>
    public static int LeastOf(TransitionSystem system, SortType sort) => system.MayBeEmpty.Contains(sort.Name) ? 0 : 1;
}
