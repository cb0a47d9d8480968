using Checker.Model.Catalogue;

namespace Checker.Protocols.CcaRealm;

/// <summary>The picture of a state: pages with their frames in the translation table, and each frame's GPT entry.</summary>
public static class CcaRealmPicture
{
    public static Picture Definition { get; } = new(
        new("Page", "page", 0)
        {
            Marks = [new("ripas", "RIPAS"), new("ns", "of the host"), new("ask", "asks for")],
            Arrows =
            [
                new("rtt", "translation table", "RMM"),
                new("tlb", "TLB", "RMM", IsCopy: true),
                new("data", "data", "realm"),
            ],
        },
        new("Frame", "frame", 1)
        {
            Marks =
            [
                new("gpt", "GPT"),
                new("granule", "granule"),
                new("el3", "EL3"),
                new("host", "in the host's TLB"),
                new("secret", "holds secrets"),
                new("tags", "tags hold secrets"),
                new("line", "in a realm cache line"),
            ],
        })
    {
        Marks = [new("active", "realm runs")],
    };
}
