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
/// An operation of three steps, zap, flush and end, by workers. Its scenarios and invariants are those of the tests of obstacles and of
/// transience.
/// </summary>
internal sealed class Turns : Spec
{
    public readonly Var<Worker, Progress> at = new();
    public readonly Var<bool> stale = new();
    public readonly Var<bool> broken = new();
    public readonly Var<int> ended = new(min: 0, max: 1);

    /// <param name="breaks">True if the end of the operation may leave something broken.</param>
    public Turns(bool breaks = false, bool declares = true)
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
        if (breaks)
        {
            Action<Worker>("Break", w =>
            {
                Require(at[w] == Progress.Flushed);
                at[w] = Progress.Idle;
                broken.Value = true;
            });
        }

        if (declares)
        {
            Operation("zap", Exists<Worker>(w => at[w] == Progress.Zapped));
            Operation("flush", Exists<Worker>(w => at[w] == Progress.Flushed));
        }

        Invariant("NothingStale", !stale.Value);
        Invariant("NothingBroken", !broken.Value);
        Scenario("Ends", ["Zap", "Flush", "End"], !stale.Value);
        Scenario("SkipsFlush", ["Zap", "End", "Flush"], !stale.Value);
        Scenario("BeginsWithFlush", ["Flush", "End"], !stale.Value);
        Scenario("StaysStale", ["Zap", "Flush", "End"], stale.Value);
        Scenario("CountsTwice", ["Count", "Count"], !stale.Value);
    }
}
