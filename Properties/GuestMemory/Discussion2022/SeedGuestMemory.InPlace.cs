using Checker.Model.Language;
using Checker.Protocols.GuestMemory;
using static Checker.Model.Language.Logic;

namespace Checker.Properties.GuestMemory.Discussion2022;

internal sealed partial class SeedGuestMemory
{
    /// <summary>S7, S27, S28, S29, S33: the proposal to share in place, and the questions about it.</summary>
    private void InPlace()
    {
        m.Scenario("KeepsContentInPlace", [.. _ways.ToPrivate, .. _ways.UsePrivate, .. _ways.ToShared, .. _ways.HostFault, "FillHostTlb"],
            Exists<Page, Frame>((p, f) => m.utlb[p] == f & m.data[f] == Data.Public));

        m.Reachable("PrivateFileMapped", Exists<Page, Frame>((p, f) => m.gmem[p] == f & m.upte[p] == f));

        m.Invariant(
            "SharedIsMappable",
            Forall<Page>(p => (Unmapped(p) & m.gmem[p] != None & !m.IsPrivate(p)).Implies(m.Enabled("HostFault", p))));

        m.Invariant(
            "UnusedIsMappable",
            Forall<Page>(p => (Unmapped(p) & m.gmem[p] != None & m.spte[p, Alias.Private] == None).Implies(m.Enabled("HostFault", p))));

        m.StepInvariant(
            "RevokedBeforePrivate",
            Forall<Page, Frame>((p, f) => (m.gmem[p] == f & !m.IsPrivate(p) & Next(m.IsPrivate(p))).Implies(
            m.upte[p] != f & m.utlb[p] != f & m.ufault[p] != f & !m.Pinned(f))));

        m.Scenario(
            "PrivateAgainWithoutAHole",
            [.. _ways.HostFault, .. GuestMemoryReachability.UseHost, .. _ways.ToPrivate, .. _ways.UsePrivate],
            _ways.Secret());

        m.Reachable("FilledWhileShared", Exists<Page, Frame>((p, f) => m.gmem[p] == f & m.IsPrivate(p) & m.guest[p] == View.Accepted
            & m.data[f] == Data.Host & (m.Firmware ? m.own[f] == Owner.Validated : true)));

        m.Invariant("PrivateAccessIsRefused", Forall<Page>(p => m.IsPrivate(p).Implies(!m.Enabled("HostFault", p))));
    }

    /// <summary>The VMM has no mapping of the page, and no operation on it is in progress.</summary>
    private Term<bool> Unmapped(Term<Page> p) => Define(p, m.upte[p] == None & m.ufault[p] == None & !m.InProgress(p));
}
