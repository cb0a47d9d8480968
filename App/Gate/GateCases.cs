using System.Collections.Immutable;
using Checker.Model.Catalogue;
using Checker.Model.Ir;
using Checker.Solver;
using Trace = Checker.Solver.Traces.Trace;

namespace Checker.App.Gate;

/// <summary>The results of the engines as the cases of a gate.</summary>
/// <param name="entry">The name of the entry of the gate's file; empty outside a gate.</param>
/// <param name="expected">The verdicts expected by the user, by property. For any other property the catalogue's count.</param>
public sealed class GateCases(string entry, IReadOnlyDictionary<string, string> expected)
{
    /// <summary>The expectations of the catalogue alone.</summary>
    public static GateCases OfCatalogue { get; } = new("", ImmutableDictionary<string, string>.Empty);

    public GateRun Of(Run run)
    {
        var surprises = run.Judgement.Surprises.ToDictionary(s => s.Result.Property.Name, s => s.Problem, StringComparer.Ordinal);
        var violations = run.Judgement.Violations.ToDictionary(v => v.Property, StringComparer.Ordinal);
        var cases = run.Result.Properties.Select(p =>
        {
            string name = p.Property.Name;
            string proved = run.AllSizes?.IsProved(name) == true ? "; proved for any size" : "";
            var (status, message) = (p.Answer, surprises.GetValueOrDefault(name), violations.GetValueOrDefault(name)) switch
            {
                (Answer.Undecided, _, _) when run.IsUnfinished => (CaseStatus.Undecided, "not decided: the search was not finished"),
                (Answer.Undecided, _, _) => (CaseStatus.Skipped, "not decided: the search ended at the first violation"),
                (_, { } problem, _) => (CaseStatus.Failed, problem),
                (_, _, { IsExpected: true } violation) => (CaseStatus.Passed, $"violated, as expected: {violation.Reason}"),
                (_, _, { } violation) => (CaseStatus.Failed, Violated(run.Job.Protocol, p.Property, run.TraceOf(violation.Result))),
                _ => (CaseStatus.Passed, p.Answer.Word + proved),
            };
            var made = Judged(GateCase.At(p.Property.Source, name, p.Answer.Word, status, message));
            return p.Answer is Answer.Violated && made.IsBad ? made.With(run.TraceOf(p)) : made with { Length = p.Trace?.Length };
        });
        var others = run.OtherProblems
            .Select(o => GateCase.At(PlaceOf(run.Job.Protocol), GateCase.WholeRun, "undecided", CaseStatus.Failed, o));
        return Make(run.Job, Engine.Exploration, run.Time, [.. cases, .. others]) with
        {
            States = run.Result.Distinct,
            Generated = run.Result.Generated,
            Depth = run.Result.Depth,
        };
    }

    public GateRun Of(ProofRun run)
    {
        var proved = run.Result.ProvedProperties.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        string open = run.Answer.Reason is { Length: > 0 } reason ? reason : $"{Quantity.Of(run.Open.Count(), "obligation")} open";
        var cases = run.Job.Properties.Select(p =>
        {
            if (run.Violation is { Trace: { } trace } violation && violation.Property.Name == p.Name)
            {
                trace = trace with { Header = run.Job.Job.Header with { Bounds = trace.Header.Bounds } };
                return Shown(run.Job.Job.Protocol, p, "refuted", trace);
            }

            return Judged(proved.Contains(p.Name)
                ? GateCase.At(p.Source, p.Name, "proved", CaseStatus.Passed, "proved for any size")
                : GateCase.At(p.Source, p.Name, "undecided", CaseStatus.Undecided, $"not proved for any size: {open}"));
        });
        var left = run.Job.NotClaimed.Concat(run.Job.NotEncoded).Select(p => GateCase.At(
            run.Job.System.Property(p.Property).Source,
            p.Property,
            "undecided",
            CaseStatus.Skipped,
            $"no proof is tried: {p.Reason}"));
        return Make(run.Job.Job, Engine.Proof, run.Result.Duration, [.. cases, .. left]);
    }

    public GateRun Of(WalkRun run)
    {
        string none = run.Answer.Reason;
        var cases = Asked(run.Job, Engine.Walks).Select(p => run.Trace is { } trace && trace.Property!.Name == p.Name
            ? run.IsViolated
                ? Shown(run.Job.Protocol, p, "violated", trace)
                : GateCase.At(p.Source, p.Name, "violated", CaseStatus.Passed, "violated, as expected") with { Length = trace.Length }
            : Unseen(p, run.Result.IsStopped ? CaseStatus.Undecided : run.IsViolated ? CaseStatus.Skipped : CaseStatus.Passed,
                run.IsViolated ? "the walks ended at the violation of another property" : none));
        return Make(run.Job, Engine.Walks, run.Time, [.. cases]);
    }

    public GateRun Of(BoundedRun run)
    {
        string steps = Quantity.Of(run.Steps, "step");
        var cases = Asked(run.Job, Engine.BoundedModelChecking).Where(p => !p.IsWitnessed).Select(p => run.Answer switch
        {
            Answer.Violated { Trace: { } trace } when trace.Property!.Name == p.Name => Shown(run.Job.Protocol, p, "violated", trace),
            Answer.Violated => Unseen(p, CaseStatus.Skipped, "the search ended at the violation of another property"),
            Answer.Holds => Judged(
                GateCase.At(p.Source, p.Name, "holds", CaseStatus.Passed, $"holds in all behaviours of at most {steps}")),
            _ => Unseen(p, CaseStatus.Undecided, $"not decided: {run.Answer.Reason}"),
        });
        return Make(run.Job, Engine.BoundedModelChecking, run.Time, [.. cases]);
    }

    /// <summary>The properties of the job that the engine decides.</summary>
    private static IEnumerable<PropertyDeclaration> Asked(Job job, Engine engine) =>
        job.Model.Properties.Where(p => engine.Decides(p.Kind));

    private GateRun Make(Job job, Engine engine, TimeSpan time, ImmutableArray<GateCase> cases) => new(
        entry,
        job.Protocol.Name,
        job.Design.Id,
        GateCheck.BoundsOf(job, engine),
        job.Dropped,
        GateEntry.NameOf(engine),
        null,
        null,
        null,
        Math.Round(time.TotalSeconds, 3),
        cases);

    private GateCase Shown(Protocol protocol, PropertyDeclaration property, string verdict, Trace trace)
    {
        var made = Judged(GateCase.At(property.Source, property.Name, verdict, CaseStatus.Failed, Violated(protocol, property, trace)));
        return made.IsBad ? made.With(trace) : made with { Length = trace.Length };
    }

    /// <summary>The case of a property of which the engine found nothing. Finding nothing is no verdict.</summary>
    private GateCase Unseen(PropertyDeclaration property, CaseStatus status, string message)
    {
        var made = GateCase.At(property.Source, property.Name, "undecided", status, message);
        return status == CaseStatus.Passed && expected.TryGetValue(property.Name, out string? word) && word == "violated"
            ? made with { Status = CaseStatus.Undecided, Message = $"expected to be violated, but {message}" }
            : made;
    }

    /// <summary>Applies the user's expectation to a case with a verdict.</summary>
    private GateCase Judged(GateCase made)
    {
        if (made.Status is not (CaseStatus.Passed or CaseStatus.Failed) || !expected.TryGetValue(made.Property, out string? word))
        {
            return made;
        }

        string found = made.Verdict switch { "proved" => "holds", "refuted" => "violated", _ => made.Verdict };
        return found == word
            ? made with { Status = CaseStatus.Passed, Message = $"{made.Verdict}, as '{entry}' expects" }
            : made with
            {
                Status = CaseStatus.Failed,
                Message = $"{made.Property} is expected to be {Adjective(word)}, and {Predicate(made.Verdict)}",
            };
    }

    private static string Adjective(string word) => word == "holds" ? "true" : word;

    private static string Predicate(string verdict) => verdict == "holds" ? "holds" : $"is {verdict}";

    private static string Violated(Protocol protocol, PropertyDeclaration property, Trace trace)
    {
        string sentence = Sentences.Of(protocol, property).TrimEnd('.');
        return $"{property.Name} is violated after {Quantity.Of(trace.Length - 1, "step")}{(sentence.Length == 0 ? "" : $": {sentence}")}";
    }

    private static Source PlaceOf(Protocol protocol) => new(protocol.File, protocol.Line);
}
