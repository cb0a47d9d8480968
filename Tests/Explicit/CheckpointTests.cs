using Checker.Model.Ir;
using Checker.Solver.Explicit;
using Checker.Solver.Explicit.Checkpoints;
using Checker.Solver.Instance;
using Checker.Tests.Cli;
using Checker.Tests.Output;
using Outcome = Checker.Solver.Explicit.Outcome;

namespace Checker.Tests.Explicit;

/// <summary>A search which continues from a checkpoint has the results of one that was never stopped.</summary>
public sealed class CheckpointTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly List<string> _failures = [];

    public static TheoryData<string, string, string, bool, bool> Searches => new()
    {
        { "snp,hole,separate,spurious", "1,2,1,1,1", "", false, false },
        { "snp,hole,separate,spurious", "1,2,1,1,1", "", true, false },
        { "sw,hole,separate,honest", "1,2,1,1,1", "punch.flush,fault.retry_on_invalidate", true, true },
        { "cca,attribute,inplace,spurious", "1,2,1,1,1", "punch.zap,convert.zap", false, true },
        { "tdx,hole,separate,honest", "1,2,2,1,0", "guest.flush", true, false },
    };

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Searches)), Trait("Tier", "slow")]
    public void A_search_stopped_at_any_moments_has_the_same_results(
        string design,
        string bounds,
        string dropped,
        bool symmetry,
        bool every)
    {
        var scope = Explore.GuestMemory(design, bounds, dropped.Split(',', StringSplitOptions.RemoveEmptyEntries));
        var options = new ExplorationOptions { Symmetry = symmetry, EveryProperty = every };
        string undisturbed = Explore.Text(Explore.Run(scope, options));
        var random = new Random(design.Length + bounds.Length + dropped.Length);
        for (int round = 0; round < 4; round++)
        {
            string place = _folder[$"round{round}"];
            int stops = 0;
            ExplorationResult? result;
            // The later stops leave more time, so that a slow machine gets to the end, too.
            while ((result = Search(scope, options with { Threads = 1 + random.Next(3) }, place, random.Next(40 + (20 * stops)))) is null)
            {
                stops++;
            }

            Assert.Equal(undisturbed, Explore.Text(result));
            Assert.True(stops > 0, "no search was stopped");
        }

        Assert.Empty(_failures);
    }

    [Fact]
    public void A_search_that_ran_out_of_memory_continues_with_more()
    {
        var scope = Explore.GuestMemory("snp,hole,separate,spurious", "1,2,1,1,1");
        var options = new ExplorationOptions { Symmetry = false };

        var small = Explore.Run(scope, options with { MemoryBudget = 2_200_000, Checkpoint = Place(scope, "c", TimeSpan.FromHours(1)) });
        var large = Explore.Run(scope, options with { Checkpoint = Place(scope, "c", TimeSpan.FromHours(1)) });

        Assert.Equal(Outcome.OutOfMemory, small.Outcome);
        Assert.Equal(Explore.Text(Explore.Run(scope, options)), Explore.Text(large));
        var refused = Assert.Throws<CheckpointException>(() =>
            Explore.Run(scope, options with { MemoryBudget = 1000, Checkpoint = Place(scope, "c", TimeSpan.FromHours(1)) }));
        Assert.Contains("need more memory", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_search_that_ended_is_not_repeated()
    {
        var scope = Explore.GuestMemory("sw,hole,separate,honest", "1,2,1,1,1");
        var first = Explore.Run(scope, new() { Checkpoint = Place(scope, "c", TimeSpan.Zero) });
        var saved = CheckpointHead.Read(_folder["c"])!;

        Assert.Equal((first.Distinct, first.Generated - 1), (saved.States, saved.Counts.Generated));
        Assert.Equal(saved.Levels[^1], saved.Expanded);
        Assert.Equal(Explore.Text(first), Explore.Text(Explore.Run(scope, new() { Checkpoint = Place(scope, "c", TimeSpan.Zero) })));
    }

    [Fact]
    public void A_short_search_leaves_no_checkpoint()
    {
        var scope = Explore.GuestMemory("sw,hole,separate,honest", "1,2,1,1,1");
        Explore.Run(scope, new() { Checkpoint = Place(scope, "c", TimeSpan.FromHours(1)) });
        Assert.Null(CheckpointHead.Read(_folder["c"]));
    }

    [Theory]
    [InlineData("checkpoint", "damaged")]
    [InlineData("states", "do not match the checksum")]
    [InlineData("next-*", "do not match the checksum")]
    public void A_changed_byte_is_noticed(string name, string reason)
    {
        var scope = Stopped();
        string file = Directory.GetFiles(_folder["c"], name).Single();
        byte[] bytes = File.ReadAllBytes(file);
        bytes[^1] ^= 1;
        File.WriteAllBytes(file, bytes);

        AssertRefused(scope, reason);
    }

    [Theory]
    [InlineData("states", "shorter than the checkpoint says")]
    [InlineData("next-*", "shorter than the checkpoint says")]
    [InlineData("checkpoint", "damaged")]
    public void A_shortened_file_is_noticed(string name, string reason)
    {
        var scope = Stopped();
        string file = Directory.GetFiles(_folder["c"], name).Single();
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..^8]);

        AssertRefused(scope, reason);
    }

    [Theory]
    [InlineData("states")]
    [InlineData("next-*")]
    public void A_missing_file_is_noticed(string name)
    {
        var scope = Stopped();
        File.Delete(Directory.GetFiles(_folder["c"], name).Single());

        Assert.Contains("incomplete", Assert.ThrowsAny<Exception>(() => Continue(scope)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "it is no checkpoint of checker")]
    [InlineData("", "it is no checkpoint of checker")]
    [InlineData("checker-checkpoint 0 00\n{}", "it has version 0 of the format; this program reads version 1")]
    [InlineData("checker-checkpoint 1 00\n{}", "it is damaged: its contents do not match its checksum")]
    public void A_foreign_or_older_file_is_refused(string text, string reason)
    {
        Directory.CreateDirectory(_folder["c"]);
        _folder.Write("c/checkpoint", text);
        var refused = Assert.Throws<CheckpointException>(() => CheckpointHead.Read(_folder["c"]));
        Assert.Equal($"{_folder["c/checkpoint"]}: {reason}", refused.Message);
    }

    [Fact]
    public void What_a_killed_process_wrote_behind_the_checkpoint_does_not_count()
    {
        var scope = Stopped();
        File.AppendAllText(_folder["c/states"], "more");
        _folder.Write("c/next-99", "more");
        _folder.Write("c/.checker-x.tmp", "more");

        Assert.Equal(Explore.Text(Explore.Run(scope, new() { Symmetry = false })), Explore.Text(Continue(scope)));
        Assert.False(File.Exists(_folder["c/next-99"]));
        Assert.False(File.Exists(_folder["c/.checker-x.tmp"]));
    }

    [Fact]
    public void A_folder_has_one_search_at_a_time()
    {
        using var first = CheckpointFolder.Create(_folder["c"]);
        Assert.Throws<Solver.Files.OutputException>(() => CheckpointFolder.Create(_folder["c"]));
    }

    [Fact]
    public void A_disk_that_is_full_ends_the_checkpoints_and_not_the_search()
    {
        using var disk = new SmallDisk(_folder["small"], "256k");
        var scope = Explore.GuestMemory("snp,hole,separate,spurious", "1,2,1,1,1");
        var options = new ExplorationOptions { Symmetry = false };

        var result = Explore.Run(scope, options with { Checkpoint = Place(scope, "small/c", TimeSpan.Zero) });

        Assert.Equal(Explore.Text(Explore.Run(scope, options)), Explore.Text(result));
        Assert.Contains("No space left", Assert.Single(_failures), StringComparison.Ordinal);
        // The last complete checkpoint is still one.
        var saved = CheckpointHead.Read(_folder["small/c"])!;
        Assert.InRange(saved.States, 1, result.Distinct);
        using var folder = CheckpointFolder.Continue(_folder["small/c"]);
        folder.Load(saved, Whole(saved.Complete), Whole(saved.Next));
        Action<EntryReader> Whole(EntryFile file) => reader => reader.Read(new byte[file.Entries * saved.EntrySize]);
    }

    [Fact]
    public void The_text_of_a_model_tells_models_apart()
    {
        var scope = Explore.GuestMemory("snp,hole,separate,spurious", "1,2,1,1,1");
        var system = scope.System;
        TransitionSystem[] others =
        [
            system.Without(system.Labels[0].Name),
            system with { Properties = system.Properties[1..] },
            system with { Actions = system.Actions[1..] },
            system with { Actions = [system.Actions[0] with { Guards = [] }, .. system.Actions[1..]] },
            system with { Actions = [system.Actions[0] with { Updates = [] }, .. system.Actions[1..]] },
            system with { Properties = [system.Properties[0] with { Formula = Node.False }, .. system.Properties[1..]] },
        ];
        var sizes = system.Sorts.ToDictionary(s => s.Name, scope.SizeOf);
        var larger = Explore.GuestMemory("snp,hole,separate,spurious", "1,3,1,1,1");
        Scope[] scopes = [scope, .. others.Select(o => new Scope(o, sizes)), larger];

        Assert.Equal(scopes.Length, scopes.Select(ModelText.Hash).Distinct().Count());
        Assert.Equal(ModelText.Hash(scope), ModelText.Hash(Explore.GuestMemory("snp,hole,separate,spurious", "1,2,1,1,1")));
        Assert.DoesNotContain(".cs", ModelText.Of(scope), StringComparison.Ordinal);
    }

    /// <summary>A model with a checkpoint of its search in the middle of a level.</summary>
    private Scope Stopped()
    {
        var scope = Explore.GuestMemory("snp,hole,separate,spurious", "1,2,1,1,1");
        Explore.Run(scope, new() { Symmetry = false, MemoryBudget = 2_200_000, Checkpoint = Place(scope, "c", TimeSpan.FromHours(1)) });
        var head = CheckpointHead.Read(_folder["c"])!;
        Assert.True(head.Next.Entries > 0 && head.Expanded > 0, "the search did not stop within a level");
        return scope;
    }

    private void AssertRefused(Scope scope, string reason) =>
        Assert.Contains(reason, Assert.Throws<CheckpointException>(() => Continue(scope)).Message, StringComparison.Ordinal);

    private ExplorationResult Continue(Scope scope) =>
        Explore.Run(scope, new() { Symmetry = false, Checkpoint = Place(scope, "c", TimeSpan.FromHours(1)) });

    /// <summary>Searches for some milliseconds, from the checkpoint if there is one. Returns null if the search was stopped.</summary>
    private ExplorationResult? Search(Scope scope, ExplorationOptions options, string place, int milliseconds)
    {
        using var cancel = new CancellationTokenSource();
        var exhaustive = new Exhaustive(
            scope,
            options with { Checkpoint = Place(scope, place, TimeSpan.FromMilliseconds(milliseconds % 7)), Cancellation = cancel.Token });
        cancel.CancelAfter(milliseconds);
        var result = exhaustive.Run();
        // The end of the search proper can be just before the stop, and the second pass after it.
        return cancel.IsCancellationRequested ? null : result;
    }

    private CheckpointOptions Place(Scope scope, string name, TimeSpan every) => new(
        _folder[name],
        new("run", "", ModelText.Hash(scope), "1.0", "build"),
        every,
        CheckpointHead.Read(_folder[name]),
        _failures.Add);
}
