using System.Globalization;
using Checker.Model.Catalogue;

namespace Checker.App;

/// <summary>The parsing and printing of numbers and memory sizes.</summary>
public static class Quantity
{
    private const string Suffixes = "KMGTP";

    /// <exception cref="BadInputException">
    /// The text is not a whole number from <paramref name="least"/> to <paramref name="most"/>.
    /// </exception>
    public static int Parse(string option, string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most
            ? value
            : throw new BadInputException($"{option} {text}: allowed is a number from {least} to {most}");

    /// <exception cref="BadInputException">
    /// The text is not a whole number from <paramref name="least"/> to <paramref name="most"/>.
    /// </exception>
    public static long ParseLong(string option, string text, long least, long most) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value) && value >= least && value <= most
            ? value
            : throw new BadInputException($"{option} {text}: allowed is a number from {least} to {most}");

    /// <summary>Parses a 64-bit number, in decimal, or in hex after 0x.</summary>
    /// <exception cref="BadInputException">The text is no such number.</exception>
    public static ulong ParseSeed(string option, string text)
    {
        bool hex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        return ulong.TryParse(
            hex ? text.AsSpan(2) : text,
            hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None,
            CultureInfo.InvariantCulture,
            out ulong seed)
            ? seed
            : throw new BadInputException($"{option} {text}: allowed is a number from 0 to {ulong.MaxValue}, "
                + $"or one in hex such as 0x1f of 16 digits at most");
    }

    /// <summary>Parses a size such as "512M", "1.5G" or "4GiB" in bytes, with powers of 1024.</summary>
    /// <param name="most">The memory of the machine.</param>
    /// <exception cref="BadInputException">The text is no size, or more than the memory of the machine.</exception>
    public static long ParseBytes(string option, string text, long most)
    {
        const long Least = 1 << 20;
        string number = text.Trim().ToUpperInvariant();
        number = number.EndsWith("IB", StringComparison.Ordinal) ? number[..^2] : number.TrimEnd('B');
        int power = number.Length == 0 ? -1 : Suffixes.IndexOf(number[^1], StringComparison.Ordinal);
        if (!double.TryParse(
            power < 0 ? number : number[..^1],
            NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out double value))
        {
            throw new BadInputException($"{option} {text}: allowed is a size such as 512M or 4G, from 1M to {Bytes(most)}");
        }

        double bytes = value * Math.Pow(1024, power + 1);
        return bytes >= Least && bytes <= most
            ? (long)bytes
            : throw new BadInputException($"{option} {text}: allowed is 1M to {Bytes(most)}, the memory of this machine");
    }

    /// <summary>Parses a time such as "60s", "5m" or "1.5h".</summary>
    /// <exception cref="BadInputException">The text is no time, or not from a tenth of a second to a day.</exception>
    public static TimeSpan ParseTime(string option, string text)
    {
        double unit = text.Length == 0 ? 0 : text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, _ => 0 };
        return unit > 0
            && double.TryParse(text.AsSpan()[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value)
            && value * unit is >= 0.1 and <= 86_400
            ? TimeSpan.FromSeconds(value * unit)
            : throw new BadInputException($"{option} {text}: allowed is a time such as 60s, 5m or 1h, from 0.1s to 24h");
    }

    /// <summary>Returns a size such as "1.5G", rounded down, so a printed limit is an allowed value.</summary>
    public static string Bytes(long bytes)
    {
        double value = bytes;
        int power = -1;
        while (value >= 1024 && power + 1 < Suffixes.Length)
        {
            value /= 1024;
            power++;
        }

        value = value < 10 ? Math.Floor(value * 10) / 10 : Math.Floor(value);
        return value.ToString("0.#", CultureInfo.InvariantCulture) + (power < 0 ? "" : Suffixes[power]);
    }

    /// <summary>Returns a number such as "46,710".</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Returns a rate such as "1.6M" or "234k". It needs no more digits.</summary>
    public static string Rate(double perSecond) => perSecond switch
    {
        >= 1e6 => (perSecond / 1e6).ToString("0.0", CultureInfo.InvariantCulture) + "M",
        >= 1e3 => (perSecond / 1e3).ToString("0", CultureInfo.InvariantCulture) + "k",
        _ => perSecond.ToString("0", CultureInfo.InvariantCulture),
    };

    public static string Seconds(TimeSpan time) =>
        time.TotalSeconds.ToString(time.TotalSeconds < 100 ? "0.00" : "0", CultureInfo.InvariantCulture);

    /// <summary>Returns a number with its noun: "1 design", "3 designs".</summary>
    public static string Of(long count, string noun) => count == 1 ? $"1 {noun}" : $"{Count(count)} {Bounds.PluralOf(noun)}";
}
