using System.Collections.Immutable;
using System.Diagnostics;
using Checker.Model.Ir;
using Checker.Solver.Instance;
using Checker.Solver.Walk.Compile;

namespace Checker.Solver.Walk;

/// <summary>
/// The options of walks. Unless stopped, the result depends only on the model and on these options, except for
/// <see cref="Threads"/>.
/// </summary>
public sealed record WalkOptions
{
    /// <summary>The largest number of steps of a walk.</summary>
    public int Steps { get; init; } = 2000;

    /// <summary>The number of the first walk.</summary>
    public long First { get; init; }

    public long Walks { get; init; } = 1;

    public ulong Seed { get; init; }

    /// <summary>True to prefer rare steps. Otherwise every enabled instance is equally likely.</summary>
    public bool Guided { get; init; } = true;

    public int Threads { get; init; } = 1;

    /// <summary>Selects the properties whose violation is recorded but ends only its own walk.</summary>
    public Func<PropertyDeclaration, bool> IsExpected { get; init; } = _ => false;

    public CancellationToken Cancellation { get; init; }
}

/// <summary>The progress of a campaign.</summary>
public readonly record struct WalkProgress(long Walks, long Steps);

/// <summary>A walk which reached a violation.</summary>
/// <param name="Walk">The number of the walk. With the same seed and options it is the same walk again.</param>
/// <param name="Steps">The number of steps, including the violating one.</param>
public sealed record FailedWalk(long Walk, int Steps, PropertyDeclaration Property)
{
    /// <summary>The instances of the walk, by their numbers.</summary>
    internal ImmutableArray<int> Instances { get; init; }
}

/// <summary>The results of walks. They prove nothing.</summary>
/// <param name="Walks">The number of walks taken. Walks after a failed one do not count.</param>
/// <param name="Stuck">The number of walks which ended in a state without enabled actions.</param>
/// <param name="Fired">The number of steps of each action, in the order of the model's actions.</param>
/// <param name="Worked">The labels on which some step was seen to depend.</param>
/// <param name="Refused">The labels which were seen to refuse an instance.</param>
/// <param name="NotSeen">The labels used by actions which were seen to do neither.</param>
/// <param name="Failed">The first walk with an unexpected violation.</param>
/// <param name="Expected">The first walk with an expected violation.</param>
public sealed record WalkResult(
    long Walks,
    long Steps,
    long Stuck,
    ImmutableArray<long> Fired,
    ImmutableArray<string> Worked,
    ImmutableArray<string> Refused,
    ImmutableArray<string> NotSeen, FailedWalk? Failed, FailedWalk? Expected, bool IsStopped, TimeSpan Duration);

/// <summary>
/// Many walks on many threads. The walks are numbered, and their results are combined in the order of their numbers. So the first
/// failing walk, and all counts, are the same for any number of threads.
/// </summary>
public sealed class Campaign
{
    private readonly WalkOptions _options;
    private readonly Lock _adding = new();
    private readonly Dictionary<long, Tally> _waiting = [];
    private readonly long[] _fired;
    private readonly long[] _worked;
    private readonly long[] _refused;
    private long _taken;
    private long _added;
    private long _steps;
    private long _stuck;
    private long _last;
    private FailedWalk? _failed;
    private FailedWalk? _expected;

    /// <exception cref="InstanceTooLargeException">The instance is too large to lay out.</exception>
    public Campaign(Scope scope, WalkOptions options)
    {
        _options = options;
        Code = new(scope, scope.System.Properties);
        Code.Prepare();
        (_fired, _worked, _refused) = (new long[Code.Actions.Length], new long[Code.Labels.Length], new long[Code.Labels.Length]);
    }

    internal WalkCode Code { get; }

    public WalkProgress Progress => new(Volatile.Read(ref _added), Volatile.Read(ref _steps));

    /// <summary>Takes the walks. It may be called once.</summary>
    public WalkResult Run()
    {
        var clock = Stopwatch.StartNew();
        (_taken, _last) = (_options.First, _options.First + _options.Walks);
        Parallel.For(0, _options.Threads, new ParallelOptions { MaxDegreeOfParallelism = _options.Threads }, _ => Work());
        var duration = clock.Elapsed;
        return new(_added, _steps, _stuck, [.. _fired],
            Seen(i => _worked[i] > 0), Seen(i => _refused[i] > 0), Seen(i => _worked[i] + _refused[i] == 0),
            WithSteps(_failed), WithSteps(_expected), _added < _options.Walks && _failed is null, duration);
    }

    private ImmutableArray<string> Seen(Func<int, bool> condition) => [.. Code.Labels.Where((_, i) => condition(i))];

    private void Work()
    {
        var walker = new Walker(Code);
        var guidance = new Guidance(walker, _options.Guided);
        while (!_options.Cancellation.IsCancellationRequested)
        {
            long walk = Interlocked.Increment(ref _taken) - 1;
            if (walk >= Volatile.Read(ref _last))
            {
                return;
            }

            var tally = One(walker, guidance, walk, null);
            if (tally is null)
            {
                return;
            }

            lock (_adding)
            {
                _waiting[walk] = tally;
                while (_waiting.Remove(_options.First + _added, out var next) && _failed is null)
                {
                    Add(next);
                }
            }
        }
    }

    /// <param name="record">Receives the instances taken. A recorded walk is a repetition, and is not stopped.</param>
    /// <returns>The tally of the walk. Null if it was stopped.</returns>
    private Tally? One(Walker walker, Guidance guidance, long walk, List<int>? record)
    {
        const int Often = 1 << 12;
        walker.Reset();
        guidance.Begin(_options.Seed, walk);
        var violated = walker.IsViolated;
        int steps = 0;
        bool stuck = false;
        while (!violated && steps < _options.Steps)
        {
            int instance = guidance.Pick();
            if (instance < 0)
            {
                stuck = true;
                break;
            }

            violated = walker.Fire(instance);
            record?.Add(instance);
            if (++steps % Often == 0
                && record is null
                && (_options.Cancellation.IsCancellationRequested || walk >= Volatile.Read(ref _last)))
            {
                return null;
            }
        }

        // Unexpected violations come first, because a step may violate both.
        var property = violated || stuck
            ? Playback.Violation(walker, p => !_options.IsExpected(p)) ?? Playback.Violation(walker, _ => true)
            : null;
        return new(walk, steps, stuck, property?.Property, [.. guidance.Fired], [.. guidance.Worked], [.. guidance.Refused]);
    }

    private void Add(Tally tally)
    {
        _added++;
        _steps += tally.Steps;
        _stuck += tally.IsStuck ? 1 : 0;
        Add(_fired, tally.Fired);
        Add(_worked, tally.Worked);
        Add(_refused, tally.Refused);
        if (tally.Violated is { } property)
        {
            var failed = new FailedWalk(tally.Walk, tally.Steps, property);
            if (_options.IsExpected(property))
            {
                _expected ??= failed;
            }
            else
            {
                _failed = failed;
                Volatile.Write(ref _last, 0);
            }
        }
    }

    private static void Add(long[] sums, ImmutableArray<long> more)
    {
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] += more[i];
        }
    }

    /// <summary>Repeats the walk with a record of its steps.</summary>
    private FailedWalk? WithSteps(FailedWalk? failed)
    {
        if (failed is null)
        {
            return null;
        }

        var (walker, record) = (new Walker(Code), new List<int>());
        One(walker, new Guidance(walker, _options.Guided), failed.Walk, record);
        return failed with { Instances = [.. record] };
    }

    private sealed record Tally(
        long Walk,
        int Steps,
        bool IsStuck,
        PropertyDeclaration? Violated,
        ImmutableArray<long> Fired,
        ImmutableArray<long> Worked,
        ImmutableArray<long> Refused);
}
