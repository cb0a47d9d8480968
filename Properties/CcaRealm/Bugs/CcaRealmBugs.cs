using System.Collections.Immutable;
using Checker.Model.Catalogue;

namespace Checker.Properties.CcaRealm.Bugs;

/// <summary>The known bugs which CcaRealm can express.</summary>
internal static class CcaRealmBugs
{
    public static ImmutableArray<Bug> All { get; } =
    [
        new("E-F1", "replaced data counts as the realm's own again without its consent", "CcaRealm", "", [1, 1], "NoSilentLoss", 8)
        {
            Class = BugClass.Integrity,
            Mistake = Mistake.MissingGuard,
            Source = "TF-RMM 84a1b161",
            Mechanism = "The host destroys a page, and creates it again with unknown contents. The monitor makes the page RAM "
                + "on its own, so the realm continues without noticing the loss.",
            Prevention = "DATA_CREATE_UNKNOWN leaves the RIPAS of a destroyed page as it is.",
            Fix = "TF-RMM, runtime/rmi/rtt.c: data_create with unknown contents keeps the RIPAS",
            Drop = ["create.keep"],
        },
        new("E-F2", "a wrong table of RIPAS transitions makes destroyed memory usable", "CcaRealm", "", [1, 1], "NoSilentLoss", 11)
        {
            Class = BugClass.Integrity,
            Mistake = Mistake.MissingGuard,
            Source = "TF-RMM 0fb44554",
            Mechanism = "The realm asks for RAM, without accepting the loss of destroyed pages. The monitor uses the wrong "
                + "table of transitions and turns a destroyed page into RAM.",
            Prevention = "A destroyed page becomes RAM only if the request accepts the loss.",
            Fix = "TF-RMM, lib/s2tt: the transitions of RTT_SET_RIPAS follow the request's flag",
            Drop = ["ripas.destroyed"],
        },
        new("E-F3", "only the first block of a removed range is flushed from the TLBs", "CcaRealm", "", [2, 1], "TranslationsAreCurrent", 6)
        {
            Class = BugClass.Safety,
            Mistake = Mistake.HullOfRange,
            Source = "TF-RMM 22ba106d",
            Mechanism = "The host destroys a table with entries for its own memory. The monitor flushes the translation of "
                + "the first entry only, so the realm still reaches the frames of the others.",
            Prevention = "The flush covers the range of the whole table.",
            Fix = "TF-RMM, runtime/rmi/rtt.c: RTT_DESTROY invalidates all blocks of the table",
            Drop = ["table.tlbi"],
        },
        new("E-F6", "a refused delegation is not looked at", "CcaRealm", "", [1, 1], "GptMatchesGranule", 4)
        {
            Class = BugClass.Safety,
            Mistake = Mistake.ErrorPath,
            Source = "TF-RMM e4ade462",
            Mechanism = "EL3 refuses to give a frame to the realm world, and the monitor does not look at the answer. It "
                + "takes the frame for delegated while the host still reaches it.",
            Prevention = "The granule changes its state only if EL3 succeeds.",
            Fix = "TF-RMM, runtime/rmi/granule.c: smc_granule_delegate checks the result",
            Drop = ["delegate.result"],
        },
        new("E-F11", "a granule leaves the realm on a way that does not scrub it", "CcaRealm", "", [1, 1], "HostReachesNoSecret", 10)
        {
            Class = BugClass.Safety,
            Mistake = Mistake.MissingGuard,
            Source = "TF-RMM f5cce5bc",
            Mechanism = "Each operation which ends the use of a granule has to wipe it, and one does not. The granule goes "
                + "back to the host with its old contents.",
            Prevention = "The granule is wiped at the one point through which all of them pass: when it leaves the realm "
                + "world.",
            Fix = "TF-RMM, runtime/rmi/granule.c: smc_granule_undelegate sanitises the granule",
            Drop = ["undelegate.scrub"],
        },
        new(
            "E-F12",
            "a granule returns to the host without the state in which no side reaches it",
            "CcaRealm",
            "",
            [1, 1],
            "NoRealmLineInHostMemory",
            9)
        {
            Class = BugClass.Safety,
            Mistake = Mistake.WrongOrder,
            Source = "TF-A 6a00e9b0c",
            Mechanism = "EL3 cleans the cache lines of a frame while the frame still belongs to the realm world. A CPU in the "
                + "realm world fetches a line again, and the line outlives the change.",
            Prevention = "The entry becomes NO_ACCESS first; the lines are cleaned then, and the host gets the frame last.",
            Fix = "TF-A, lib/gpt_rme/gpt_rme.c: gpt_undelegate_pas",
            Drop = ["undelegate.block"],
        },
        new("E-F13", "a change of the GPT is not awaited before memory is reused", "CcaRealm", "", [1, 1], "RealmMemoryIsProtected", 6)
        {
            Class = BugClass.Safety,
            Mistake = Mistake.WrongOrder,
            Source = "TF-A 77612b90a",
            Mechanism = "EL3 writes a GPT entry and flushes the translations, without a barrier in between. The write has its "
                + "effect after the flush, so a CPU of the host has cached the old entry again.",
            Prevention = "A barrier completes the write before the flush.",
            Fix = "TF-A, lib/gpt_rme/gpt_rme.c: dsb between the write of the descriptor and the TLB invalidation",
            Drop = ["delegate.barrier"],
        },
        new("E-F14", "the tags of a granule survive its scrubbing", "CcaRealm", "", [1, 1], "HostReachesNoSecret", 14)
        {
            Class = BugClass.Safety,
            Mistake = Mistake.MissingGuard,
            Source = "TF-A 62d646521",
            Mechanism = "A frame leaves the realm world wiped, but the memory tags of the frame are not. The host reads the "
                + "tags which the realm has stored.",
            Prevention = "The tags are flushed together with the contents.",
            Fix = "TF-A, lib/gpt_rme/gpt_rme.c: the cache maintenance includes allocation tags",
            Drop = ["undelegate.tags"],
        },
        new("P-41", "a granule gets its new state although the command failed", "CcaRealm", "", [1, 1], "DataIsMapped", 5)
        {
            Class = BugClass.Leak,
            Mistake = Mistake.ErrorPath,
            Source = "a realm monitor, fix of April 2026",
            Mechanism = "A command fails after its checks, and the granule gets its new state all the same. No page has the "
                + "granule, so no command can take it back.",
            Prevention = "The state of the granule is written only after the command has succeeded.",
            Fix = "the monitor's handler of the command: the failed path releases the granule in its old state",
            Drop = ["create.result"],
        },
    ];
}
