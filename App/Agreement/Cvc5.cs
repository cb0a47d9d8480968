using System.Collections.Immutable;
using Checker.Model.Ir;
using Checker.Solver.Explicit;

namespace Checker.App.Agreement;

/// <summary>
/// cvc5 on exported SMT-LIB: the number of steps after which a violation is first possible. An instance of many bits takes long for
/// each further step, so without a short violation only a few steps are asked about.
/// </summary>
internal static class Cvc5
{
    /// <summary>The number of steps asked about if there is no violation up to <see cref="Most"/>.</summary>
    public const int Few = 3;

    /// <summary>The largest number of steps of a violation which is confirmed.</summary>
    public const int Most = 8;

    /// <summary>Returns the number of steps to ask about.</summary>
    public static int Steps(ExplorationResult ours) => Shortest(ours) is { } steps && steps <= Most ? steps : Few;

    /// <summary>Returns the first difference; empty if there is none.</summary>
    /// <param name="script">The export, with a question for each number of steps up to <see cref="Steps"/>.</param>
    /// <exception cref="ToolFailedException">There is no result.</exception>
    public static string Compare(string script, ExplorationResult ours, AgreementOptions options)
    {
        using var workshop = new Workshop(options, "cvc5");
        workshop.Write("model.smt2", script);
        var result = workshop.Run("cvc5", "--lang=smt2", "model.smt2");
        ImmutableArray<string> answers = [.. result.Output.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0)];
        return result.Code == 0 && answers.Length == Steps(ours) + 1 && answers.All(a => a is "sat" or "unsat")
            ? Difference(answers, ours)
            : throw Workshop.Refused("cvc5", result);
    }

    /// <param name="answers">"sat" or "unsat" for each number of steps, from 0.</param>
    internal static string Difference(ImmutableArray<string> answers, ExplorationResult ours)
    {
        int theirs = answers.IndexOf("sat");
        int here = Shortest(ours) is { } steps && steps < answers.Length ? steps : -1;
        return theirs == here ? "" : $"a violation is possible {After(theirs)}, and here {After(here)}";

        string After(int found) => found < 0
            ? $"not up to {Quantity.Of(answers.Length - 1, "step")}"
            : $"after {Quantity.Of(found, "step")}";
    }

    /// <summary>
    /// The least number of steps to a violating state, or to the state before a violating step; null without a violation.
    /// </summary>
    private static int? Shortest(ExplorationResult ours) => ours.Properties
        .Where(p => p is { Holds: false, Trace: not null } && !p.Property.IsWitnessed && p.Property.Subject != PropertySubject.Sequence)
        .Select(p => (int?)(p.Trace!.Length - 1 - (p.Property.IsAboutSteps ? 1 : 0)))
        .Min();
}
