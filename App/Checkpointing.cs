using System.Collections.Immutable;
using Checker.Solver.Explicit;
using Checker.Solver.Explicit.Checkpoints;
using Checker.Solver.Files;
using Checker.Solver.Instance;

namespace Checker.App;

/// <summary>The checkpoints of the explorations of a command: one folder, with a folder in it for each exploration.</summary>
public sealed class Checkpointing
{
    private readonly string _folder;
    private readonly TimeSpan _every;
    private readonly Action<string> _warn;
    private readonly ImmutableDictionary<string, CheckpointHead> _saved;

    private Checkpointing(string folder, TimeSpan every, Action<string> warn, ImmutableDictionary<string, CheckpointHead> saved) =>
        (_folder, _every, _warn, _saved) = (folder, every, warn, saved);

    /// <summary>Prepares explorations which begin anew.</summary>
    /// <param name="every">The time between two checkpoints of an exploration.</param>
    /// <param name="warn">Receives a sentence when an exploration cannot be saved any more.</param>
    /// <exception cref="BadInputException">The folder already has a checkpoint of one of the jobs.</exception>
    /// <exception cref="OutputException">The folder cannot be written.</exception>
    public static Checkpointing Begin(string folder, TimeSpan every, IReadOnlyCollection<Job> jobs, Action<string> warn)
    {
        AtomicFile.MakeFolder(folder);
        var old = jobs.FirstOrDefault(j => File.Exists(Path.Combine(FolderOf(folder, j), CheckpointHead.FileName)));
        return old is null
            ? new(folder, every, warn, ImmutableDictionary<string, CheckpointHead>.Empty)
            : throw new BadInputException($"--checkpoint {folder}: it already has a checkpoint of {old.Name}; "
                + $"continue from it with --resume {Self.Argument(folder)}, or delete {FolderOf(folder, old)}");
    }

    /// <summary>Prepares explorations which continue from their checkpoints. A job without a checkpoint begins anew.</summary>
    /// <param name="every">The time between two checkpoints of an exploration.</param>
    /// <param name="exploration">The options of the explorations.</param>
    /// <param name="warn">Receives a sentence when an exploration cannot be saved any more.</param>
    /// <exception cref="BadInputException">The folder has no checkpoint of any job, or one which cannot be continued.</exception>
    /// <exception cref="CheckpointException">A checkpoint is damaged.</exception>
    /// <exception cref="OutputException">The folder cannot be written.</exception>
    public static Checkpointing Resume(
        string folder,
        TimeSpan every,
        IReadOnlyCollection<Job> jobs,
        ExplorationOptions exploration,
        Action<string> warn)
    {
        if (!Directory.Exists(folder))
        {
            throw new BadInputException($"--resume {folder}: there is no such folder; --checkpoint makes one");
        }

        var saved = ImmutableDictionary.CreateBuilder<string, CheckpointHead>(StringComparer.Ordinal);
        foreach (var job in jobs)
        {
            if (CheckpointHead.Read(FolderOf(folder, job)) is { } head)
            {
                saved[job.Name] = SubjectOf(job, job.Exploration(exploration), job.Scope()).Refuses(head.Subject) is { } reason
                    ? throw new BadInputException($"{FolderOf(folder, job)}: {reason}; delete it to explore {job.Name} anew")
                    : head;
            }
        }

        if (saved.Count == 0)
        {
            string others = string.Join("; ", Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal)
                .Select(d => CheckpointHead.Read(d)?.Subject.Run).OfType<string>());
            string wanted = string.Join(" or ", jobs.Take(2).Select(j => j.Name));
            throw new BadInputException($"--resume {folder}: there is no checkpoint of {wanted}"
                + (jobs.Count > 2 ? $" or of the {jobs.Count - 2} others" : "")
                + (others.Length == 0 ? " or of anything else" : $"; there is one of {others}"));
        }

        AtomicFile.MakeFolder(folder);
        return new(folder, every, warn, saved.ToImmutable());
    }

    /// <summary>Returns the checkpoint from which the job continues; null if it begins anew.</summary>
    public CheckpointHead? Saved(Job job) => _saved.GetValueOrDefault(job.Name);

    /// <param name="exploration">The final options of the job's exploration.</param>
    internal CheckpointOptions For(Job job, ExplorationOptions exploration, Scope scope) => new(
        FolderOf(_folder, job),
        SubjectOf(job, exploration, scope),
        _every,
        Saved(job),
        reason => _warn($"no further checkpoint of {job.Name}: {reason}; the search goes on"));

    private static string FolderOf(string folder, Job job) => Path.Combine(folder, FileNames.Part(job.Name));

    private static CheckpointSubject SubjectOf(Job job, ExplorationOptions exploration, Scope scope) => new(
        job.Name,
        string.Join(' ', new[] { exploration.EveryProperty ? "--every-property" : "", exploration.Symmetry ? "" : "--no-symmetry" }
            .Where(o => o.Length > 0)),
        ModelText.Hash(scope),
        Self.Version,
        string.Join('-', new[] { typeof(Exhaustive), typeof(Model.Ir.Node) }.Select(t => t.Module.ModuleVersionId.ToString("N"))));
}
