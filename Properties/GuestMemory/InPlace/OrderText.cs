using System.Collections.Immutable;
using Checker.Protocols.GuestMemory;

namespace Checker.Properties.GuestMemory.InPlace;

/// <summary>Orders of steps as one writes them: <c>unmap,host_flush,check+zap,flush,store</c>, with a plus where two steps are one action.</summary>
public static class OrderText
{
    private const string Apart = "check,zap";
    private const string Together = "check+zap";

    /// <summary>"host_flush"</summary>
    public static string Of(ConversionStep step) => string.Concat(step.ToString().Select((c, i) => char.IsUpper(c) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(c) : c.ToString()));

    /// <summary>The order in one direction; "as merged" where it is that of the merged series.</summary>
    public static string Of(Conversion conversion, Alias to) => conversion.Steps(to) == Conversion.Standard.Steps(to)
        ? "as merged"
        : string.Join(',', conversion.Steps(to).Select(Of)).Replace(Apart, to == Alias.Private && conversion.ChecksWithZap ? Together : Apart, StringComparison.Ordinal);

    /// <summary>"to private unmap,.." or "to shared ..", or both.</summary>
    public static string Of(Conversion conversion) => string.Join("; ", new[] { (Alias.Private, "private"), (Alias.Shared, "shared") }
        .Where(d => conversion.Steps(d.Item1) != Conversion.Standard.Steps(d.Item1)).Select(d => $"to {d.Item2} {Of(conversion, d.Item1)}"));

    /// <summary>
    /// The conversion with the steps in this order: to shared if one of them is <see cref="ConversionStep.Reclaim"/>, else to private;
    /// both, with a semicolon between them.
    /// </summary>
    /// <exception cref="ArgumentException">It is no order of either direction; the message says why.</exception>
    public static Conversion Parse(string text)
    {
        (ImmutableArray<ConversionStep>? toPrivate, ImmutableArray<ConversionStep>? toShared) = (null, null);
        foreach (string order in text.Split(';'))
        {
            ImmutableArray<ConversionStep> steps = [.. order.Replace(Together, Apart, StringComparison.Ordinal).Split(',', StringSplitOptions.TrimEntries).Select(Step)];
            bool back = steps.Contains(ConversionStep.Reclaim);
            toPrivate = back ? toPrivate : steps;
            toShared = back ? steps : toShared;
        }

        return Conversion.InOrder(toPrivate, toShared, text.Contains(Together, StringComparison.Ordinal));
    }

    private static ConversionStep Step(string name) => Enum.GetValues<ConversionStep>().Where(s => Of(s) == name).Cast<ConversionStep?>().FirstOrDefault()
        ?? throw new ArgumentException($"there is no step '{name}'");
}
