using System.Collections.Immutable;
using Checker.Model.Catalogue;

namespace Checker.Properties.GuestConversion;

/// <summary>One mutant for each label, which the label prevents.</summary>
internal static class GuestConversionLabels
{
    public static ImmutableArray<Mutant> Mutants { get; } =
    [
        Without("accept.claim", "AcceptedOnce", 5),
        Without("allocate.accepted", "AllocatorHasPrivatePages", 2),
        Without("share.flush", "CachedIsPrivate", 9),
        Without("share.whole", "BufferIsShared", 8),
        Without("share.leak", "DataStaysPrivate", 9),
        Without("share.undo", "AllocatorHasPrivatePages", 14),
        Without("publish.after", "FoundOnlyShared", 6),
        Without("hide.unpublish", "FoundOnlyShared", 11),
        Without("hide.leak", "AllocatorHasPrivatePages", 12),
        Without("hide.order", "StrayAccessIsHarmless", 11),
        Without("hide.flush", "DataStaysPrivate", 15),
        Without("hide.rights", "RightsComeBack", 14),
        Without("release.private", "AllocatorHasPrivatePages", 10),
        Without("kexec.block", "AllocatorHasPrivatePages", 11),
        Without("kexec.wait", "AllocatorHasPrivatePages", 11),
        Without("kexec.sweep", "AllocatorHasPrivatePages", 12),
        Without("share.failed", "BufferIsShared", 9),
        Without("hide.failed", "StrayAccessIsHarmless", 12),
    ];

    public static ImmutableArray<Survivor> Survivors { get; } = [];

    private static Mutant Without(string drop, string property, int length) =>
        new("GuestConversion", [drop], "", [2, 2], property, length);
}
