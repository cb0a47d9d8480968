using System.Collections.Immutable;

namespace Checker.Properties;

/// <summary>What a guard or a step is good for, shown: without it, this property is violated, at the earliest by a trace of this length.</summary>
/// <param name="Bounds">In the order of the protocol's sorts.</param>
/// <param name="Length">States of a shortest counterexample. Other properties may fail as early.</param>
public sealed record Mutant(string Protocol, ImmutableArray<string> Drop, string Design, ImmutableArray<int> Bounds, string Property, int Length);

/// <summary>
/// For every label of every protocol a mutant that it prevents. (convert.unmap_user alone prevents none: without it convert.refcount
/// still refuses a page that the VMM has mapped, for ever. For safety either would do; together they are a mutant.)
/// </summary>
public static class Mutants
{
    public static ImmutableArray<Mutant> All { get; } =
    [
        PageLifecycle("accept.once", "inplace,spurious", "NoSilentLoss", 8),
        PageLifecycle("fill.free", "separate,honest", "HostNeverReachesPrivate", 4),
        PageLifecycle("fill.free", "inplace,honest", "FrameHasOneUse", 3),
        PageLifecycle("file.no_mmap", "separate,honest", "HostNeverReachesPrivate", 4),
        PageLifecycle("file.no_mmap", "inplace,honest", "HostNeverReachesPrivate", 5),
        PageLifecycle("punch.zap", "separate,honest", "NoMappingOutlivesItsFrame", 5),
        PageLifecycle("punch.sanitise", "separate,honest", "SecretStaysPrivate", 7),
        PageLifecycle("convert.destroy", "inplace,spurious", "SecretStaysPrivate", 7),
        PageLifecycle("map.claim", "separate,honest", "OnlyTheGuestUnshares", 5),
        PageLifecycle("map.claim,map.pending", "inplace,honest", "NeverDirectlyPrivate", 3),
        PageLifecycle("map.no_fill", "separate,honest", "NoMappingOutlivesItsFrame", 3),
        PageLifecycle("map.revoked", "inplace,honest", "HostNeverReachesPrivate", 5),
        PageLifecycle("map.pending", "inplace,spurious", "NoSilentLoss", 7),
        PageLifecycle("donate.once", "inplace,spurious", "NoSilentLoss", 7),

        GuestMemory("guest.flush", "tdx,hole,separate,honest", "GuestSurvives", 31, 1, 2, 2, 1, 0),   // another vCPU is in the middle of an access
        GuestMemory("fault.check_private", "snp,attribute,separate,spurious", "MappingFollowsDesignation", 7),
        GuestMemory("fault.snapshot_first", "pkvm,attribute,inplace,spurious", "MappingFollowsDesignation", 12),
        GuestMemory("fault.no_fill", "tdx,hole,separate,spurious", "OnlyTheVmmConverts", 15),
        GuestMemory("fault.get_pfn_locked", "snp,attribute,inplace,spurious", "HostNeverReachesPrivate", 20),
        GuestMemory("fault.retry_on_invalidate", "cca,attribute,inplace,honest", "NoMappingOutlivesItsFrame", 9),
        GuestMemory("set.zap", "tdx,attribute,separate,spurious", "MappingFollowsDesignation", 9),
        GuestMemory("set.flush", "tdx,attribute,separate,spurious", "MappingFollowsDesignation", 10),
        GuestMemory("punch.zap", "cca,attribute,inplace,honest", "NoMappingOutlivesItsFrame", 9),
        GuestMemory("punch.flush", "cca,attribute,inplace,honest", "NoMappingOutlivesItsFrame", 10),
        GuestMemory("punch.unmap_user", "cca,attribute,inplace,spurious", "HostNeverReachesPrivate", 17, 2, 1, 1, 1, 0),   // the frame becomes another page's
        GuestMemory("punch.folio_lock", "pkvm,attribute,inplace,spurious", "HostNeverReachesPrivate", 17, 2, 1, 1, 1, 0),
        GuestMemory("punch.reclaim", "cca,hole,separate,honest", "FirmwareOwnsOnlyBackedFrames", 16),
        GuestMemory("punch.sanitise", "sw,hole,separate,honest", "SecretStaysPrivate", 19),           // elsewhere the firmware wipes the frame
        GuestMemory("punch.guest_consent", "pkvm,attribute,inplace,spurious", "NoSilentCorruption", 28),
        GuestMemory("fill.zap", "cca,hole,separate,honest", "MappingFollowsDesignation", 9),
        GuestMemory("fill.flush", "cca,hole,separate,honest", "MappingFollowsDesignation", 10),
        GuestMemory("discard.zap", "cca,hole,separate,spurious", "NoMappingOutlivesItsFrame", 9),
        GuestMemory("discard.flush", "cca,hole,separate,spurious", "NoMappingOutlivesItsFrame", 10),
        GuestMemory("discard.host_flush", "tdx,hole,separate,honest", "HostNeverReachesPrivate", 25),
        GuestMemory("convert.unmap_user,convert.refcount", "snp,attribute,inplace,spurious", "HostNeverReachesPrivate", 9),
        GuestMemory("convert.host_flush", "sw,attribute,inplace,honest", "HostNeverReachesPrivate", 11),
        GuestMemory("convert.refcount", "cca,attribute,inplace,honest", "HostNeverReachesPrivate", 10),
        GuestMemory("convert.zap", "cca,attribute,inplace,honest", "MappingFollowsDesignation", 12),
        GuestMemory("convert.flush", "cca,attribute,inplace,honest", "MappingFollowsDesignation", 13),
        GuestMemory("convert.guest_consent", "pkvm,attribute,inplace,spurious", "SecretStaysPrivate", 26),
        GuestMemory("convert.reclaim", "cca,attribute,inplace,honest", "HostNeverReachesPrivate", 24),
        GuestMemory("gmem.fault_shared_only", "cca,attribute,inplace,honest", "HostNeverReachesPrivate", 11),
        GuestMemory("gmem.fault_locked", "cca,attribute,inplace,honest", "HostNeverReachesPrivate", 10),

        new("Counter", ["lock"], "", [2], "NoLostUpdate", 5),
    ];

    private static Mutant PageLifecycle(string drop, string design, string property, int length) =>
        new("PageLifecycle", [.. drop.Split(',')], design, [2, 2], property, length);

    private static Mutant GuestMemory(string drop, string design, string property, int length, params ReadOnlySpan<int> bounds) =>
        new("GuestMemory", [.. drop.Split(',')], design, bounds.IsEmpty ? [1, 2, 1, 1, 1] : [.. bounds], property, length);
}
