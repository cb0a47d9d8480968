using Checker.Model.Language;
using Checker.Protocols.GuestMemory;
using static Checker.Model.Language.Logic;
using Thread = Checker.Protocols.GuestMemory.Thread;

namespace Checker.Properties.GuestMemory.Lemmas;

internal sealed partial class GuestMemoryLemmas
{
    /// <summary>
    /// The mutual exclusion of operations: no other operation changes a page before the current one does. Most proofs do not need
    /// it, because zapped, flushed and unmapped entries stay gone regardless of other operations.
    /// </summary>
    private void Operations()
    {
        if (m.Separate && _attribute)
        {
            if (_waits || _reclaims)
            {
                m.Lemma("OneSet", "SetAttr", "slots_lock lets in one change of attributes at a time", OneAtATime(OpKind.Set));

                m.Lemma(
                    "SetAttr",
                    _waits ? "StillAsked" : "GtlbOwn",
                    "a change of the attribute begins only if there is something to change, "
                        + "and no other operation stores it in the meantime",
                    Forall<Thread, Page>((t, p) => On(t, OpKind.Set, p, Done.Zapped, Done.Reclaimed).Implies(m.attr[p] != m.op[t].To)));
            }

            return;
        }

        // A conversion is safe only by exclusion if it stores before it reclaims, or if it unmaps some time after its begin.
        if (!_waits && !_storesFirst && m.Conversion.UnmapsAtOnce)
        {
            return;
        }

        m.Lemma(
            "OneFdOp",
            m.Separate ? "FillHole" : _waits || _storesFirst ? "ConvertAttr" : "ConvertTlb",
            "the private fd's invalidate lock lets in one operation at a time",
            OneAtATime(OpKind.Punch, OpKind.Convert, OpKind.Fill));

        if (m.Separate)
        {
            m.Lemma("PunchHole", "StillAsked", "there is a frame to be punched, and only this operation frees it",
                Forall<Thread, Page>((t, p) => On(t, OpKind.Punch, p, Done.Zapped, Done.Unmapped).Implies(m.gmem[p] != None)));

            m.Lemma("FillHole", "StillAsked", "there is a hole to be filled, and private faults never fill one",
                Forall<Thread, Page>((t, p) => On(t, OpKind.Fill, p, Done.Zapped, Done.Flushed).Implies(m.gmem[p] == None)));
        }
        else if ((_waits || _storesFirst) && !m.Conversion.ConvertsAgain)
        {
            m.Lemma(
                "ConvertAttr",
                _waits ? "StillAsked" : "StoredUnmapped",
                "a conversion begins only if there is something to convert, and no other operation stores the attribute in the meantime",
                Forall<Thread, Page>((t, p) => Converts(t, p, null, ConversionStep.Store).Implies(m.attr[p] != m.op[t].To)));
        }
    }

    private Term<bool> OneAtATime(params OpKind[] kinds) =>
        Forall<Thread, Thread>((t, u) => (m.op[t].Kind.In(kinds) & m.op[u].Kind.In(kinds)).Implies(t == u));
}
