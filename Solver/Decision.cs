using System.Collections.Immutable;
using Checker.Model.Ir;

namespace Checker.Solver;

/// <summary>The ways to decide a property, each with a command of its own.</summary>
public enum Engine
{
    /// <summary>Exhaustive exploration of an instance.</summary>
    Exploration,

    /// <summary>Random walks.</summary>
    Walks,

    /// <summary>Bounded model checking of an instance.</summary>
    BoundedModelChecking,

    /// <summary>k-induction on an instance.</summary>
    KInduction,

    /// <summary>The drawn state graph of an instance, in which violations are marked.</summary>
    StateGraph,

    /// <summary>Proofs for any number of elements.</summary>
    Proof,

    /// <summary>Inference of the lemmas of a proof.</summary>
    Inference,
}

/// <summary>The assignment of engines to kinds of properties, for the whole program.</summary>
public static class Decision
{
    /// <summary>The engines for the properties of a kind. Exploration decides every kind.</summary>
    public static ImmutableArray<Engine> Engines(PropertyKind kind) => kind switch
    {
        PropertyKind.Invariant or PropertyKind.StepInvariant =>
        [
            Engine.Exploration, Engine.Walks, Engine.BoundedModelChecking, Engine.KInduction, Engine.StateGraph, Engine.Proof,
            Engine.Inference,
        ],
        PropertyKind.WellFormed or PropertyKind.Lemma =>
        [
            Engine.Exploration, Engine.Walks, Engine.BoundedModelChecking, Engine.KInduction, Engine.StateGraph, Engine.Proof,
        ],
        PropertyKind.Terminal =>
        [
            Engine.Exploration, Engine.Walks, Engine.BoundedModelChecking, Engine.KInduction, Engine.StateGraph,
        ],
        // A walk, or a proof of safety, without a witness does not show that there is none. Neither does a depth; but bounded model
        // checking is asked for a witness by name, and reports the depth up to which it has found none.
        PropertyKind.Reachable => [Engine.Exploration, Engine.BoundedModelChecking],
        PropertyKind.Scenario => [Engine.Exploration],
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no engine is said to decide this kind of property"),
    };

    public static bool Decides(this Engine engine, PropertyKind kind) => Engines(kind).Contains(engine);

    /// <summary>Returns the command which runs the engine.</summary>
    public static string Command(this Engine engine) => engine switch
    {
        Engine.Exploration => "verify",
        Engine.Walks => "walk",
        Engine.BoundedModelChecking => "bmc",
        Engine.KInduction => "kind",
        Engine.StateGraph => "graph",
        Engine.Proof => "prove",
        Engine.Inference => "infer",
        _ => throw new ArgumentOutOfRangeException(nameof(engine), engine, "no command runs this engine"),
    };
}
