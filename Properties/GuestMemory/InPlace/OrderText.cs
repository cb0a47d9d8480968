using System.Collections.Immutable;
using Checker.Protocols.GuestMemory;

namespace Checker.Properties.GuestMemory.InPlace;

/// <summary>The text form of orders: <c>unmap,host_flush,check+zap,flush,store</c>. A plus joins two steps of one action.</summary>
public static class OrderText
{
    private const string Apart = "check,zap";
    private const string Together = "check+zap";

    /// <summary>The name of a step, such as "host_flush".</summary>
    public static string Of(ConversionStep step) =>
        string.Concat(step.ToString().Select((c, i) => char.IsUpper(c) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(c) : c.ToString()));

    /// <summary>The order in one direction, or "as merged" for the order of the merged series.</summary>
    public static string Of(Conversion conversion, Alias to) => conversion.Steps(to) == Conversion.Standard.Steps(to)
        ? "as merged"
        : string.Join(',', conversion.Steps(to).Select(Of))
            .Replace(Apart, to == Alias.Private && conversion.ChecksWithZap ? Together : Apart, StringComparison.Ordinal);

    /// <summary>The orders as text: "to private unmap,.." or "to shared ..", or both.</summary>
    public static string Of(Conversion conversion) => string.Join("; ", new[] { (Alias.Private, "private"), (Alias.Shared, "shared") }
        .Where(d => conversion.Steps(d.Item1) != Conversion.Standard.Steps(d.Item1))
        .Select(d => $"to {d.Item2} {Of(conversion, d.Item1)}"));

    /// <summary>
    /// Parses the steps of a conversion: to shared if one of them is <see cref="ConversionStep.Reclaim"/>, otherwise to private.
    /// A semicolon separates two directions.
    /// </summary>
    /// <exception cref="ArgumentException">The text is not an order of either direction. The message says why.</exception>
    public static Conversion Parse(string text)
    {
        (ImmutableArray<ConversionStep>? toPrivate, ImmutableArray<ConversionStep>? toShared) = (null, null);
        foreach (string order in text.Split(';'))
        {
            ImmutableArray<ConversionStep> steps = [.. order.Replace(Together, Apart, StringComparison.Ordinal)
                .Split(',', StringSplitOptions.TrimEntries)
                .Select(Step)];
            bool back = steps.Contains(ConversionStep.Reclaim);
            toPrivate = back ? toPrivate : steps;
            toShared = back ? steps : toShared;
        }

        return Conversion.InOrder(toPrivate, toShared, text.Contains(Together, StringComparison.Ordinal));
    }

    private static ConversionStep Step(string name) =>
        Enum.GetValues<ConversionStep>().Where(s => Of(s) == name).Cast<ConversionStep?>().FirstOrDefault()
        ?? throw new ArgumentException($"there is no step '{name}'");
}
