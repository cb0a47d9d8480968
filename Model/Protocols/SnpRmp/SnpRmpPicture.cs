using Checker.Model.Catalogue;

namespace Checker.Protocols.SnpRmp;

/// <summary>The picture of a state: pages with their frames in the file and in the page table, and each frame's RMP entry.</summary>
public static class SnpRmpPicture
{
    public static Picture Definition { get; } = new(
        new("Vcpu", "vCPU", 0)
        {
            Marks = [new("job", "at work"), new("stale", "fault is stale")],
            Arrows = [new("at", "works on", "guest"), new("vmsa", "registers", "KVM"), new("fault", "fault", "KVM", IsCopy: true)],
        },
        new("Page", "page", 1)
        {
            Marks = [new("use", "use"), new("shared", "shared")],
            Arrows = [new("file", "file", "VMM"), new("npt", "nested page table", "KVM"), new("data", "data", "guest")],
        },
        new("Frame", "frame", 2)
        {
            Marks = [new("rmp", "RMP"), new("large", "2M"), new("place", "place"), new("clean", "clean")],
            Arrows = [new("gpa", "RMP address", "firmware"), new("prepared", "prepared for", "KVM", IsCopy: true)],
        })
    {
        Marks =
        [
            new("entry", "entry"),
            new("request", "request"),
            new("closed", "RMP is closed"),
            new("started", "started"),
            new("wild", "wild access"),
            new("warned", "warning"),
        ],
    };
}
