using Checker.Model.Catalogue;

namespace Checker.Protocols.TdxSept;

/// <summary>The picture of a state: vCPUs with their cached translations, pages with their entries, and frames.</summary>
public static class TdxSeptPicture
{
    public static Picture Definition { get; } = new(
        new("Vcpu", "vCPU", 0)
        {
            Marks = [new("mode", "mode"), new("request", "has a request"), new("old", "is of the old epoch")],
            Arrows = [new("tlb", "cached", "vCPU", IsCopy: true)],
        },
        new("Page", "page", 1)
        {
            Marks = [new("sept", "entry"), new("stage", "KVM's progress"), new("relies", "the guest relies on it")],
            Arrows = [new("leaf", "second stage", "firmware"), new("mirror", "mirror", "KVM")],
        },
        new("Frame", "frame", 2)
        {
            Marks = [new("home", "owner"), new("lines", "has lines in caches"), new("charged", "counts for the metadata")],
        })
    {
        Marks = [new("pamt", "the region has metadata"), new("hold", "entries are held up"), new("dead", "the VM is dead")],
    };
}
