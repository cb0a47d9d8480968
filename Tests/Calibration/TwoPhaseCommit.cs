using Checker.Model.Language;
using static Checker.Model.Language.Logic;

namespace Checker.Tests.Calibration;

public readonly struct Rm : ISort;

public enum RmState
{
    Working,
    Prepared,
    Committed,
    Aborted,
}

public enum TmState
{
    Init,
    Committed,
    Aborted,
}

/// <summary>
/// Two-phase commit as specified by Gray and Lamport ("Consensus on Transaction Commit", 2004): resource managers and a
/// transaction manager send messages, which are never lost and never consumed. Other checkers have published its state counts.
/// </summary>
internal sealed class TwoPhaseCommit : Spec
{
    private readonly Var<Rm, RmState> rm = new();
    private readonly Var<TmState> tm = new();
    private readonly Var<Rm, bool> tmPrepared = new();
    private readonly Var<Rm, bool> sentPrepared = new();
    private readonly Var<bool> sentCommit = new();
    private readonly Var<bool> sentAbort = new();

    public TwoPhaseCommit()
    {
        By("transaction manager");
        Action("TmCommit", () =>
        {
            Require(tm.Value == TmState.Init & Forall<Rm>(r => tmPrepared[r]));
            (tm.Value, sentCommit.Value) = (TmState.Committed, true);
        });
        Action("TmAbort", () =>
        {
            Require(tm.Value == TmState.Init);
            (tm.Value, sentAbort.Value) = (TmState.Aborted, true);
        });
        Action<Rm>("TmReceivePrepared", r =>
        {
            Require(tm.Value == TmState.Init & sentPrepared[r]);
            tmPrepared[r] = true;
        });

        By("resource manager");
        Action<Rm>("RmPrepare", r =>
        {
            Require(rm[r] == RmState.Working);
            (rm[r], sentPrepared[r]) = (RmState.Prepared, true);
        });
        Action<Rm>("RmChooseToAbort", r =>
        {
            Require(rm[r] == RmState.Working);
            rm[r] = RmState.Aborted;
        });
        Action<Rm>("RmReceiveCommit", r =>
        {
            Require(sentCommit.Value);
            rm[r] = RmState.Committed;
        });
        Action<Rm>("RmReceiveAbort", r =>
        {
            Require(sentAbort.Value);
            rm[r] = RmState.Aborted;
        });

        Invariant("Consistent", !Exists<Rm, Rm>((r, s) => rm[r] == RmState.Aborted & rm[s] == RmState.Committed));
        Reachable("AllAbort", Forall<Rm>(r => rm[r] == RmState.Aborted));
        Reachable("AllCommit", Forall<Rm>(r => rm[r] == RmState.Committed));
    }
}
