using System.Collections.Immutable;
using Checker.Model.Catalogue;

namespace Checker.Properties.GuestConversion;

/// <summary>The properties of GuestConversion in words.</summary>
internal static class GuestConversionClaims
{
    public static ImmutableArray<Claim> All { get; } =
    [
        new("GuestConversion", "AllocatorHasPrivatePages", "Every page in the allocator, or in use for data, is private and accepted.",
            "The guest would store secrets where the host can read them, or die at the first access.", "C6, V4; S18"),
        new("GuestConversion", "DataStaysPrivate", "No CPU reaches ordinary memory through a shared mapping.",
            "The stores would bypass the guest's key: the host could read them, and the guest would read something else.", "C2, I8"),
        new("GuestConversion", "StrayAccessIsHarmless", "Every page which the guest maps as private is private and accepted.",
            "load_unaligned_zeropad reads beyond its page, and kills the guest if the page is not accepted.", "V3; S18"),
        new("GuestConversion", "CachedIsPrivate", "Every page with a cached private translation is private and accepted.",
            "The guest would die at an access through the old translation.", "I8; S18"),
        new("GuestConversion", "BufferIsShared", "A buffer for the host is shared, as the host and as the guest see it.",
            "The guest would wait for answers which the host cannot write.", "S5"),
        new("GuestConversion", "FoundOnlyShared", "Other CPUs find a buffer only while it is shared.",
            "They would pass a private page to the host.", "hyperv_pcpu_input_arg"),
        new("GuestConversion", "AcceptedOnce", "No page is accepted twice.",
            "A second acceptance hides a replaced frame, or zeroes data in use.", "I3; S18"),
        new("GuestConversion", "RightsComeBack", "The guest has all rights to ordinary memory.",
            "An access without the right kills the guest.", "S5"),

        new("GuestConversion", "RoundTrip", "A page can be shared, used as a buffer, made private, and used again.",
            "Conversions are the purpose of the protocol.", "S3"),
        new("GuestConversion", "RangeIsSharedHalfWay", "The host can refuse in the middle of a range, whose pages are all kept from use.",
            "A model without refusals says nothing about them.", "C6"),
        new("GuestConversion", "HideRefused", "The host can refuse to make a page private.",
            "A model without refusals says nothing about them.", "C6"),
        new("GuestConversion", "Kexec", "A successor kernel can use the pages which were shared.",
            "A kernel which never starts violates nothing.", "tdx_kexec_finish"),
        new("GuestConversion", "StrayTouch", "A CPU can touch a page during its conversion.",
            "Without it, the order of the steps would not matter.", "load_unaligned_zeropad"),
    ];
}
