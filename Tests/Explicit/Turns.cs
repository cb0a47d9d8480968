using Checker.Model.Language;
using static Checker.Model.Language.Logic;

namespace Checker.Tests.Explicit;

public readonly struct Worker : ISort;

public enum Progress
{
    Idle,
    Zapped,
    Flushed,
}

/// <summary>
/// An operation of three steps, zap, flush and end, by workers. Its scenarios are those of the tests of obstacles.
/// </summary>
internal sealed class Turns : Spec
{
    public readonly Var<Worker, Progress> at = new();
    public readonly Var<bool> stale = new();
    public readonly Var<int> ended = new(min: 0, max: 1);

    public Turns()
    {
        Label("flush", "the entry is flushed before the end");

        By("KVM");
        Action<Worker>("Zap", w =>
        {
            Require(Forall<Worker>(v => at[v] == Progress.Idle));
            at[w] = Progress.Zapped;
            stale.Value = true;
        });
        Action<Worker>("Flush", w =>
        {
            Require(Define(w, at[w] == Progress.Zapped & stale.Value, "Zapped"));
            at[w] = Progress.Flushed;
            stale.Value = false;
        });
        Action<Worker>("End", w =>
        {
            Require(at[w] != Progress.Idle);
            Require("flush", at[w] == Progress.Flushed);
            at[w] = Progress.Idle;
        });
        Action("Count", () => ended.Value = ended.Value + 1);
        Invariant("NothingStale", !stale.Value);
        Scenario("Ends", ["Zap", "Flush", "End"], !stale.Value);
        Scenario("SkipsFlush", ["Zap", "End", "Flush"], !stale.Value);
        Scenario("BeginsWithFlush", ["Flush", "End"], !stale.Value);
        Scenario("StaysStale", ["Zap", "Flush", "End"], stale.Value);
        Scenario("CountsTwice", ["Count", "Count"], !stale.Value);
    }
}
