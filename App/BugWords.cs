using Checker.Model.Catalogue;

namespace Checker.App;

/// <summary>The words for the kinds of mistakes, and the lesson of each.</summary>
public static class BugWords
{
    /// <summary>Returns the name of the kind in a table.</summary>
    public static string Of(Mistake mistake) => mistake switch
    {
        Mistake.ForgottenFlush => "forgotten flush",
        Mistake.CheckAndActApart => "check and act apart",
        Mistake.WrongOrder => "wrong order",
        Mistake.HullOfRange => "hull of a range",
        Mistake.ErrorPath => "error path",
        Mistake.Count => "count",
        Mistake.Identity => "identity",
        Mistake.MissingGuard => "missing guard",
        Mistake.Waiting => "waiting",
    };

    /// <summary>Returns the lesson of the kind, in two sentences.</summary>
    public static string Lesson(Mistake mistake) => mistake switch
    {
        Mistake.ForgottenFlush => "An entry is gone only when every cached copy of it is gone. The owner of the memory behind it changes "
            + "after the flush has been answered, and not when it has been requested.",
        Mistake.CheckAndActApart => "A condition that was true when it was checked need not be true when it is relied upon. Check and act "
            + "under one lock, or check again after the act has become visible.",
        Mistake.WrongOrder => "Two steps that are each right can be wrong in the other order, because another party runs between them. "
            + "Say for each pair of steps which one publishes, and which one must have happened by then.",
        Mistake.HullOfRange => "An operation on a range touches entries that are larger than its pages, and pages that have the wanted "
            + "state already. Compute with the range that the entry covers, and change only the pages that were asked for.",
        Mistake.ErrorPath => "A call that can fail has a path on which it has failed. Memory whose state is then unknown is leaked on "
            + "purpose, and never given to another user.",
        Mistake.Count => "A reference keeps memory alive or blocks its conversion. Each path takes as many references as it gives back, "
            + "also if it fails half way.",
        Mistake.Identity => "Two addresses may lead to one frame, and one address to two frames, one after the other. Metadata names both "
            + "the frame and the address for which it is meant.",
        Mistake.MissingGuard => "The other side may do anything that no guard forbids. State what a request needs to be true, and refuse "
            + "it otherwise.",
        Mistake.Waiting => "A wait ends only if the other party can go on meanwhile. Order the locks, bound the retries, and do not wait "
            + "for a reference that its holder may keep.",
    };
}
