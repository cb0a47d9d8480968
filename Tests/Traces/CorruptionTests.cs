using System.Text.Json.Nodes;
using Checker.Solver.Traces;
using Checker.Solver.Traces.Files;
using FsCheck.Xunit;

namespace Checker.Tests.Traces;

/// <summary>A file with one change is refused, by the reader or by the replay, and never causes a crash.</summary>
public sealed class CorruptionTests
{
    private static readonly Trace s_small = Sample.LostUpdate();
    private static readonly Trace s_large = Sample.UncheckedFault();
    private static readonly Damage s_largeJson = new(TraceJson.Write(s_large));
    private static readonly Damage s_largeItf = new(Itf.Write(s_large));

    [Theory, Trait("Tier", "slow")]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_change_of_a_small_file_is_refused(bool itf)
    {
        var damage = new Damage(itf ? Itf.Write(s_small) : TraceJson.Write(s_small));
        int refused = 0;
        for (int place = 0; place < damage.Places; place++)
        {
            for (int kind = 0; kind < damage.Kinds; kind++)
            {
                refused += IsRefused(s_small, damage, place, kind, itf) ? 1 : 0;
            }
        }

        Assert.InRange(refused, damage.Places * 10, int.MaxValue);
    }

    [Property(MaxTest = 400)]
    public void A_change_of_a_counterexample_is_refused_in_json(uint place, uint kind) =>
        IsRefused(s_large, s_largeJson, (int)(place * 7919 % (uint)s_largeJson.Places), (int)(kind % (uint)s_largeJson.Kinds), itf: false);

    [Property(MaxTest = 400)]
    public void A_change_of_a_counterexample_is_refused_in_itf(uint place, uint kind) =>
        IsRefused(s_large, s_largeItf, (int)(place * 7919 % (uint)s_largeItf.Places), (int)(kind % (uint)s_largeItf.Kinds), itf: true);

    private static bool IsRefused(Trace original, Damage damage, int place, int kind, bool itf)
    {
        string? text = damage.Do(place, kind);
        if (text is null)
        {
            return false;
        }

        Trace read;
        try
        {
            read = Replay.Check(itf ? Itf.Read(text, Sample.Load) : TraceJson.Read(text, Sample.Load));
        }
        catch (Exception e) when (e is TraceFormatException or ReplayException)
        {
            Assert.DoesNotContain('\n', e.Message);
            return true;
        }

        string path = damage.Path(place);
        bool accepted = Same(original, read) ? MeansNothing(path, damage.Before(place)) : MayBeAnother(path);
        Assert.True(accepted, $"{path} was changed, and the file is read and replayed all the same: {text}");
        return false;
    }

    /// <summary>
    /// True for the parts of an ITF file which are for people and other tools, or optional. An integer may also be a plain number.
    /// </summary>
    private static bool MeansNothing(string path, JsonNode? before) =>
        (path.StartsWith("#meta/", StringComparison.Ordinal) && !path.StartsWith("#meta/checker", StringComparison.Ordinal))
        || path is "params" || path.EndsWith("/#meta", StringComparison.Ordinal)
        || (path.StartsWith("states/0/", StringComparison.Ordinal) && before is JsonObject o && o.ContainsKey("#set"))
        || (before is JsonObject integer && integer.ContainsKey("#bigint"));

    /// <summary>
    /// True if a change may give another true statement: of another design, of another property or none, or by another path to the
    /// same state.
    /// </summary>
    private static bool MayBeAnother(string path) =>
        path.Split('/') is var steps
            && (steps[^1] is "design" or "property" or "name" or "action"
            || steps.Any(s => s is "parameters" or "mbt::actionTaken" or "mbt::nondetPicks"));

    private static bool Same(Trace expected, Trace actual)
    {
        try
        {
            Sample.AssertSame(expected, actual);
            return true;
        }
        catch (Xunit.Sdk.XunitException)
        {
            return false;
        }
    }
}
