using Checker.Model.Catalogue;

namespace Checker.Protocols.PkvmOwnership;

/// <summary>The picture of a state: pages with their frames in the guest's stage 2, and each frame's owner and users.</summary>
public static class PkvmOwnershipPicture
{
    public static Picture Definition { get; } = new(
        new("Page", "page", 0)
        {
            Marks = [new("guest", "state")],
            Arrows =
            [
                new("s2", "stage 2", "hypervisor"),
                new("gtlb", "TLB", "hypervisor", IsCopy: true),
                new("data", "data", "guest"),
            ],
        },
        new("Frame", "frame", 1)
        {
            Marks =
            [
                new("host", "host"),
                new("pte", "host's stage 2"),
                new("tlb", "in the host's TLB"),
                new("access", "access in flight"),
                new("hyp", "the hypervisor's"),
                new("move", "change of owner"),
                new("secret", "holds secrets"),
                new("device", "device"),
            ],
            Arrows = [new("target", "given to", "hypervisor")],
        })
    {
        Marks =
        [
            new("memcache", "page for a table"),
            new("message", "message"),
            new("request", "request"),
            new("wild", "wild access"),
            new("ready", "initialised"),
            new("dying", "guest is dying"),
        ],
    };
}
