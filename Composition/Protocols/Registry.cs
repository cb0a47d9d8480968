using Checker.Model.Catalogue;
using Checker.Properties.Binding;
using Checker.Properties.CcaRealm;
using Checker.Properties.Counter;
using Checker.Properties.GuestConversion;
using Checker.Properties.GuestMemory;
using Checker.Properties.GuestMemory.InPlace;
using Checker.Properties.PageLifecycle;
using Checker.Properties.PkvmOwnership;
using Checker.Properties.RangeConversion;
using Checker.Properties.SnpRmp;
using Checker.Properties.TdxSept;
using Checker.Properties.VmmDevices;

namespace Checker.Composition.Protocols;

/// <summary>The protocols of this repository.</summary>
public static class Registry
{
    private static readonly Protocol s_guestMemory = GuestMemoryProtocol.Definition with
    {
        IsMain = true,
        Variant = name => Variant.Named(name) is { } variant ? (variant.DesignId, variant.Build()) : null,
    };

    public static ProtocolSet All { get; } =
        new(
        [
            Named(PageLifecycleProtocol.Definition),
            Named(s_guestMemory),
            Named(RangeConversionProtocol.Definition),
            Named(BindingProtocol.Definition),
            Named(TdxSeptProtocol.Definition),
            Named(SnpRmpProtocol.Definition),
            Named(CcaRealmProtocol.Definition),
            Named(PkvmOwnershipProtocol.Definition),
            Named(GuestConversionProtocol.Definition),
            Named(VmmDevicesProtocol.Definition),
            Named(CounterProtocol.Definition),
        ]);

    /// <inheritdoc cref="ProtocolSet.Get"/>
    public static Protocol Get(string name) => All.Get(name);

    /// <summary>Adds the C# expression for the protocol, by which a generated test finds it.</summary>
    private static Protocol Named(Protocol protocol) =>
        protocol with { Definition = $"global::{typeof(Registry).FullName}.{nameof(Get)}(\"{protocol.Name}\")" };
}
