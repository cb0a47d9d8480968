using System.Globalization;

namespace Checker.Tests.Fuzz.Naive;

/// <summary>A state: a value for every location.</summary>
internal sealed class NaiveState
{
    private readonly Dictionary<Location, object> _values;

    /// <param name="values">The values, in the order of the model's locations.</param>
    public NaiveState(Dictionary<Location, object> values)
    {
        _values = values;
        Key = string.Join(',', values.Select(v => Text(v.Value)));
    }

    /// <summary>A text which is the same for two states of one model exactly if the states are equal.</summary>
    public string Key { get; }

    public object this[Location location] => _values[location];

    public IReadOnlyDictionary<Location, object> Values => _values;

    /// <summary>Returns the state after these assignments. All other locations keep their values.</summary>
    public NaiveState With(IReadOnlyDictionary<Location, object> assigned)
    {
        var values = new Dictionary<Location, object>(_values);
        foreach (var (location, value) in assigned)
        {
            values[location] = value;
        }

        return new(values);
    }

    private static string Text(object value) => value switch
    {
        bool truth => truth ? "t" : "f",
        System.Numerics.BigInteger number => number.ToString(CultureInfo.InvariantCulture),
        Member member => member.Position.ToString(CultureInfo.InvariantCulture),
        Element element => element.Number.ToString(CultureInfo.InvariantCulture),
        Just just => "+" + Text(just.Value),
        _ => "-",
    };
}
