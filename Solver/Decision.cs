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
    private static readonly ImmutableArray<Engine> s_refuting =
        [Engine.Exploration, Engine.Walks, Engine.BoundedModelChecking, Engine.KInduction, Engine.StateGraph];

    /// <summary>The engines which decide properties of a kind. Exploration decides every kind.</summary>
    public static ImmutableArray<Engine> Engines(PropertyKind kind) =>
        kind.Traits() is var traits && traits.IsWitnessed ? Witnessing(traits.Subject)
        : traits.Subject switch
        {
            PropertySubject.State or PropertySubject.Step or PropertySubject.StateOrStep when traits.Role == PropertyRole.Claim =>
                [.. s_refuting, Engine.Proof, Engine.Inference],
            PropertySubject.State or PropertySubject.Step or PropertySubject.StateOrStep => [.. s_refuting, Engine.Proof],
            PropertySubject.Deadlock => s_refuting,
            PropertySubject.Sequence => [Engine.Exploration],
        };

    /// <summary>
    /// A walk or a proof without a witness does not show that there is none. Nor does a depth, but bounded model checking is asked for
    /// a witness by name, and reports the depth up to which it has found none.
    /// </summary>
    private static ImmutableArray<Engine> Witnessing(PropertySubject subject) => subject switch
    {
        PropertySubject.State or PropertySubject.Step or PropertySubject.StateOrStep => [Engine.Exploration, Engine.BoundedModelChecking],
        PropertySubject.Deadlock or PropertySubject.Sequence => [Engine.Exploration],
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
