using System.Collections.Immutable;

namespace Checker.Properties;

public enum Expected
{
    Holds,
    Violated,
}

/// <summary>What exploration should find, and why that is right where it is not that the property holds.</summary>
public sealed record Expectation(Expected Verdict, string Reason);

/// <summary>A property as people speak of it. The formula stands where it is declared.</summary>
/// <param name="Id">The property's name; for properties that a model has several of, the name with what stands in brackets spelt out.</param>
/// <param name="Why">What goes wrong in the world if it does not hold.</param>
/// <param name="Source">Where it comes from; <see cref="Sources"/> says what the ids stand for.</param>
public sealed record Claim(string Protocol, string Id, string Sentence, string Why, string Source)
{
    /// <summary>The designs that claim it, as patterns (<see cref="Design.Is"/>).</summary>
    public ImmutableArray<string> Designs { get; init; } = ["*"];

    /// <summary>The designs in which it is known not to hold, and why.</summary>
    public ImmutableArray<(string Designs, string Reason)> Violated { get; init; } = [];

    /// <summary>For what must be possible: the smallest bounds at which it is, in every design. Empty: any.</summary>
    public ImmutableArray<int> Needs { get; init; } = [];

    /// <summary>If nobody has to check it: why. There is no such property in the model then.</summary>
    public string? ByConstruction { get; init; }

    /// <summary>The ids that <see cref="Source"/> names.</summary>
    public bool IsFrom(string id) => Source.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries).Contains(id);

    public bool IsClaimedOf(Design design) => design.Protocol == Protocol && Designs.Any(design.Is);
}

/// <summary>Every property of every protocol, in words.</summary>
public static partial class Catalogue
{
    public static ImmutableArray<Claim> All { get; } = [.. PageLifecycleClaims(), .. GuestMemoryClaims(), .. CounterClaims(), .. LanguageClaims("PageLifecycle"),
        .. LanguageClaims("GuestMemory"), .. LanguageClaims("Counter")];

    /// <summary>The claim that a property is an instance of; null for what the catalogue does not list (lemmas speak for themselves).</summary>
    public static Claim? Find(string protocol, string property) => All.FirstOrDefault(c => c.Protocol == protocol && Family(c.Id) == Family(property));

    internal static Expectation Expect(Design design, string property)
    {
        var violated = Find(design.Protocol, property)?.Violated.Where(v => design.Is(v.Designs)).ToArray() ?? [];
        return violated.Length > 0 ? new(Expected.Violated, violated[0].Reason) : new(Expected.Holds, "");
    }

    private static string Family(string name) => name.Split('(')[0];

    private static IEnumerable<Claim> CounterClaims() =>
    [
        new("Counter", "NoLostUpdate", "The counter is the number of threads that have counted.",
            "An increment that another one overwrites is lost.", "the tutorial"),
        new("Counter", "AllDone", "All threads can finish.", "A counter that nobody reaches would be right, too.", "the tutorial"),
        new("Counter", "TwoIncrements", "Two threads can count one after the other.", "As above, step by step.", "the tutorial")
        {
            Needs = [2],
        },
        new("Counter", "StopsOnlyWhenDone", "The threads stop only when each has counted.", "Otherwise some thread is stuck.", "the tutorial"),
    ];

    private static IEnumerable<Claim> LanguageClaims(string protocol) =>
    [
        new(protocol, "InRange(action.variable)", "An action that computes a number leaves it within its variable's range.",
            "Numbers in a model do not wrap around; one that would is a mistake in the model.", "the model language"),
        new(protocol, "OneWriter(action.variable)", "No step gives one location two values.",
            "All updates of a step happen at once, so there is no later one that could win.", "the model language"),
    ];
}
