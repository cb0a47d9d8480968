namespace Checker.Properties;

public enum Expected
{
    Holds,
    Violated,
}

/// <summary>What exploration should find, and why that is right where it is not that the property holds.</summary>
public sealed record Expectation(Expected Verdict, string Reason);

public static class Catalogue
{
    internal static Expectation Expect(Design design, string property) => (design.Protocol, property) switch
    {
        ("GuestMemory", "NoSilentCorruption") when design.Is("sw,*,*,spurious") => new(Expected.Violated, "no firmware keeps the guest from a frame that the VMM has replaced"),
        ("GuestMemory", "SecretStaysPrivate") when design.Is("sw,*,inplace,spurious") => new(Expected.Violated, "no firmware keeps the host from a page that the VMM has shared"),
        _ => new(Expected.Holds, ""),
    };
}
