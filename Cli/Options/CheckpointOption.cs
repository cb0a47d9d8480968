using System.CommandLine;
using Checker.App;
using Checker.Solver.Explicit;

namespace Checker.Cli.Options;

/// <summary>The options which save long explorations and continue them.</summary>
internal sealed class CheckpointOption
{
    private const string DefaultEvery = "60s";

    private readonly Option<string> _begin = new("--checkpoint")
    {
        HelpName = "directory",
        Description = "saves each search in this folder now and then, so that --resume can continue it",
    };

    private readonly Option<string> _every = new("--every")
    {
        HelpName = "time",
        Description = $"the time between two checkpoints, such as 30s or 5m; {DefaultEvery} if not given",
    };

    private readonly Option<string> _resume = new("--resume")
    {
        HelpName = "directory",
        Description = "continues each search from its checkpoint in this folder, and goes on saving it there",
    };

    public void AddTo(Command command)
    {
        command.Add(_begin);
        command.Add(_every);
        command.Add(_resume);
    }

    /// <summary>Returns the checkpoints to make; null for none.</summary>
    /// <exception cref="BadInputException">The options do not fit together, or a checkpoint cannot be continued.</exception>
    public Checkpointing? Of(ParseResult given, IReadOnlyCollection<Job> jobs, ExplorationOptions exploration, TextWriter error)
    {
        var (begin, resume) = (given.GetValue(_begin), given.GetValue(_resume));
        if (begin is not null && resume is not null)
        {
            throw new BadInputException($"{_begin.Name} begins searches and {_resume.Name} continues them: give one of the two; "
                + $"{_resume.Name} goes on saving in its folder");
        }

        string? rhythm = given.GetValue(_every);
        var every = Quantity.ParseTime(_every.Name, rhythm ?? DefaultEvery);
        return begin is not null ? Checkpointing.Begin(begin, every, jobs, Warn)
            : resume is not null ? Checkpointing.Resume(resume, every, jobs, exploration, Warn)
            : rhythm is null ? null
            : throw new BadInputException($"{_every.Name} is for {_begin.Name} and {_resume.Name}, and neither is given");

        void Warn(string sentence) => error.WriteLine($"checker: {sentence}");
    }

    /// <summary>Returns the line about a search which continues.</summary>
    public static string? Continued(Checkpointing checkpoints, Job job) => checkpoints.Saved(job) is not { } saved ? null
        : $"checker: {job.Name} continues from its checkpoint: {Quantity.Of(saved.States, "state")}, "
            + $"{Quantity.Of(saved.Levels.Length, "level")}, {saved.Time.TotalSeconds:0.0} s of search";
}
