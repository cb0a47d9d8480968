using Checker.Model.Language;
using Checker.Protocols.GuestMemory;
using static Checker.Model.Language.Logic;
using Thread = Checker.Protocols.GuestMemory.Thread;

namespace Checker.Properties.GuestMemory.Lemmas;

internal sealed partial class GuestMemoryLemmas
{
    /// <summary>
    /// The contents of KVM's tables and the guest's TLBs. They always hold the page's frame in the page's current flavour: an
    /// operation removes the entries of a flavour before it changes the memory behind them, and until it ends no fault restores them.
    /// </summary>
    private void SecondStage()
    {
        Spte(
            "SpteP",
            Alias.Private,
            "a private entry points at the page's private frame and exists only while the page is private: whatever changes either zaps "
                + "the entry first, and a fault installs one only when no operation on the page is under way");
        Spte(
            "SpteS",
            Alias.Shared,
            "a shared entry points at the page's shared frame and exists only while the page is shared: whatever changes either zaps the "
                + "entry first, and a fault installs one only when no operation on the page is under way");
        Gtlb(
            "GtlbP",
            Alias.Private,
            "a vCPU's TLB gets a private entry from KVM's, and is flushed after that is zapped and before anything behind it changes");
        Gtlb(
            "GtlbS",
            Alias.Shared,
            "a vCPU's TLB gets a shared entry from KVM's, and is flushed after that is zapped and before anything behind it changes");

        Invalidation(OpKind.Punch, "the entries that lead to the frame");
        if (m.Separate)
        {
            Invalidation(OpKind.Discard, "the entries that lead to the shared frame");
        }

        if (!_attribute)
        {
            Invalidation(OpKind.Fill, "the shared entries");
        }
        else
        {
            Invalidation(m.Separate ? OpKind.Set : OpKind.Convert, "the entries of the flavour that is left");
        }
    }

    private void Spte(string name, Alias a, string because) => m.Lemma(name, "MappingFollowsDesignation", because,
        Forall<Page, Frame>((p, f) => Follows(p, a, f, m.spte[p, a])));

    private void Gtlb(string name, Alias a, string because) => m.Lemma(name, "MappingFollowsDesignation", because,
        Forall<Vcpu, Page, Frame>((v, p, f) => Follows(p, a, f, m.gtlb[v, p, a])));

    /// <summary>
    /// An entry leading to the frame implies: it is the page's frame of this flavour. An entry leading anywhere implies: the page
    /// has this flavour.
    /// </summary>
    private Term<bool> Follows(Term<Page> p, Alias a, Term<Frame> f, Term<Option<Frame>> entry) =>
        (entry == f).Implies(m.Separate && a == Alias.Shared ? m.shm[p] == f : m.gmem[p] == f)
        & (entry != None).Implies(a == Alias.Private ? m.IsPrivate(p) : !m.IsPrivate(p));

    /// <summary>
    /// An operation which removes memory behind second-stage entries. From its zap to its end there are no entries; from its flush
    /// to its end no vCPU has one cached.
    /// </summary>
    private void Invalidation(OpKind kind, string entries)
    {
        m.Lemma(
            $"{kind}Zapped",
            $"{kind}Flushed",
            $"the operation zaps {entries} as it begins to invalidate, and until it ends a fault on the page is retried instead of "
                + "installed",
            Forall<Thread, Page>((t, p) =>
                Since(t, kind, p, Done.Zapped, ConversionStep.Zap).Implies(OfWhatIsLeft(t, kind, a => m.spte[p, a] == None))));

        string serves = kind switch { OpKind.Discard or OpKind.Fill => "GtlbS", _ => "GtlbP" };
        m.Lemma(
            $"{kind}Flushed",
            serves,
            $"the operation flushes the guest's TLBs after it has zapped {entries}, so that nothing can fill them again",
            Forall<Thread, Vcpu, Page>((t, v, p) =>
                Since(t, kind, p, Done.Flushed, ConversionStep.Flush).Implies(OfWhatIsLeft(t, kind, a => m.gtlb[v, p, a] == None))));
    }

    private Term<bool> Since(Term<Thread> t, OpKind kind, Term<Page> p, Done done, ConversionStep step) =>
        kind == OpKind.Convert ? Converts(t, p, step, null) : On(t, kind, p, done, Done.Settled);

    /// <summary>The condition for each alias through which the guest reached the removed memory.</summary>
    private Term<bool> OfWhatIsLeft(Term<Thread> t, OpKind kind, Func<Term<Alias>, Term<bool>> condition) => kind switch
    {
        OpKind.Set or OpKind.Convert => Forall<Alias>(a => (m.op[t].To != a).Implies(condition(a))),
        OpKind.Punch when m.Separate => condition(Alias.Private),
        OpKind.Punch => condition(Alias.Private) & condition(Alias.Shared),
        OpKind.Fill or OpKind.Discard => condition(Alias.Shared),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no operation"),
    };
}
