using Checker.Model.Language;
using Checker.Protocols.GuestConversion;
using static Checker.Model.Language.Logic;

namespace Checker.Properties.GuestConversion;

/// <summary>The lemmas for the proofs of GuestConversion.</summary>
internal static class GuestConversionLemmas
{
    public static void Declare(GuestConversionModel m)
    {
        m.Lemma("UnacceptedIsUntouched", "CachedIsPrivate", "no CPU touches a page before its acceptance",
            Forall<Page>(p => (m.use[p] == Use.Unaccepted).Implies(m.memory[p] == Memory.Unaccepted & m.pte[p] == Kind.Private
                & Forall<Cpu>(c => m.tlb[c, p] == Kind.None))));
        m.Lemma("AcceptedOnlyWhenNew", "AcceptedOnce", "a CPU claims a page which no other CPU has claimed",
            Forall<Cpu, Page>((c, p) => m.accepting[c, p].Implies(m.use[p] == Use.Unaccepted
                & Forall<Cpu>(d => m.accepting[d, p].Implies(c == d)))));
        m.Lemma("UsedIsAccepted", "AllocatorHasPrivatePages", "a page leaves its first state when it is accepted",
            Forall<Page>(p => (m.use[p] != Use.Unaccepted).Implies(m.memory[p] != Memory.Unaccepted)));
        m.Lemma("SharingBeforeMark", "AllocatorHasPrivatePages", "a range is marked before the host is asked",
            Forall<Page>(p => (m.use[p] == Use.Sharing).Implies(m.memory[p] == Memory.Private & !m.barred[p]
                & Cond<bool>(m.phase.Value == Phase.ShareBegun, m.pte[p] == Kind.Private & Forall<Cpu>(c => m.tlb[c, p] != Kind.Shared),
                    m.pte[p] == Kind.Shared))));
        m.Lemma("FlushedBeforeAsking", "CachedIsPrivate", "private translations are dropped before the host is asked",
            Forall<Cpu, Page>((c, p) => (m.use[p].In(Use.Shared, Use.Buffer, Use.Hiding) | (m.use[p] == Use.Sharing
                & m.phase.Value.In(Phase.ShareAsking, Phase.ShareFailed))).Implies(m.tlb[c, p] != Kind.Private)));
        m.Lemma("SharedIsShared", "BufferIsShared", "the host has agreed to these pages",
            Forall<Page>(p => m.use[p].In(Use.Shared, Use.Hiding).Implies(m.memory[p] == Memory.Shared & m.pte[p] == Kind.Shared)));
        m.Lemma("HiddenIsPrivate", "AllocatorHasPrivatePages", "the page is accepted, and its rights are back",
            Forall<Page>(p => m.use[p].In(Use.Hidden, Use.Private).Implies(m.memory[p] == Memory.Private & !m.barred[p])));
        m.Lemma("PrivateIsFlushed", "DataStaysPrivate", "shared translations are dropped after the page-table bit changes",
            Forall<Page>(p => (m.use[p] == Use.Private).Implies(m.pte[p] == Kind.Private
                & Forall<Cpu>(c => m.tlb[c, p] != Kind.Shared))));
        m.Lemma("UseOfPhase", "DataStaysPrivate", "one conversion at a time",
            Forall<Page>(p =>
                (m.use[p] == Use.Sharing)
                    .Implies(m.phase.Value.In(Phase.ShareBegun, Phase.ShareMarked, Phase.ShareAsking, Phase.ShareFailed))
                & (m.use[p] == Use.Shared).Implies(m.phase.Value.In(Phase.ShareAsking, Phase.ShareFailed))
                & (m.use[p] == Use.Hiding).Implies(m.phase.Value.In(Phase.HideAsking, Phase.HideFailed))
                & (m.use[p] == Use.Hidden).Implies(m.phase.Value.In(Phase.HideAsking, Phase.HideMarked, Phase.HideFailed))
                & (m.use[p] == Use.Hidden & m.phase.Value == Phase.HideMarked).Implies(m.pte[p] == Kind.Private)));
        m.Lemma("SweptHasNoShared", "AllocatorHasPrivatePages", "the kernel converts all pages before its successor starts",
            m.kexec.Value.In(Kexec.Swept, Kexec.Started)
                .Implies(m.phase.Value == Phase.Idle & Forall<Page>(p => m.memory[p] != Memory.Shared)));
        m.Lemma("BarredIsShared", "RightsComeBack", "sharing takes rights away, and making private gives them back",
            Forall<Page>(p => m.barred[p].Implies(m.memory[p] == Memory.Shared)));
    }
}
