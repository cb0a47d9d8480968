using System.Collections.Immutable;
using Checker.Model.Catalogue;

namespace Checker.Properties.TdxSept;

/// <summary>One mutant for each label, which the label prevents; and the labels which no property misses at the default bounds.</summary>
internal static class TdxSeptLabels
{
    public static ImmutableArray<Mutant> Mutants { get; } =
    [
        Without("pamt.get", "module", "MetadataCoversFrame", 3),
        Without("pamt.put", "module", "MetadataIsReturned", 7),
        Without("pamt.last", "module", "MetadataCoversFrame", 7),
        Without("aug.busy", "module", "MirrorIsTrue", 5),
        Without("aug.put", "module", "MetadataIsReturned", 5),
        Without("aug.pending", "module", "NewPageIsAccepted", 3),
        Without("accept.once", "module", "NoSilentLoss", 18),
        Without("block.busy", "module", "NeverRefused", 9),
        Without("track.busy", "module", "NeverRefused", 9),
        Without("track.kick", "module", "NeverRefused", 8),
        Without("track.kick", "requests", "NoStaleAccess", 7),
        Without("remove.busy", "module", "MetadataCoversFrame", 9),
        Without("busy.retry", "module", "NeverRefused", 6),
        Without("kick.await", "module", "NeverRefused", 7),
        Without("kick.await", "requests", "NoStaleAccess", 7),
        Without("enter.hold", "module", "NeverRefused", 11),
        Without("enter.recheck", "requests", "NoStaleAccess", 10),
        Without("serve.flush", "requests", "NoStaleAccess", 11),
        Without("free.flush", "module", "FreeFrameIsClean", 12),
        Without("free.flush", "requests", "FreeFrameIsClean", 8),
        Without("free.wbinvd", "module", "FreeFrameIsClean", 12),
    ];

    public static ImmutableArray<Survivor> Survivors { get; } =
    [
        new(
            "TdxSept",
            "enter.recheck",
            "module",
            Because.Redundant,
            "the module flushes at each entry, and KVM waits for every vCPU which entered with a request"),
    ];

    private static Mutant Without(string drop, string design, string property, int length) =>
        new("TdxSept", [drop], design, [2, 2, 2], property, length);
}
