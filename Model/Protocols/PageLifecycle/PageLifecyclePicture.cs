using Checker.Model.Catalogue;

namespace Checker.Protocols.PageLifecycle;

/// <summary>The picture of a state: pages with the frames in the file and behind KVM's mapping, and the host's use of each frame.</summary>
public static class PageLifecyclePicture
{
    public static Picture Definition { get; } = new(
        new("Page", "page", 0)
        {
            Marks = [new("state", "state"), new("counts", "relies on its data")],
            Arrows = [new("file", "file", "VMM"), new("spte", "second stage", "KVM")],
        },
        new("Frame", "frame", 1) { Marks = [new("mapped", "mapped by the host"), new("secret", "holds guest data")] })
    {
        Marks = [new("dead", "the guest is dead")],
    };
}
