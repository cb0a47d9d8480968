using System.Collections.Immutable;
using Checker.Model.Catalogue;
using Checker.Model.Ir;
using static Checker.Model.Language.Logic;

namespace Gate;

/// <summary>Everything that is claimed of Gate. `checker --from` finds the property Definition by its type.</summary>
public static class GateProtocol
{
    public static Protocol Definition { get; } = new("Gate", "Workers take turns in a room with one key.",
        DesignKeys: [], Designs: [new("Gate", [])], BoundSorts: ["Worker"], DefaultBounds: [3],
        _ => Build(), _ => ImmutableDictionary<string, string>.Empty)
    {
        LargeBounds = [16],
        Claims = [.. Claims(), .. Claim.OfLanguage("Gate")],

        // Without the label, this property is violated at these bounds, by a shortest trace of so many states.
        Mutants =
        [
            new("Gate", ["enter.free"], "", [3], "OneInside", 3),
            new("Gate", ["leave.release"], "", [3], "NeverStuck", 3),
        ],
    };

    /// <summary>The formulas. The state machine is in GateModel.cs.</summary>
    private static TransitionSystem Build()
    {
        var m = new GateModel();

        m.Invariant("OneInside", Forall<Worker, Worker>((v, w) => (m.inside[v] & m.inside[w]).Implies(v == w)));
        m.Terminal("NeverStuck", false);
        m.Reachable("SomeoneInside", Exists<Worker>(w => m.inside[w]));
        m.Scenario("TwoTurns", ["Enter", "Leave", "Enter"], Exists<Worker>(w => m.inside[w]));

        // OneInside alone is not inductive: this lemma excludes the states in which a worker is inside without the key.
        m.Lemma("InsideHasKey", "OneInside", "a worker enters with the key, and puts it back only when it leaves",
            Forall<Worker>(w => m.inside[w].Implies(m.key.Value == w)));

        return m.Build();
    }

    /// <summary>The properties in words: the sentence, the reason, and the source.</summary>
    private static IEnumerable<Claim> Claims() =>
    [
        new("Gate", "OneInside", "At most one worker is in the room.", "Two workers in the room disturb each other.", "README.md"),
        new("Gate", "NeverStuck", "Some worker can always enter or leave.", "Otherwise all work ends.", "README.md"),
        new("Gate", "SomeoneInside", "A worker can enter.", "A room that stays empty is safe, and useless.", "README.md"),
        new("Gate", "TwoTurns", "Workers can enter one after the other.", "A key that is used once is of little use.", "README.md"),
    ];
}
