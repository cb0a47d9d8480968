using Checker.Protocols.Binding;
using static Checker.Model.Language.Logic;

namespace Checker.Properties.Binding;

/// <summary>The situations which must be possible: the life of a slot and of a file, in every order, and operations which meet.</summary>
internal static class BindingReachability
{
    public static void Declare(BindingModel m)
    {
        string[] bind = ["Create", "Prepare", "Bind"];
        string[] map = ["Fault", "Map"];
        m.Scenario("Rebind", [.. bind, .. map, "Delete", "Unbind", .. bind, .. map], Exists<Slot, Page>((s, p) => m.mapped[s, p]));
        m.Scenario("SlotDiesAfterItsFile", [.. bind, "Close", "Delete", "Unbind", "Release"], m.file.Value == Life.Released);
        m.Scenario("SlotOutlivesItsFile", [.. bind, "Close", "Release"], Exists<Slot>(s => m.slot[s] == SlotState.Ready & !m.named[s]));
        m.Scenario("Punch", [.. bind, .. map, "PunchLock", "PunchUnmap", "PunchTruncate", "PunchEnd", .. map],
            Exists<Slot, Page>((s, p) => m.mapped[s, p]));
        m.Scenario("MemoryError", [.. bind, .. map, "FailLock", "FailUnmap", "FailEnd"], Forall<Slot, Page>((s, p) => !m.mapped[s, p]));
        m.Scenario("RecoveryGivesUp", [.. bind, .. map, "FailLock", "PunchLock", "FailBusy", "PunchUnmap", "PunchTruncate", "PunchEnd"],
            Forall<Page>(p => !m.present[p]));
        m.Scenario("FaultMeetsDeletion", [.. bind, "Fault", "Delete", "Leave", "Unbind"], !m.inprogress.Value);
        m.Scenario("Populate", ["PopulatePin", "Touch", "PopulateLock", "PopulateEnd", "TouchEnd"], m.inval.Value == Owner.Free);
        m.Reachable("BindingFails", Exists<Slot>(s => m.slot[s] == SlotState.Prepared & Next(m.slot[s]) == SlotState.Absent));
        m.Reachable("UpdateIsRefused", Exists<Slot>(s => m.Enabled("Update", s)));
    }
}
