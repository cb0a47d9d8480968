using Checker.Solver.Explicit;

namespace Checker.Solver.Bounded;

public enum Accord
{
    Agree,

    /// <summary>One of the two engines is wrong.</summary>
    Disagree,

    /// <summary>One of the two did not finish. Never a success.</summary>
    Undecided,
}

/// <summary>What Z3 says of the first steps of an instance, held against what exploration found.</summary>
/// <param name="Message">One line for the user.</param>
public sealed record CrossCheck(Accord Accord, string Message)
{
    /// <summary>
    /// The two agree if their first violations take equally many steps, or there is none within the depth for both. Which property
    /// it is, and by which behaviour, may differ.
    /// </summary>
    public static CrossCheck Compare(ExplorationResult explored, BmcResult bounded)
    {
        int? found = explored.FirstViolation?.Trace!.Length - 1;
        bool finished = explored.Outcome is Outcome.Complete or Outcome.Violated;
        // Exploration that was broken off has looked at the levels that it exhausted; the first of them takes no step.
        int clean = found - 1 ?? (finished ? int.MaxValue : explored.Depth - 1);
        string ours = found is { } steps
            ? $"exploration finds {explored.FirstViolation!.Property.Name} violated after {Steps(steps)}"
            : finished ? "exploration finds no violation"
            : clean < 0 ? "exploration was broken off at once"
            : $"exploration finds no violation within {Steps(clean)}, where it was broken off";
        switch (bounded)
        {
            case BmcResult.Unknown unknown:
                return new(Accord.Undecided, $"Z3 did not decide {Steps(unknown.Depth)}: {unknown.Reason}");
            case BmcResult.Violated violated:
                int theirs = violated.Trace.Length - 1;
                return found == theirs ? new(Accord.Agree, $"Z3 agrees: the first violation takes {Steps(theirs)}")
                    // The shorter trace was replayed by the interpreter, so it is real: the other engine has missed it.
                    : theirs <= clean ? Differ($"Z3 finds {violated.Property.Name} violated after {Steps(theirs)}", "exploration")
                    : found is not null ? Differ($"Z3 finds no violation before {violated.Property.Name} after {Steps(theirs)}", "Z3")
                    : new(Accord.Undecided, $"Z3 finds {violated.Property.Name} violated after {Steps(theirs)}; {ours}");
            default:
                return found <= bounded.Asked ? Differ($"Z3 finds no violation within {Steps(bounded.Asked)}", "Z3")
                    : clean >= bounded.Asked ? new(Accord.Agree, $"Z3 agrees: no violation within {Steps(bounded.Asked)}")
                    : new(Accord.Undecided, $"Z3 finds no violation within {Steps(bounded.Asked)}; {ours}");
        }

        CrossCheck Differ(string what, string wrong) =>
            new(Accord.Disagree, $"Z3 and exploration disagree: {what}, {ours}; the interpreter confirms the shorter trace, so {wrong} is wrong");
    }

    private static string Steps(int count) => count == 1 ? "1 step" : $"{count} steps";
}
