using System.Collections.Immutable;
using Checker.App;
using Checker.Model.Catalogue;
using Checker.Solver;
using Checker.Solver.Explicit;
using Checker.Solver.Instance;
using Checker.Solver.Proof;
using Checker.Solver.Traces;
using Checker.Solver.Traces.Text;
using Checker.Solver.Walk;

namespace Checker.Testing;

/// <summary>
/// The commands verify, prove and walk as assertions. A failure is a <see cref="CheckFailedException"/> whose message has the trace.
/// A design, a label, a property or bounds that the protocol does not have are a <see cref="BadInputException"/>.
/// </summary>
public static class CheckerAssert
{
    /// <summary>Explores the designs, and fails unless every property has the verdict that the claims expect.</summary>
    /// <param name="design">A pattern such as "inplace,*"; all designs if null.</param>
    /// <param name="bounds">Sizes such as "2,3", in the order of the protocol's sorts; the default ones if null.</param>
    /// <param name="drop">The labels to leave out.</param>
    /// <returns>The explorations, one for each design.</returns>
    /// <exception cref="CheckFailedException">A verdict is not as expected.</exception>
    public static IReadOnlyList<Run> Explores(Protocol protocol, string? design = null, string? bounds = null, params string[] drop)
    {
        Run[] runs = [.. Plan.Of(Selected(protocol, design, bounds, drop, [])).Select(job => Explored(job, everyProperty: false))];
        foreach (var run in runs.Where(r => !r.Problems.IsEmpty))
        {
            var traces = run.Judgement.Violations.Where(v => !v.IsExpected).Take(1).Select(v => Text(run.TraceOf(v.Result)));
            throw Failed($"{run.Job.Header}: {string.Join("; ", run.Problems)}", [.. traces]);
        }

        return runs.FirstOrDefault(r => r.IsUnfinished) is { } unfinished
            ? throw Failed($"{unfinished.Job.Header}: not finished: {unfinished.Result.Outcome}")
            : runs;
    }

    /// <summary>Explores one design, and fails unless the property is violated.</summary>
    /// <param name="design">The design, or a pattern that describes only one; the only design if null.</param>
    /// <param name="drop">The labels to leave out: a mutant that some property should notice.</param>
    /// <returns>The shortest trace to a violation, replayed by the interpreter.</returns>
    /// <exception cref="CheckFailedException">The property holds.</exception>
    public static Trace Violates(Protocol protocol, string property, string? design = null, string? bounds = null, params string[] drop)
    {
        var run = Explored(Only(Plan.Of(Selected(protocol, design, bounds, drop, [property])), protocol), everyProperty: true);
        return run.Judgement.Violations.FirstOrDefault(v => v.Property == property) is { } violated
            ? run.TraceOf(violated.Result)
            : throw Failed($"{run.Job.Header}: {property} is not violated in {run.Result.Distinct} states");
    }

    /// <summary>Proves the properties of the designs for any size, and fails where a proof fails.</summary>
    /// <param name="properties">The properties to prove; all that the designs are expected to have if there are none.</param>
    /// <returns>The proofs, one for each design.</returns>
    /// <exception cref="CheckFailedException">A property is violated, a lemma is missing or false, or Z3 gave up.</exception>
    public static IReadOnlyList<ProofRun> Proves(Protocol protocol, string? design = null, params string[] properties)
    {
        var jobs = ProofJob.Of(Selected(protocol, design, null, [], properties) with { Engine = Engine.Proof }, _ => { });
        ProofRun[] runs = [.. jobs.Select(job => ProofRun.Do(job, ProofOptions.Default, explain: 1, Machine.DefaultBudget()))];
        return runs.FirstOrDefault(r => !r.IsProved) is { } failed ? throw Explain(failed) : runs;
    }

    /// <summary>Takes random walks, and fails if one violates a property.</summary>
    /// <param name="bounds">Sizes such as "8,16"; the protocol's large bounds if null.</param>
    /// <param name="walks">The number of walks of each design.</param>
    /// <param name="steps">The most steps of a walk.</param>
    /// <param name="seed">The same seed takes the same walks.</param>
    /// <returns>The walks, one run for each design.</returns>
    /// <exception cref="CheckFailedException">A walk violates a property; the trace in the message is shrunk.</exception>
    public static IReadOnlyList<WalkRun> Walks(Protocol protocol, string? design = null, string? bounds = null,
        long walks = 100, int steps = 1000, ulong seed = 0, params string[] drop)
    {
        string sizes = bounds ?? string.Join(',', protocol.LargeBounds);
        var jobs = Plan.Of(Selected(protocol, design, sizes, drop, []) with { Engine = Engine.Walks });
        var options = new WalkOptions { Walks = walks, Steps = steps, Seed = seed, Threads = Machine.Cores };
        WalkRun[] runs = [.. jobs.Select(job => WalkRun.Do(job, options, _ => Unwatched.Instance))];
        return runs.FirstOrDefault(r => r.IsViolated) is { } failed
            ? throw Failed($"{failed.Job.Header}: a walk violates {failed.Failed!.Property.Name} (seed {seed})", Text(failed.Trace!))
            : runs;
    }

    /// <summary>
    /// Takes the steps of a trace with the interpreter, and fails unless the model allows each of them and the end shows the property:
    /// its violation, or its witness.
    /// </summary>
    /// <param name="property">The property; null if the steps need only be possible.</param>
    /// <param name="design">The design; the only one if null.</param>
    /// <param name="bounds">The sizes; the default ones if null.</param>
    /// <param name="drop">The labels to leave out.</param>
    /// <param name="mutant">The name of a mutant as <c>checker mutate</c> prints it; the model itself if empty.</param>
    /// <param name="steps">The action instances, such as "Accept(v=v0, p=p0)".</param>
    /// <returns>The trace, replayed by the interpreter.</returns>
    /// <exception cref="CheckFailedException">A step is not possible, or the end does not show the property.</exception>
    public static Trace Replays(
        Protocol protocol,
        string? property,
        string? design,
        string? bounds,
        string[] drop,
        string mutant,
        string[] steps)
    {
        var header = HeaderOf(protocol, design, bounds, drop) with { Mutant = mutant };
        var scope = TraceModel.Of(new([protocol]), header);
        var claimed = property is null ? null : scope.System.Properties.FirstOrDefault(p => p.Name == property)
            ?? throw Failed($"{header}: there is no property {property} any more");
        var interpreter = new Interpreter(scope);
        var instances = scope.Instances.ToLookup(i => i.ToString(), StringComparer.Ordinal);
        var states = ImmutableArray.Create(new TraceState(null, [.. scope.InitialState()]));
        foreach (string step in steps)
        {
            var instance = instances[step].FirstOrDefault()
                ?? throw Failed($"{header}: step {states.Length}: there is no action instance {step} any more");
            int[] before = [.. states[^1].Cells];
            if (interpreter.FailingGuard(instance, before) is { } guard)
            {
                throw Failed($"{header}: step {states.Length}: {step} is not enabled: {guard.Source}: {guard.Text} does not hold");
            }

            try
            {
                states = states.Add(new(instance, [.. interpreter.Apply(instance, before)]));
            }
            catch (ModelErrorException broken)
            {
                throw Failed($"{header}: step {states.Length}: {step} breaks a rule of the model language: {broken.Message}");
            }
        }

        try
        {
            return Replay.Check(new Trace(scope, claimed, states, claimed is { IsAboutSteps: true }) { Header = header });
        }
        catch (ReplayException refused)
        {
            throw Failed($"{header}: {refused.Message}");
        }
    }

    /// <summary>The header of a trace of a design, or of a variant of one.</summary>
    private static TraceHeader HeaderOf(Protocol protocol, string? design, string? bounds, string[] drop)
    {
        if (design is null || protocol.Variant(design) is not var (name, _))
        {
            return JobOf(protocol, design, bounds, drop).Header;
        }

        var sizes = bounds is null ? Bounds.DefaultOf(protocol) : BoundsOption.Parse(protocol, bounds);
        return new(protocol.Name, name, sizes.ToString(), [.. drop]);
    }

    /// <summary>The one job of a design.</summary>
    internal static Job JobOf(Protocol protocol, string? design, string? bounds, string[] drop) =>
        Only(Plan.Of(Selected(protocol, design, bounds, drop, [])), protocol);

    internal static string Text(Trace trace) => TraceText.Plain(trace);

    private static Selection Selected(Protocol protocol, string? design, string? bounds,
        IEnumerable<string> drop, IEnumerable<string> properties) =>
        new(new([protocol]), protocol.Name, design is null ? [] : [design], bounds, [.. drop], [.. properties], Engine.Exploration);

    private static Job Only(ImmutableArray<Job> jobs, Protocol protocol) => jobs is [var only]
        ? only
        : throw new BadInputException(
            $"{protocol.Name} has {jobs.Length} such designs: name one of {string.Join(" ", jobs.Select(j => j.Design))}");

    private static Run Explored(Job job, bool everyProperty)
    {
        var options = new ExplorationOptions
        {
            Threads = Machine.Cores,
            MemoryBudget = Machine.DefaultBudget(),
            EveryProperty = everyProperty,
        };
        return Run.Do(job, new(options, BmcDepth: null), _ => Unwatched.Instance);
    }

    private static CheckFailedException Failed(string heading, params string[] traces) =>
        new(string.Join(Environment.NewLine, [heading, .. traces.Select(t => Environment.NewLine + t)]));

    /// <summary>The reason of a failed proof: the violation, the false lemma, or the step that breaks an obligation.</summary>
    private static CheckFailedException Explain(ProofRun failed)
    {
        string verdict = failed.Violation is not null ? "refuted" : "not proved";
        string heading = $"{failed.Job.Job.Header}: {verdict}: {string.Join("; ", failed.Open.Select(o => o.Obligation))}";
        var trace = failed.Violation?.Trace ?? failed.FalseLemmas.Select(l => l.Trace).FirstOrDefault();
        var found = failed.Explanations.Select(e => e.Counterexample).FirstOrDefault(c => c is not null);
        return trace is not null ? Failed(heading, Text(trace))
            : found?.Instance is { } step ? Failed(heading, $"{step} breaks it; a lemma that excludes the state before the step is missing")
            : Failed(heading);
    }

    private sealed class Unwatched : IDisposable
    {
        public static readonly Unwatched Instance = new();

        public void Dispose()
        {
        }
    }
}
