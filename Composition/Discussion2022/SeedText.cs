using System.Collections.Immutable;
using Checker.App;
using Checker.Cli.Report;
using Checker.Composition.Protocols;
using Checker.Model.Catalogue;
using Checker.Properties.GuestMemory.Discussion2022;
using Checker.Solver.Traces.Text;

namespace Checker.Composition.Discussion2022;

/// <summary>The text output of `claims`: all claims with two lines each, or one with all details.</summary>
internal sealed class SeedText(Terminal terminal)
{
    private const int IdWidth = 5;

    /// <summary>The traces shown so far, by their steps, each with its property.</summary>
    private readonly Dictionary<string, string> _shown = new(StringComparer.Ordinal);

    public void Table(IReadOnlyCollection<SeedVerdict> verdicts)
    {
        foreach (var verdict in verdicts)
        {
            terminal.Line((verdict.Claim.Id.PadRight(IdWidth), Tone.Strong), (verdict.Claim.Sentence, Tone.Plain));
            Findings(verdict, IdWidth);
        }

        int unfinished = verdicts.Count(v => !v.IsFinished);
        int refuted = verdicts.Count(v => v.Answers.Any(a => a.IsAsClaimed == false));
        terminal.Line();
        terminal.Line(
            $"{Quantity.Of(verdicts.Count, "claim")}: {refuted} refuted in some "
                + $"design{(unfinished == 0 ? "" : $", {unfinished} not finished")}; `{Self.Command} claims S6` shows S6 with formulas "
                + "and traces.",
            Tone.Strong);
    }

    /// <summary>
    /// The lines for a verdict, one for each protocol and answer: "holds in designation hole", "refuted in designation attribute
    /// (11 states): ..".
    /// </summary>
    public static IEnumerable<string> Describe(SeedVerdict verdict)
    {
        foreach (var finding in verdict.Findings)
        {
            string name = finding.Protocol.Name == Registry.All.Main.Name ? "" : $"{finding.Protocol.Name}: ";
            string why = Lengths(finding.Against) + (finding.Reasons.Length == 0 ? "" : $": {finding.Reasons}");
            yield return $"{name}{finding.Word} in {DesignSet.Describe(finding.Protocol, finding.Designs)}{why}";
        }

        if (!verdict.Unasked.IsEmpty)
        {
            yield return $"not finished: {Quantity.Of(verdict.Unasked.Length, "design")} of the claim not explored";
        }
        else if (verdict.Answers.IsEmpty)
        {
            yield return "not about these designs";
        }

        if (verdict.Claim.Beyond.Length > 0)
        {
            yield return "in part a matter of fact";
        }
    }

    public void One(SeedVerdict verdict)
    {
        var claim = verdict.Claim;
        terminal.Line((claim.Id, Tone.Strong), ($": {claim.Sentence}", Tone.Plain));
        terminal.Line($"said by {claim.Who}, {claim.When}", Tone.Quiet);
        Findings(verdict, indent: 2);
        // Protocols which were not selected have no answers.
        foreach (var question in claim.Questions.Where(q => q.NotAbout.Length > 0 || verdict.Answers.Any(a => a.Question == q)))
        {
            Question(question, [.. verdict.Answers.Where(a => a.Question == question)]);
        }

        if (claim.Beyond.Length > 0)
        {
            terminal.Line();
            terminal.Line(("In part a matter of fact: ", Tone.Strong), ($"{claim.Beyond}.", Tone.Plain));
        }
    }

    public void Problems(IReadOnlyCollection<SeedVerdict> verdicts)
    {
        if (verdicts.Any(v => v.Problems.Any()))
        {
            terminal.Line();
            terminal.Line("Not as expected:", Tone.Bad);
            foreach (string problem in verdicts.SelectMany(v => v.Problems))
            {
                terminal.Line($"  {problem}");
            }
        }
    }

    private void Findings(SeedVerdict verdict, int indent)
    {
        foreach (string line in Describe(verdict))
        {
            terminal.Line($"{"".PadRight(indent)}{line}", verdict.Problems.Any() ? Tone.Bad : Tone.Plain);
        }

        if (verdict.AllSizes != "-")
        {
            terminal.Line($"{"".PadRight(indent)}proved for any size, where they hold: {verdict.AllSizes} properties", Tone.Good);
        }
    }

    private void Question(SeedQuestion question, ImmutableArray<SeedAnswer> answers)
    {
        var protocol = Registry.Get(question.Protocol);
        terminal.Line();
        terminal.Line(
            ($"{question.Protocol}: {question.Property}", Tone.Strong),
            (
                $", which the claim says is {(question.Claimed ? "so" : "not so")}: "
                    + $"{SeedModel.Sentence(question.Protocol, question.Property)}",
                Tone.Plain));
        var formulas = answers.GroupBy(a => FormulaText.Of(a.Run.Job.Model, a.Result.Property), StringComparer.Ordinal).ToList();
        foreach (var formula in formulas)
        {
            string indent = "  ";
            if (formulas.Count > 1)
            {
                terminal.Line($"  {DesignSet.Describe(protocol, [.. formula.Select(a => a.Design)])}:", Tone.Quiet);
                indent = "    ";
            }

            terminal.Line(indent + formula.Key.TrimEnd('\n').Replace("\n", "\n" + indent, StringComparison.Ordinal));
        }

        foreach (var same in answers.GroupBy(a => (a.Verdict, a.IsAsClaimed, a.Question.Expect(a.Design).Reason)))
        {
            var (word, asClaimed, reason) = same.Key;
            terminal.Line(
                ($"  {word}", asClaimed == true ? Tone.Good : Tone.Bad),
                (
                    $" in {DesignSet.Describe(protocol, [.. same.Select(a => a.Design)])}{Lengths(same)}"
                        + (reason.Length == 0 ? "" : $": {reason}"),
                    Tone.Plain));
        }

        foreach (var (reason, designs) in NotAbout(protocol, question))
        {
            terminal.Line($"  not about {designs}: {reason}", Tone.Quiet);
        }

        foreach (var premise in answers.Where(a => a.Result.Holds == true)
            .SelectMany(a => a.EmptyPremises.Select(p => (p, a.Design)))
            .GroupBy(p => p.p, p => p.Design, StringComparer.Ordinal))
        {
            terminal.Line($"  but its premise {premise.Key} is never true in {DesignSet.Describe(protocol, [.. premise])}");
        }

        AnyProof(protocol, answers);
        Trace(answers);
    }

    private void AnyProof(Protocol protocol, ImmutableArray<SeedAnswer> answers)
    {
        var proved = answers.Where(a => a.IsProved).Select(a => a.Design).ToList();
        if (proved.Count > 0)
        {
            terminal.Line($"  proved for any size in {DesignSet.Describe(protocol, proved)}", Tone.Good);
        }

        var open = answers.Where(a => a is { CanBeProved: true, IsProved: false, Run.Proved: not null }).Select(a => a.Design).ToList();
        if (open.Count > 0)
        {
            terminal.Line($"  not proved for any size in {DesignSet.Describe(protocol, open)}");
        }
    }

    /// <summary>Shows the shortest trace: a refutation of the claim, or else a witness of it.</summary>
    private void Trace(ImmutableArray<SeedAnswer> answers)
    {
        var shown = answers.Where(a => a.Result.Trace is not null)
            .OrderBy(a => a.IsAsClaimed)
            .ThenBy(a => a.Result.Trace!.Length)
            .FirstOrDefault();
        if (shown is null)
        {
            return;
        }

        terminal.Line();
        string steps = $"{shown.Design}: {string.Join(' ', shown.Result.Trace!.States.Select(s => s.Instance))}";
        if (_shown.TryGetValue(steps, out string? property))
        {
            terminal.Line($"  The trace is the one of {property} above.");
            return;
        }

        _shown.Add(steps, shown.Question.Property);
        terminal.Lines(TraceText.Write(shown.Run.TraceOf(shown.Result), new(terminal.Width)));
    }

    /// <summary>The lengths of the shortest traces: " (4 states)", " (4 to 7 states)".</summary>
    private static string Lengths(IEnumerable<SeedAnswer> answers)
    {
        var lengths = answers.Where(a => a.Result.Trace is not null).Select(a => a.Result.Trace!.Length).ToList();
        return lengths.Count == 0 ? ""
            : lengths.Min() == lengths.Max() ? $" ({lengths[0]} states)"
            : $" ({lengths.Min()} to {lengths.Max()} states)";
    }

    private static IEnumerable<(string Reason, string Designs)> NotAbout(Protocol protocol, SeedQuestion question) =>
        from design in protocol.Designs
        let expected = question.Expect(design)
        where expected.Finding == Finding.NotAbout
        group design by expected.Reason into same
        select (same.Key, DesignSet.Describe(protocol, [.. same]));
}
