using System.Collections.Immutable;
using Checker.Model.Catalogue;

namespace Checker.Properties.GuestMemory.Labels;

/// <summary>
/// One mutant for each label, which the label prevents. There is none for convert.unmap_user alone: without it, convert.refcount
/// refuses a page mapped by the VMM for ever. Either of the two is enough for safety, so the mutant lacks both.
/// </summary>
internal static class Mutants
{
    public static ImmutableArray<Mutant> All { get; } =
    [
        // another vCPU is in the middle of an access
        Without("guest.flush", "tdx,hole,separate,honest", "GuestSurvives", 31, 1, 2, 2, 1, 0),
        Without("fault.check_private", "snp,attribute,separate,spurious", "MappingFollowsDesignation", 7),
        Without("fault.snapshot_first", "pkvm,attribute,inplace,spurious", "MappingFollowsDesignation", 12),
        Without("fault.no_fill", "tdx,hole,separate,spurious", "OnlyTheVmmConverts", 15),
        Without("fault.get_pfn_locked", "snp,attribute,inplace,spurious", "HostNeverReachesPrivate", 20),
        Without("fault.retry_on_invalidate", "cca,attribute,inplace,honest", "NoMappingOutlivesItsFrame", 9),
        Without("set.zap", "tdx,attribute,separate,spurious", "MappingFollowsDesignation", 9),
        Without("set.flush", "tdx,attribute,separate,spurious", "MappingFollowsDesignation", 10),
        Without("punch.zap", "cca,attribute,inplace,honest", "NoMappingOutlivesItsFrame", 9),
        Without("punch.flush", "cca,attribute,inplace,honest", "NoMappingOutlivesItsFrame", 10),
        // the frame becomes another page's
        Without("punch.unmap_user", "cca,attribute,inplace,spurious", "HostNeverReachesPrivate", 17, 2, 1, 1, 1, 0),
        Without("punch.folio_lock", "pkvm,attribute,inplace,spurious", "HostNeverReachesPrivate", 17, 2, 1, 1, 1, 0),
        Without("punch.reclaim", "cca,hole,separate,honest", "FirmwareOwnsOnlyBackedFrames", 16),
        Without("punch.sanitise", "sw,hole,separate,honest", "SecretStaysPrivate", 19),           // otherwise the firmware wipes the frame
        Without("punch.guest_consent", "pkvm,attribute,inplace,spurious", "NoSilentCorruption", 28),
        Without("fill.zap", "cca,hole,separate,honest", "MappingFollowsDesignation", 9),
        Without("fill.flush", "cca,hole,separate,honest", "MappingFollowsDesignation", 10),
        Without("discard.zap", "cca,hole,separate,spurious", "NoMappingOutlivesItsFrame", 9),
        Without("discard.flush", "cca,hole,separate,spurious", "NoMappingOutlivesItsFrame", 10),
        Without("discard.host_flush", "tdx,hole,separate,honest", "HostNeverReachesPrivate", 25),
        Without("convert.unmap_user,convert.refcount", "snp,attribute,inplace,spurious", "HostNeverReachesPrivate", 9),
        Without("convert.host_flush", "sw,attribute,inplace,honest", "HostNeverReachesPrivate", 11),
        Without("convert.refcount", "cca,attribute,inplace,honest", "HostNeverReachesPrivate", 10),
        Without("convert.zap", "cca,attribute,inplace,honest", "MappingFollowsDesignation", 12),
        Without("convert.flush", "cca,attribute,inplace,honest", "MappingFollowsDesignation", 13),
        Without("convert.guest_consent", "pkvm,attribute,inplace,spurious", "SecretStaysPrivate", 26),
        Without("convert.reclaim", "cca,attribute,inplace,honest", "HostNeverReachesPrivate", 24),
        Without("gmem.fault_shared_only", "cca,attribute,inplace,honest", "HostNeverReachesPrivate", 11),
        Without("gmem.fault_locked", "cca,attribute,inplace,honest", "HostNeverReachesPrivate", 10),
    ];

    private static Mutant Without(string drop, string design, string property, int length, params ReadOnlySpan<int> bounds) =>
        new("GuestMemory", [.. drop.Split(',')], design, bounds.IsEmpty ? [1, 2, 1, 1, 1] : [.. bounds], property, length);
}
