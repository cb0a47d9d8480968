using System.Globalization;
using Checker.Tests.Fuzz.Against;
using Checker.Tests.Fuzz.Generator;

namespace Checker.Tests.Fuzz;

/// <summary>A failure of one engine on a model, in words.</summary>
internal sealed record Finding(FuzzModel Model, string Engine, Event Event, string Message);

/// <summary>Compares every engine with the naive interpreter, model by model.</summary>
internal static class Runner
{
    private static readonly TimeSpan s_stop = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_abandon = TimeSpan.FromSeconds(60);

    /// <summary>The engines with their names. The order matters for one of them: traces are collected before they are written.</summary>
    private static readonly (string Name, Action<Comparison> Check)[] s_engines =
    [
        ("language", Refusing.Check), ("rules", Exploring.CheckRules), ("verify", Exploring.Check), ("walk steps", Walking.CheckSteps),
            ("walk", Walking.CheckCampaigns), ("graph", Graphs.Check),
        ("bmc", Bounded.CheckBmc), ("kind", Bounded.CheckInduction), ("cross-check", Bounded.CheckCrossCheck),
            ("prove", ForAnySize.CheckInduction),
        ("certify", ForAnySize.CheckCertificates), ("infer", ForAnySize.CheckInference), ("mutate", Mutants.Check), ("replay", Files.Check),
    ];

    /// <summary>Runs some models, starting with the given number.</summary>
    /// <param name="report">Receives each finding as soon as it is made.</param>
    /// <param name="progress">Receives the number of finished models.</param>
    public static void Run(int count, ulong first, int threads, Tally tally, Action<Finding> report, Action<long> progress)
    {
        var (next, done) = (-1L, 0L);
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, _ =>
        {
            while (Interlocked.Increment(ref next) is var number && number < count)
            {
                foreach (var finding in Check(Models.Of(first + (ulong)number, tally), null, tally))
                {
                    report(finding);
                }

                progress(Interlocked.Increment(ref done));
            }
        });
    }

    /// <summary>Compares all engines, or one, on a model.</summary>
    public static List<Finding> Check(FuzzModel model, string? engine, Tally tally)
    {
        var findings = new List<Finding>();
        using var stop = new CancellationTokenSource();
        var subject = new Subject(model, stop.Token);
        foreach (var (name, check) in s_engines.Where(e => engine is null || e.Name == engine
            || (engine == "replay" && e.Name is "verify" or "graph")))
        {
            stop.CancelAfter(s_stop);
            if (One(subject, name, check, tally) is { } finding)
            {
                findings.Add(finding);
            }

            if (stop.IsCancellationRequested)
            {
                break;   // all further engines would be stopped at once
            }
        }

        return findings;
    }

    private static Finding? One(Subject subject, string name, Action<Comparison> check, Tally tally)
    {
        var (compare, clock) = (new Comparison(subject), System.Diagnostics.Stopwatch.StartNew());
        Finding? finding = null;
        var run = Task.Factory.StartNew(() => check(compare), CancellationToken.None, TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        try
        {
            if (!run.Wait(s_abandon))
            {
                finding = Found(Event.Crash, $"it does not stop: {s_abandon.TotalSeconds:0} s");
            }
        }
        catch (AggregateException failed)
        {
            switch (failed.InnerException!)
            {
                case DifferenceException difference: finding = Found(Event.Difference, difference.Message); break;
                case NotSupportedException: tally.Add(name, Event.Refusal); break;
                case TimeoutReachedException or OperationCanceledException: tally.Add(name, Event.Timeout); break;
                case var crash: finding = Found(Event.Crash, crash.ToString()); break;
            }
        }

        tally.AddTime(name, clock.Elapsed);
        tally.Add(name, Event.Comparison, compare.Count);
        foreach (var met in compare.Met)
        {
            tally.Add(name, met);
        }

        return finding;

        Finding Found(Event what, string message)
        {
            tally.Add(name, what);
            return new(subject.Model, name, what, message);
        }
    }

    public static string Summary(int models, Tally tally, TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{tally}\n{models} models, {time.TotalSeconds:0} s");
}
