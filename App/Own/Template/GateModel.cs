using Checker.Model.Language;
using static Checker.Model.Language.Logic;

namespace Gate;

/// <summary>A worker. There is some number of them, and nothing tells them apart.</summary>
public readonly struct Worker : ISort;

/// <summary>A room with one key: a worker takes the key, works inside, and puts the key back when it leaves.</summary>
public sealed class GateModel : Spec
{
    // The variables: the whole state of the model. The properties, which stand in a file of their own, read them.
    public readonly Var<Option<Worker>> key = new();      // the worker that has the key
    public readonly Var<Worker, bool> inside = new();     // the workers in the room

    public GateModel()
    {
        // A guard or a step with a label can be dropped, to show what it is needed for.
        Label("enter.free", "a worker takes the key only if no other has it");
        Label("leave.release", "a worker that leaves puts the key back");

        By("worker");
        Action<Worker>("Enter", w =>
        {
            Require(!inside[w]);
            Require("enter.free", key.Value == None);
            key.Value = w;
            inside[w] = true;
        });
        Action<Worker>("Leave", w =>
        {
            Require(inside[w]);
            inside[w] = false;
            Step("leave.release", () => key.Value = None);
        });
    }
}
