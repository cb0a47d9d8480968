namespace Checker.Cli.Commands;

/// <summary>The commands of every protocol, in the order of the help.</summary>
internal static class CommandTable
{
    public static IReadOnlyList<CommandEntry> All { get; } =
        [.. OfProtocols.Select(entry => entry with { IsGeneral = true }), .. OfTheMachine];

    private static IEnumerable<CommandEntry> OfProtocols =>
    [
        new("verify",
            "Explores every reachable state of each design, decides its properties, and shows what is violated as a shortest trace.",
            Verify.Create),
        new("walk",
            "Takes random walks at sizes that cannot be explored, and shows what is violated as a short trace. Walks prove nothing.",
            Walk.Create),
        new("list", "Lists protocols, designs, labels and properties, each with a sentence.", List.Create),
        new("replay",
            "Replays a trace file through the interpreter and shows it; says at which state it is refused, if it is.",
            Replay.Create),
        new("graph",
            "Draws the state graph of a small instance, or what lies around a counterexample; or reports whether a design can always return to its initial state.",
            Graph.Create),
        new("invariants",
            "Explores every design at its default bounds, proves it for any size, and brings the formulas and verdicts in invariants.md up to date.",
            Invariants.Create),
        new("prove",
            "Proves each design's properties for any number of pages, frames, vCPUs, threads and pins, from lemmas, with Z3.",
            Prove.Create),
        new("infer",
            "Finds lemmas by itself: candidates that hold in small instances, of which it picks an inductive set that proves the property.",
            Infer.Create),
        new("certify",
            "Checks a certificate: its obligations are those of the model, and a second solver finds every one unsatisfiable.",
            Certify.Create),
        new("bmc",
            "Looks with Z3 at all behaviours of a finite instance up to a number of steps, and shows a shortest violation.",
            Bounded.CreateBmc),
        new("kind",
            "Tries with Z3 to prove the properties of a finite instance by k-induction; shows a shortest violation if there is one.",
            Bounded.CreateKind),
        new("mutate",
            "Makes the models wrong in one place at a time (a guard, an update, the order of two steps), and sees whether the properties notice.",
            Mutate.Create),
    ];

    private static IEnumerable<CommandEntry> OfTheMachine =>
    [
        new("new",
            "Writes a project with a small protocol of your own, for --from: a model, properties, a lemma, claims and tests.",
            (_, name, description) => New.Create(name, description)),
        new("doctor", "Prints SDK, libz3, memory, cores and terminal, and what is missing with the command that mends it.",
            (_, name, description) => Doctor.Create(name, description)),
    ];
}
