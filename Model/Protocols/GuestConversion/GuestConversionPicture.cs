using Checker.Model.Catalogue;

namespace Checker.Protocols.GuestConversion;

/// <summary>The picture of a state: the guest's pages, as the guest and as the host see them.</summary>
public static class GuestConversionPicture
{
    public static Picture Definition { get; } = new(
        new BoxGroup("Page", "page", 0)
        {
            Marks =
            [
                new("use", "use"), new("pte", "page table"), new("memory", "host and firmware"), new("tlb", "cached by"),
                new("published", "can be found"), new("barred", "rights are taken away"), new("accepting", "is being accepted by"),
            ],
        })
    {
        Marks = [new("phase", "conversion"), new("kexec", "kexec"), new("twice", "a page was accepted twice")],
    };
}
