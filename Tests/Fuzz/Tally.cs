using System.Collections.Concurrent;
using System.Globalization;

namespace Checker.Tests.Fuzz;

/// <summary>A difference between an engine and the naive interpreter.</summary>
internal sealed class DifferenceException(string message) : Exception(message);

/// <summary>The announced failure of an engine for lack of time.</summary>
internal sealed class TimeoutReachedException(string message) : Exception(message);

/// <summary>The outcome of one engine's answer.</summary>
internal enum Event
{
    Comparison,
    Difference,
    Crash,
    Refusal,
    Timeout,
}

/// <summary>The number of occurrences of each event, for each engine.</summary>
internal sealed class Tally
{
    private readonly ConcurrentDictionary<(string Engine, Event Event), long> _counts = [];

    private readonly ConcurrentDictionary<string, TimeSpan> _times = new(StringComparer.Ordinal);

    public void AddTime(string engine, TimeSpan time) => _times.AddOrUpdate(engine, time, (_, t) => t + time);

    public void Add(string engine, Event what, long times = 1) => _counts.AddOrUpdate((engine, what), times, (_, n) => n + times);

    public long Of(Event what) => _counts.Where(c => c.Key.Event == what).Sum(c => c.Value);

    public long Of(string engine, Event what) => _counts.GetValueOrDefault((engine, what));

    /// <summary>A line for each engine, and one for all.</summary>
    public override string ToString() => string.Join('\n',
        _counts.Keys.Select(k => k.Engine).Distinct().Order(StringComparer.Ordinal).Select(Line).Append(Total()));

    private string Total() => $"all: {Describe(e => Of(e))}";

    private string Line(string engine) => string.Create(CultureInfo.InvariantCulture,
        $"{engine}: {Describe(e => Of(engine, e))}, {_times.GetValueOrDefault(engine).TotalSeconds:0} s");

    private static string Describe(Func<Event, long> count) => string.Create(CultureInfo.InvariantCulture,
        $"{count(Event.Comparison)} comparisons, {count(Event.Difference)} differences, {count(Event.Crash)} crashes, "
        + $"{count(Event.Refusal)} refusals, {count(Event.Timeout)} time-outs");
}
