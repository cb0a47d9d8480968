using Checker.Solver;
using Checker.Solver.Explicit;
using Checker.Solver.Proof;
using Checker.Solver.Smt;

namespace Checker.App.Gate;

/// <summary>One check of a gate: a design, and the engine which decides it.</summary>
public sealed record GateCheck(GateEntry Entry, Engine Engine, Job Job)
{
    /// <summary>The name which differs between the checks of a gate.</summary>
    public string Name => GateRun.FullNameOf(Entry.Name, DesignName, GateEntry.NameOf(Engine));

    /// <summary>The name of the design, with its bounds and dropped labels.</summary>
    public string DesignName => RunSummary.NameOf(Job.Protocol.Name, Job.Design.Id, BoundsOf(Job, Engine), Job.Dropped);

    /// <summary>Returns the bounds which a run is about; empty for a proof, which is about any.</summary>
    internal static string BoundsOf(Job job, Engine engine) => engine == Engine.Proof ? "" : job.Bounds.ToString();

    /// <param name="watch">Displays an exploration while it runs. The result is disposed at its end.</param>
    /// <exception cref="BadInputException">The instance is too large, or has no property that the engine decides.</exception>
    /// <exception cref="EnvironmentException">There is no usable libz3.</exception>
    public GateRun Do(Func<Exhaustive, IDisposable> watch, CancellationToken cancellation)
    {
        var (limits, cases) = (Entry.Limits, new GateCases(Entry.Name, Entry.Expected));
        return Engine switch
        {
            Engine.Exploration => cases.Of(Run.Do(
                Job,
                new(
                    new()
                    {
                        Threads = limits.Threads,
                        MemoryBudget = limits.Memory,
                        EveryProperty = true,
                        Vacuity = Entry.Selection.Properties.IsEmpty,
                        Cancellation = cancellation,
                    },
                    BmcDepth: null),
                watch)),
            Engine.Proof => Prove(cases, cancellation),
            Engine.Walks => cases.Of(WalkRun.Do(
                Job,
                new()
                {
                    Steps = limits.WalkSteps,
                    Walks = limits.Walks,
                    Seed = limits.Seed,
                    Threads = limits.Threads,
                    Cancellation = cancellation,
                },
                _ => Unwatched.Instance)),
            Engine.BoundedModelChecking => cases.Of(BoundedRun.Do(
                Job,
                induction: false,
                named: false,
                limits.BmcSteps,
                new() { Cancellation = cancellation })),
            _ => throw new InvalidOperationException($"{Engine} is no engine of a gate"),
        };
    }

    private GateRun Prove(GateCases cases, CancellationToken cancellation)
    {
        if (ProofJob.Counts(Job.Model) is { } number)
        {
            throw new BadInputException($"{Name}: {Job.Protocol.Name} counts ({number.Name} is an integer), and there is no proof for any "
                + "size of that here; leave out 'prove'");
        }

        var job = ProofJob.Of(Job, byName: !Entry.Selection.Properties.IsEmpty);
        if (job.Properties.IsEmpty)
        {
            throw new BadInputException($"{Name}: there is no property that a proof can be tried of; leave out 'prove'");
        }

        var options = new ProofOptions(
            TimeSpan.FromSeconds(Entry.Limits.ProofTimeout),
            Entry.Limits.Threads,
            Vacuity: false,
            Cores: false,
            cancellation);
        return cases.Of(ProofRun.Do(job, options, explain: 0, Entry.Limits.Memory));
    }

    /// <summary>A search which nothing is displayed of.</summary>
    private sealed class Unwatched : IDisposable
    {
        public static readonly Unwatched Instance = new();

        public void Dispose()
        {
        }
    }
}
