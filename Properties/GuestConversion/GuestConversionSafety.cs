using Checker.Protocols.GuestConversion;
using static Checker.Model.Language.Logic;

namespace Checker.Properties.GuestConversion;

/// <summary>The situations which must never occur in a conversion. The first invariant is part of the model itself.</summary>
internal static class GuestConversionSafety
{
    public static void Declare(GuestConversionModel m)
    {
        m.Invariant("DataStaysPrivate", Forall<Page>(p => m.use[p].In(Use.Free, Use.Data)
            .Implies(m.pte[p] == Kind.Private & Forall<Cpu>(c => m.tlb[c, p] != Kind.Shared))));

        m.Invariant("StrayAccessIsHarmless", Forall<Page>(p =>
            (m.pte[p] == Kind.Private & m.use[p] != Use.Unaccepted).Implies(m.memory[p] == Memory.Private)));

        m.Invariant("CachedIsPrivate", Forall<Cpu, Page>((c, p) => (m.tlb[c, p] == Kind.Private).Implies(m.memory[p] == Memory.Private)));

        m.Invariant("BufferIsShared", Forall<Page>(p => (m.use[p] == Use.Buffer)
            .Implies(m.memory[p] == Memory.Shared & m.pte[p] == Kind.Shared)));

        m.Invariant("FoundOnlyShared", Forall<Page>(p => m.published[p].Implies(m.use[p] == Use.Buffer)));

        m.Invariant("AcceptedOnce", !m.twice.Value);

        m.Invariant("RightsComeBack", Forall<Page>(p => m.use[p].In(Use.Free, Use.Data).Implies(!m.barred[p])));
    }
}
