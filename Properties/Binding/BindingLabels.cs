using System.Collections.Immutable;
using Checker.Model.Catalogue;

namespace Checker.Properties.Binding;

/// <summary>One mutant for each label, which the label prevents.</summary>
internal static class BindingLabels
{
    public static ImmutableArray<Mutant> Mutants { get; } =
    [
        Without("bind.ready", "BindingNamesCompleteSlot", 3),
        Without("bind.overlap", "ReadySlotIsBound", 7),
        Without("update.flag", "BindingNamesLiveSlot", 5),
        Without("delete.sync", "FaultHasSlot", 7),
        Without("delete.zap", "MappedPageExists", 7),
        Without("fault.leave", "DeletionEnds", 6),
        Without("unbind.dying", "BindingNamesLiveSlot", 7),
        Without("unbind.lock", "InvalidationEnds", 12),
        Without("release.unbind", "SlotNamesLiveFile", 6),
        Without("map.retry", "MappedPageExists", 9),
        Without("map.assign", "AssignedWhereMapped", 13),
        Without("punch.walk", "MappedPageExists", 9),
        Without("failure.trylock", "NoWaitInACircle", 10),
        Without("populate.pin", "NoWaitForMmap", 3),
        Without("bind.store", "ReadySlotIsBound", 4),
    ];

    public static ImmutableArray<Survivor> Survivors { get; } = [];

    private static Mutant Without(string drop, string property, int length) =>
        new("Binding", [drop], "", [2, 2], property, length);
}
