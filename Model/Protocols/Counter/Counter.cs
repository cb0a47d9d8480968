using Checker.Model.Language;
using static Checker.Model.Language.Logic;

namespace Checker.Protocols.Counter;

/// <summary>A thread that counts.</summary>
public readonly struct Worker : ISort;

public enum Phase
{
    Idle,
    Loaded,
}

/// <summary>
/// The smallest model worth checking, and the example of docs/tutorial.md. Threads add one to a shared counter by loading and
/// storing it. The label <c>lock</c> makes load and store one critical section; without it an increment gets lost.
/// </summary>
public sealed class CounterModel : Spec
{
    private readonly Var<int> total = new(min: 0, max: 3);              // the counter in memory
    private readonly Var<Worker, int> register = new(min: 0, max: 3);   // the value loaded by each thread
    private readonly Var<Worker, Phase> phase = new();
    private readonly Var<Worker, bool> done = new();                    // each thread adds once

    public CounterModel()
    {
        Label("lock", "a thread loads only while no other is between its load and its store");

        By("thread");
        Action<Worker>("Load", w =>
        {
            Require(phase[w] == Phase.Idle & !done[w]);
            Require("lock", Forall<Worker>(other => phase[other] == Phase.Idle));
            register[w] = total.Value;
            phase[w] = Phase.Loaded;
        });
        Action<Worker>("Store", w =>
        {
            Require(phase[w] == Phase.Loaded);
            total.Value = register[w] + 1;
            phase[w] = Phase.Idle;
            done[w] = true;
        });

        Operation("increment", Exists<Worker>(w => phase[w] == Phase.Loaded));
        Invariant("NoLostUpdate", total.Value == Count<Worker>(w => done[w]));
        Reachable("AllDone", Forall<Worker>(w => done[w]));
        Scenario("TwoIncrements", ["Load", "Store", "Load", "Store"], total.Value == 2);
        Terminal("StopsOnlyWhenDone", Forall<Worker>(w => done[w]));
    }
}
