using Checker.Model.Ir;
using Checker.Solver.Explicit;
using Checker.Solver.Files;
using Checker.Solver.Instance;
using Checker.Solver.Mutation;
using Checker.Solver.Traces;
using Checker.Solver.Traces.Files;

namespace Checker.App;

/// <summary>A shortest trace of each killed mutant, in a file of its own: DIRECTORY/design/mutant.json.</summary>
public sealed class MutantTraces
{
    private readonly string _directory;

    private MutantTraces(string directory) => _directory = directory;

    /// <exception cref="BadInputException">The folder is not empty, or cannot be created.</exception>
    public static MutantTraces To(string directory)
    {
        try
        {
            if (!AtomicFile.MakeFolder(directory) && Directory.EnumerateFileSystemEntries(directory).Any())
            {
                throw new BadInputException($"--traces {directory}: it is there already, and not an empty directory; "
                    + "name one that is not there");
            }
        }
        catch (OutputException failure)
        {
            throw new BadInputException($"--traces {(directory.Length == 0 ? "''" : directory)}: {failure.Reason}");
        }

        return new(directory);
    }

    /// <summary>Returns the mutant of the model with this name; the model itself if the name is empty.</summary>
    /// <exception cref="BadInputException">There is no such mutant.</exception>
    public static TransitionSystem Model(TransitionSystem model, string mutant)
    {
        if (mutant.Length == 0)
        {
            return model;
        }

        var all = Operators.Of(model);
        string name = Choice.Of("mutant", mutant, [.. all.Select(m => m.Name)], $"of {model.Name}", "checker mutate --json");
        return all.First(m => m.Name == name).System;
    }

    /// <summary>Returns a shortest trace to the nearest violation, replayed; null if the mutant is not killed.</summary>
    public static Trace? Of(Job job, MutantResult result)
    {
        if (result.Verdict != MutantVerdict.Killed)
        {
            return null;
        }

        var mutation = result.Mutation;
        bool label = mutation.DropsLabel;
        var explored = new Exhaustive(
            new Scope(mutation.System, job.Bounds.BySort),
            new() { Threads = Machine.Cores, Vacuity = false, Witnesses = false }).Run();
        var violation = explored.FirstViolation ?? throw new InvalidOperationException($"{mutation.Name} is killed, and violates nothing");
        return violation.Trace!.Length == result.Violations[0].Length
            ? violation.Trace with
            {
                Header = job.Header with { Dropped = label ? [mutation.Name] : job.Dropped, Mutant = label ? "" : mutation.Name }
            }
            : throw new InvalidOperationException($"{mutation.Name} is killed in {result.Violations[0].Length} states, "
                + $"and the shortest trace has {violation.Trace.Length}");
    }

    /// <param name="log">Receives the names of the files.</param>
    public void Write(IEnumerable<MutantRun> runs, TextWriter log)
    {
        int written = 0;
        var folders = new HashSet<string>(StringComparer.Ordinal);
        foreach (var run in runs)
        {
            string folder = Path.Combine(_directory, FileNames.Free(FileNames.Part(run.Job.ToString()), folders));
            var taken = new HashSet<string>(StringComparer.Ordinal);
            foreach (var outcome in run.Outcomes.Where(o => o.Result.Verdict == MutantVerdict.Killed))
            {
                AtomicFile.MakeFolder(folder);
                TraceFile.Write(
                    Path.Combine(folder, FileNames.Free(FileNames.Part(outcome.Mutation.Name), taken) + ".json"),
                    Of(run.Job, outcome.Result)!);
                written++;
            }
        }

        log.WriteLine($"checker: wrote {Quantity.Of(written, "trace")} to {_directory}");
    }
}
