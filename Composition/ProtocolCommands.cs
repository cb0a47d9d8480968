using Checker.Cli.Commands;
using Checker.Composition.Discussion2022;
using Checker.Composition.InPlace;
using Checker.Composition.Refinement;

namespace Checker.Composition;

/// <summary>The commands which exist for only one protocol.</summary>
internal static class ProtocolCommands
{
    public static IReadOnlyList<CommandEntry> All { get; } =
    [
        new("designs",
            "Explores the design space of in-place conversion: every subset of the guards, and every order of the steps.",
            (_, name, description) => Designs.Create(name, description)) { Instead = "mutate" },
        new("lifecycle",
            "Shows which edges of the page life cycle each design takes: a table, and a Mermaid state diagram.",
            (_, name, description) => Lifecycle.Create(name, description)) { Instead = "graph" },
        new("claims",
            "Decides the claims of the first discussion in March 2022: all claims, or one with its trace.",
            (_, name, description) => Claims.Create(name, description)) { Instead = "verify" },
    ];
}
