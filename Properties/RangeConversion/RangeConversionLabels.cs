using System.Collections.Immutable;
using Checker.Model.Catalogue;

namespace Checker.Properties.RangeConversion;

/// <summary>One mutant for each label, which the label prevents.</summary>
internal static class RangeConversionLabels
{
    public static ImmutableArray<Mutant> Mutants { get; } =
    [
        Without("begin.hull", "HugeEntryMatches", 7),
        Without("begin.check", "PrivateIsNotPinned", 5),
        Without("zap.flavour", "NoDataLost", 11),
        Without("zap.huge", "HugeEntryMatches", 7),
        Without("zap.split", "NoDataLost", 11),
        Without("store.mixed", "MixedIsMarked", 4),
        Without("end.sequence", "SmallEntryMatches", 8),
        Without("store.undo", "GuestAgrees", 4),
        Without("level.mixed", "HugeEntryMatches", 8),
        Without("map.retry", "SmallEntryMatches", 7),
        Without("pin.lock", "PrivateIsNotPinned", 5),
        Without("guest.rest", "GuestAgrees", 6),
    ];

    private static Mutant Without(string label, string property, int length) =>
        new("RangeConversion", [label], "", [3, 2], property, length);
}
