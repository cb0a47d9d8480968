using System.CommandLine;

namespace Checker.Cli.Commands;

/// <summary>
/// The commands, in the order in which the help lists them. Building a command builds its options with their descriptions, which
/// takes longer than everything else at the start; so only the one that was asked for is built whole.
/// </summary>
internal static class CommandTable
{
    private static readonly (string Name, string Description, Func<string, string, Command> Create)[] s_all =
    [
        ("verify",
            "Explores every reachable state of each design, decides its properties, and shows what is violated as a shortest trace.",
            Verify.Create),
        ("walk",
            "Takes random walks at sizes that cannot be explored, and shows what is violated as a short trace. Walks prove nothing.",
            Walk.Create),
        ("list", "Lists protocols, designs, labels and properties, each with a sentence.", List.Create),
        ("designs",
            "Explores the design space of in-place conversion: every subset of the guards, and every order of the steps.",
            Designs.Create),
        ("lifecycle",
            "Shows which edges of the page life cycle each design takes: a table, and a Mermaid state diagram.",
            Lifecycle.Create),
        ("replay",
            "Replays a trace file through the interpreter and shows it; says at which state it is refused, if it is.",
            Replay.Create),
        ("graph",
            "Draws the state graph of a small instance, or what lies around a counterexample; or reports whether a design can always return to its initial state.",
            Graph.Create),
        ("invariants",
            "Explores every design at its default bounds, proves it for any size, and brings the formulas and verdicts in invariants.md up to date.",
            Invariants.Create),
        ("prove",
            "Proves each design's properties for any number of pages, frames, vCPUs, threads and pins, from lemmas, with Z3.",
            Prove.Create),
        ("infer",
            "Finds lemmas by itself: candidates that hold in small instances, of which it picks an inductive set that proves the property.",
            Infer.Create),
        ("certify",
            "Checks a certificate: its obligations are those of the model, and a second solver finds every one unsatisfiable.",
            Certify.Create),
        ("claims",
            "Decides what was claimed in the discussion of March 2022 that began it: all claims, or one with its trace.",
            Claims.Create),
        ("bmc",
            "Looks with Z3 at all behaviours of a finite instance up to a number of steps, and shows a shortest violation.",
            Bounded.CreateBmc),
        ("kind",
            "Tries with Z3 to prove the properties of a finite instance by k-induction; shows a shortest violation if there is one.",
            Bounded.CreateKind),
        ("mutate",
            "Makes the models wrong in one place at a time (a guard, an update, the order of two steps), and sees whether the properties notice.",
            Mutate.Create),
        ("doctor", "Prints SDK, libz3, memory, cores and terminal, and what is missing with the command that mends it.", Doctor.Create),
    ];

    /// <param name="chosen">The command that is built with its options; null for all.</param>
    public static IEnumerable<Command> Create(string? chosen) =>
        s_all.Select(c => chosen is null || c.Name == chosen ? c.Create(c.Name, c.Description) : new Command(c.Name, c.Description));
}
