using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Checker.Tests.Fuzz;

/// <summary>
/// Random models of every shape of the language, on which every engine must agree with a naive interpreter. The environment
/// variable CHECKER_FUZZ=count,number runs the given number of models, starting with the given one. A failing model is reduced
/// as far as possible, and printed with the number which reproduces it.
/// </summary>
[Trait("Tier", "slow")]
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int Usual = 200;
    private const ulong First = 1;

    /// <summary>The number of models between two lines of progress.</summary>
    private const int Often = 500;

    /// <summary>The number of findings which are reduced. Further ones are reported only by their number.</summary>
    private const int MostShrunk = 12;

    private static bool IsAsked => Environment.GetEnvironmentVariable("CHECKER_FUZZ") is { Length: > 0 };

    [Fact]
    public void Every_engine_agrees_with_the_naive_interpreter()
    {
        var (count, first) = Asked();
        var (clock, tally, findings) = (Stopwatch.StartNew(), new Tally(), new ConcurrentQueue<Finding>());
        Runner.Run(count, first, Environment.ProcessorCount, tally, finding =>
        {
            findings.Enqueue(finding);
            Say($"{finding.Engine} {finding.Event} on {finding.Model.Origin}: {FirstLine(finding)}");
        }, done =>
        {
            if (done % Often == 0)
            {
                Say($"{done} models, {clock.Elapsed.TotalSeconds:0} s");
            }
        });
        foreach (var finding in findings.DistinctBy(f => (f.Engine, f.Event,
            FirstLine(f)[..Math.Min(30, FirstLine(f).Length)])).Take(MostShrunk))
        {
            var small = Shrinker.Shrink(finding);
            var again = Runner.Check(small, finding.Engine, new()).Find(f => f.Engine == finding.Engine) ?? finding;
            Say($"\n{finding.Engine}: {finding.Event}: {again.Message}\n{small}");
        }

        Say(Runner.Summary(count, tally, clock.Elapsed));
        Assert.True(findings.IsEmpty, $"{findings.Count} findings: see the output");
    }

    private static (int Count, ulong First) Asked()
    {
        if (Environment.GetEnvironmentVariable("CHECKER_FUZZ") is not { Length: > 0 } asked)
        {
            return (Usual, First);
        }

        string[] parts = asked.Split(',');
        ulong first = parts.Length > 1 ? ulong.Parse(parts[1], CultureInfo.InvariantCulture) : First;
        return (int.Parse(parts[0], CultureInfo.InvariantCulture), first);
    }

    private static string FirstLine(Finding finding) => finding.Message.Split('\n')[0].Trim();

    /// <summary>Writes to the test's own output, and also to standard error if a run was requested.</summary>
    private void Say(string text)
    {
        output.WriteLine(text);
        if (IsAsked)
        {
            Console.Error.WriteLine(text);
        }
    }
}
