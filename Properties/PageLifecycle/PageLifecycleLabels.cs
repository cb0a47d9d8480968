using System.Collections.Immutable;
using Checker.Model.Catalogue;

namespace Checker.Properties.PageLifecycle;

/// <summary>One mutant for each label, which the label prevents; and the labels which no property misses at the default bounds.</summary>
internal static class PageLifecycleLabels
{
    public static ImmutableArray<Mutant> Mutants { get; } =
    [
        Without("accept.once", "inplace,spurious", "NoSilentLoss", 8),
        Without("fill.free", "separate,honest", "HostNeverReachesPrivate", 4),
        Without("fill.free", "inplace,honest", "FrameHasOneUse", 3),
        Without("file.no_mmap", "separate,honest", "HostNeverReachesPrivate", 4),
        Without("file.no_mmap", "inplace,honest", "HostNeverReachesPrivate", 5),
        Without("punch.zap", "separate,honest", "NoMappingOutlivesItsFrame", 5),
        Without("punch.sanitise", "separate,honest", "SecretStaysPrivate", 7),
        Without("convert.destroy", "inplace,spurious", "SecretStaysPrivate", 7),
        Without("map.claim", "separate,honest", "OnlyTheGuestUnshares", 5),
        Without("map.claim,map.pending", "inplace,honest", "NeverDirectlyPrivate", 3),
        Without("map.no_fill", "separate,honest", "NoMappingOutlivesItsFrame", 3),
        Without("map.revoked", "inplace,honest", "HostNeverReachesPrivate", 5),
        Without("map.pending", "inplace,spurious", "NoSilentLoss", 7),
        Without("donate.once", "inplace,spurious", "NoSilentLoss", 7),
    ];

    public static ImmutableArray<Survivor> Survivors { get; } =
    [
        Redundant(
            "accept.once",
            "*,honest",
            "an honest VMM replaces no page on which the guest relies, so no such page is accepted a second time"),
        Redundant(
            "donate.once",
            "*,honest",
            "an honest VMM takes no frame from a page on which the guest relies, so no frame is donated to it a second time"),
        Redundant(
            "punch.sanitise",
            "inplace,honest",
            "an honest VMM punches only pages which the guest has given up, and the guest has published their contents"),
        Redundant(
            "convert.destroy",
            "inplace,honest",
            "an honest VMM converts only pages which the guest has given up, and the guest has published their contents"),
    ];

    private static Mutant Without(string drop, string design, string property, int length) =>
        new("PageLifecycle", [.. drop.Split(',')], design, [2, 2], property, length);

    private static Survivor Redundant(string label, string designs, string reason) =>
        new("PageLifecycle", label, designs, Because.Redundant, reason);
}
