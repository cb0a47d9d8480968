namespace Checker.Cli.Commands;

/// <summary>The commands of every protocol, in the order of the help.</summary>
internal static class CommandTable
{
    public static IReadOnlyList<CommandEntry> All { get; } =
        [.. OfProtocols.Select(entry => entry with { IsGeneral = true }), .. OfTheMachine];

    private static IEnumerable<CommandEntry> OfProtocols =>
    [
        new("verify",
            "Explores every reachable state of each design, decides its properties, and shows each violation as a shortest trace.",
            Verify.Create),
        new("walk",
            "Takes random walks at sizes too large to explore, and shows each violation as a short trace. Walks prove nothing.",
            Walk.Create),
        new("list", "Lists protocols, designs, labels and properties, each with a sentence.", List.Create),
        new("replay",
            "Replays a trace file through the interpreter and shows it, or names the refused state; compares two traces, or extends one "
                + "by hand.",
            Replay.Create),
        new("graph",
            "Draws the state graph of a small instance or the surroundings of a counterexample, "
                + "or reports if a design can always return to its initial state.",
            Graph.Create),
        new("export",
            "Writes one design at one size in the language of another checker, with its properties and without the dropped labels.",
            Export.Create),
        new("agree",
            "Compares the exploration of each design with Rumur, SPIN and cvc5 on its exports: states, verdicts, shortest traces.",
            Agree.Create),
        new("invariants",
            "Explores every design at its default bounds, proves it for any size, and brings invariants.md and the page of each protocol "
                + "up to date.",
            Invariants.Create),
        new("prove",
            "Proves each design's properties for any number of pages, frames, vCPUs, threads and pins, from lemmas, with Z3.",
            Prove.Create),
        new("infer",
            "Finds lemmas automatically: from candidates which hold in small instances, it chooses an inductive set which proves the "
                + "property.",
            Infer.Create),
        new("certify",
            "Checks a certificate: its obligations are those of the model, and a second solver finds every one unsatisfiable.",
            Certify.Create),
        new("bmc",
            "Searches all behaviours of a finite instance up to a number of steps with Z3, and shows a shortest violation.",
            Bounded.CreateBmc),
        new("kind",
            "Tries with Z3 to prove the properties of a finite instance by k-induction; shows a shortest violation if there is one.",
            Bounded.CreateKind),
        new("mutate",
            "Makes the models wrong in one place at a time (a guard, an update, the order of two steps), "
                + "and tests if the properties notice.",
            Mutate.Create),
        new("bugs",
            "Searches known bugs of real systems in the models which have them; tells one of them with its shortest trace.",
            Bugs.Create),
        new("ci",
            "Runs the checks listed in checker.json, compares the results with the accepted ones, and writes the files of a CI system.",
            Ci.Create),
        new("init",
            "Writes a commented checker.json, the list of checks for `checker ci`, with a schema for editors.",
            Init.Create),
    ];

    private static IEnumerable<CommandEntry> OfTheMachine =>
    [
        new("new",
            "Writes a project with a small protocol of your own, for --from: a model, properties, a lemma, claims and tests.",
            (_, name, description) => New.Create(name, description)),
        new("merge",
            "Joins the --json outputs of all parts of a command that was divided by --shard, and notices a missing or foreign part.",
            (_, name, description) => Merge.Create(name, description)),
        new("completion",
            "Prints the script with which bash, zsh or PowerShell completes command lines.",
            (_, name, description) => CompletionScript.Create(name, description)),
        new(
            "doctor",
            "Prints SDK, libz3, memory, cores and terminal, and for each missing part the command which installs it.",
            (_, name, description) => Doctor.Create(name, description)),
    ];
}
