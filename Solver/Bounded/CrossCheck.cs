using Checker.Solver.Explicit;

namespace Checker.Solver.Bounded;

public enum Accord
{
    Agree,

    /// <summary>One of the two engines is wrong.</summary>
    Disagree,

    /// <summary>One of the two engines did not finish. This is never a success.</summary>
    Undecided,
}

/// <summary>Z3's findings about the first steps of an instance, compared with the findings of exploration.</summary>
/// <param name="Message">One line for the user.</param>
public sealed record CrossCheck(Accord Accord, string Message)
{
    /// <summary>
    /// Compares the two results. They agree if their first violations take equally many steps, or if neither finds one within the
    /// depth. They may differ in the property and in the behaviour.
    /// </summary>
    public static CrossCheck Compare(ExplorationResult explored, BmcResult bounded)
    {
        int? found = explored.FirstViolation?.Trace!.Length - 1;
        bool finished = explored.Outcome is Outcome.Complete or Outcome.Violated;
        // An interrupted exploration has visited its exhausted levels. The first of them takes no step.
        int clean = found - 1 ?? (finished ? int.MaxValue : explored.Depth - 1);
        string ours = found is { } steps
            ? $"exploration finds {explored.FirstViolation!.Property.Name} violated after {Steps(steps)}"
            : finished ? "exploration finds no violation"
            : clean < 0 ? "exploration was broken off at once"
            : $"exploration finds no violation within {Steps(clean)}, where it was broken off";
        switch (bounded.Answer)
        {
            case Answer.Undecided undecided:
                return new(Accord.Undecided, $"Z3 did not decide {Steps(bounded.Asked)}: {undecided.Why}");
            case Answer.Violated { Trace: var trace }:
                int theirs = trace.Length - 1;
                return found == theirs ? new(Accord.Agree, $"Z3 agrees: the first violation takes {Steps(theirs)}")
                    // The interpreter replayed the shorter trace, so it is real and the other engine has missed it.
                    : theirs <= clean ? Differ($"Z3 finds {trace.Property!.Name} violated after {Steps(theirs)}", "exploration")
                    : found is not null ? Differ($"Z3 finds no violation before {trace.Property!.Name} after {Steps(theirs)}", "Z3")
                    : new(Accord.Undecided, $"Z3 finds {trace.Property!.Name} violated after {Steps(theirs)}; {ours}");
            default:
                return found <= bounded.Asked ? Differ($"Z3 finds no violation within {Steps(bounded.Asked)}", "Z3")
                    : clean >= bounded.Asked ? new(Accord.Agree, $"Z3 agrees: no violation within {Steps(bounded.Asked)}")
                    : new(Accord.Undecided, $"Z3 finds no violation within {Steps(bounded.Asked)}; {ours}");
        }

        CrossCheck Differ(string what, string wrong) =>
            new(
                Accord.Disagree,
                $"Z3 and exploration disagree: {what}, {ours}; the interpreter confirms the shorter trace, so {wrong} is wrong");
    }

    private static string Steps(int count) => count == 1 ? "1 step" : $"{count} steps";
}
