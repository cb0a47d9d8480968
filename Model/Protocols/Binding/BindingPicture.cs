using Checker.Model.Catalogue;

namespace Checker.Protocols.Binding;

/// <summary>The picture of a state: slots, and the pages of the file with their bindings and the operations on them.</summary>
public static class BindingPicture
{
    public static Picture Definition { get; } = new(
        new("Slot", "slot", 1)
        {
            Marks = [new("slot", "state"), new("named", "points to the file"), new("fault", "a fault is handled"), new("mapped", "mapped")],
        },
        new("Page", "page of the file", 0)
        {
            Marks = [new("present", "has a frame"), new("punch", "punch"), new("failure", "memory error")],
            Arrows = [new("binding", "binding", "file"), new("assigned", "assigned", "firmware")],
        })
    {
        Marks =
        [
            new("file", "file"), new("inval", "invalidate lock"), new("inprogress", "an invalidation is in progress"),
            new("pinned", "populate has pinned its source"), new("mmap", "a user's fault holds the mmap lock"),
        ],
    };
}
