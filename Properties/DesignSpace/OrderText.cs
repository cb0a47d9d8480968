using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Checker.Model.Protocols.GuestMemory;

namespace Checker.Properties.DesignSpace;

/// <summary>Orders of steps as one writes them: <c>unmap,host_flush,check+zap,flush,store</c>, with a plus where two steps are one action.</summary>
public static partial class OrderText
{
    /// <summary>"host_flush"</summary>
    public static string Of(ConversionStep step) => Capital().Replace(step.ToString(), m => (m.Index > 0 ? "_" : "") + m.Value.ToLowerInvariant());

    public static string Of(ImmutableArray<ConversionStep> order, bool checksWithZap) =>
        string.Join(',', order.Select(Of)).Replace("check,zap", checksWithZap ? "check+zap" : "check,zap", StringComparison.Ordinal);

    /// <summary>The order in one direction; "as merged" where it is that of the merged series.</summary>
    public static string Of(Conversion conversion, Alias to) => conversion.Steps(to) == Conversion.Standard.Steps(to)
        ? "as merged"
        : Of(conversion.Steps(to), to == Alias.Private && conversion.ChecksWithZap);

    /// <summary>"to private: unmap,..; to shared: as merged"</summary>
    public static string Of(Conversion conversion) => $"to private {Of(conversion, Alias.Private)}; to shared {Of(conversion, Alias.Shared)}";

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Capital();
}
