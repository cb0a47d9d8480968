using Checker.Model.Language;
using Checker.Model.Protocols.GuestMemory;
using static Checker.Model.Language.Logic;
using Thread = Checker.Model.Protocols.GuestMemory.Thread;

namespace Checker.Properties.Lemmas;

internal sealed partial class GuestMemoryLemmas
{
    /// <summary>Operations exclude each other, and nobody else changes what an operation is about to change.</summary>
    private void Operations()
    {
        m.Lemma("OneFdOp", m.Separate ? "PunchZapped" : "ConvertAttr", "the private fd's invalidate lock lets in one operation at a time",
            Forall<Thread, Thread>((t, u) =>
                (m.op[t].Kind.In(OpKind.Punch, OpKind.Convert, OpKind.Fill) & m.op[u].Kind.In(OpKind.Punch, OpKind.Convert, OpKind.Fill)).Implies(t == u)));

        if (m.Separate)
        {
            m.Lemma("OneDiscard", "DiscardZapped", "the mmap lock lets in one discard at a time", OneAtATime(OpKind.Discard));
            if (_attribute)
            {
                m.Lemma("OneSet", "SetAttr", "slots_lock lets in one change of attributes at a time", OneAtATime(OpKind.Set));

                m.Lemma("SetAttr", "FaultMatches", "a change of the attribute begins only if there is something to change, and nobody else stores it meanwhile",
                    Forall<Thread, Page>((t, p) => On(t, OpKind.Set, p, Done.Zapped, Done.Reclaimed).Implies(m.attr[p] != m.op[t].To)));
            }
            else
            {
                m.Lemma("PunchHole", "FaultMatches", "there is a frame to be punched, and only this operation frees it",
                    Forall<Thread, Page>((t, p) => On(t, OpKind.Punch, p, Done.Zapped, Done.Unmapped).Implies(m.gmem[p] != None)));

                m.Lemma("FillHole", "FaultMatches", "there is a hole to be filled, and private faults never fill one",
                    Forall<Thread, Page>((t, p) => On(t, OpKind.Fill, p, Done.Zapped, Done.Flushed).Implies(m.gmem[p] == None)));
            }
        }
        else
        {
            m.Lemma("ConvertAttr", "FaultMatches", "a conversion begins only if there is something to convert, and nobody else stores the attribute meanwhile",
                Forall<Thread, Page>((t, p) => On(t, OpKind.Convert, p, Done.Begun, Done.Reclaimed).Implies(m.attr[p] != m.op[t].To)));
        }
    }

    private Term<bool> OneAtATime(OpKind kind) =>
        Forall<Thread, Thread>((t, u) => (m.op[t].Kind == kind & m.op[u].Kind == kind).Implies(t == u));
}
