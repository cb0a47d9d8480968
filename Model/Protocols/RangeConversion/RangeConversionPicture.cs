using Checker.Model.Catalogue;

namespace Checker.Protocols.RangeConversion;

/// <summary>The picture of a state: pages with their attribute and small entry, and regions with their huge entry.</summary>
public static class RangeConversionPicture
{
    public static Picture Definition { get; } = new(
        new("Page", "page", 0)
        {
            Marks =
            [
                new("attr", "attribute"),
                new("view", "guest's view"),
                new("leaf", "small entry"),
                new("asked", "asked for"),
                new("doing", "being converted"),
                new("pinned", "pinned by the host"),
            ],
        },
        new("Region", "region", 1) { Marks = [new("mixed", "mixed"), new("huge", "huge entry")] })
    {
        Marks =
        [
            new("phase", "request"),
            new("to", "to"),
            new("fault", "fault on"),
            new("wants", "wants"),
            new("stale", "stale"),
            new("lost", "data lost"),
        ],
    };
}
