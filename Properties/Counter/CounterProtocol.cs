using System.Collections.Immutable;
using Checker.Model.Catalogue;
using Checker.Protocols.Counter;

namespace Checker.Properties.Counter;

/// <summary>Counter with its properties in words.</summary>
public static class CounterProtocol
{
    public static Protocol Definition { get; } = new("Counter", "Threads that add one to a counter: the smallest model worth checking.",
        [], [new("Counter", [])], ["Worker"], [3], _ => new CounterModel().Build(), _ => ImmutableDictionary<string, string>.Empty)
    {
        // The model's integers range to 3.
        MostBounds = [3],
        Claims = [.. Claims(), .. Claim.OfLanguage("Counter")],
        Mutants = [new("Counter", ["lock"], "", [2], "NoLostUpdate", 5)],
    };

    private static IEnumerable<Claim> Claims() =>
    [
        new("Counter", "NoLostUpdate", "The counter is the number of threads that have counted.",
            "An increment that another one overwrites is lost.", "the tutorial"),
        new(
            "Counter",
            "AllDone",
            "All threads can finish.",
            "Without it, a model in which no thread counts would be correct.",
            "the tutorial"),
        new("Counter", "TwoIncrements", "Two threads can count one after the other.", "As above, step by step.", "the tutorial")
        {
            Needs = [2],
        },
        new(
            "Counter",
            "StopsOnlyWhenDone",
            "The threads stop only when each has counted.",
            "Otherwise some thread is stuck.",
            "the tutorial"),
    ];
}
