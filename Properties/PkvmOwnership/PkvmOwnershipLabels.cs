using System.Collections.Immutable;
using Checker.Model.Catalogue;

namespace Checker.Properties.PkvmOwnership;

/// <summary>One mutant for each label, which the label prevents. No label survives at the default bounds.</summary>
internal static class PkvmOwnershipLabels
{
    public static ImmutableArray<Mutant> Mutants { get; } =
    [
        Without("init.unmap", [1, 1], "OneOwner", 2),
        Without("donate.memory", [1, 1], "OnlyMemoryIsGiven", 5),
        Without("donate.capacity", [1, 1], "EveryFrameHasAnOwner", 4),
        Without("donate.poison", [1, 1], "NoSilentLoss", 11),
        Without("sync.flush", [1, 1], "HostReachesNoForeignFrame", 6),
        Without("sync.drain", [1, 1], "HostReachesNoForeignFrame", 8),
        Without("block.annotated", [1, 2], "HostReachesNoForeignFrame", 4),
        Without("reclaim.poison", [1, 1], "NoSilentLoss", 11),
        Without("reclaim.zero", [1, 1], "HostReachesNoSecret", 9),
        Without("reclaim.tlbi", [1, 1], "TranslationsAreCurrent", 7),
        Without("dying.zero", [1, 1], "HostReachesNoSecret", 10),
        Without("hyp.zero", [1, 1], "HostReachesNoSecret", 5),
        Without("ffa.copy", [1, 1], "MessagesInBounds", 6),
        Without("ffa.owned", [1, 1], "OnlyTheHostsAreLent", 6),
    ];

    private static Mutant Without(string drop, ImmutableArray<int> bounds, string property, int length) =>
        new("PkvmOwnership", [drop], "", bounds, property, length);
}
