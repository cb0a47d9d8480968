using System.CommandLine;
using Checker.Composition.Discussion2022;
using Checker.Composition.InPlace;
using Checker.Composition.Refinement;

namespace Checker.Composition;

/// <summary>The commands that only one protocol has.</summary>
internal static class ProtocolCommands
{
    public static IReadOnlyList<Command> All() => [Designs.Create(), Lifecycle.Create(), Claims.Create()];
}
