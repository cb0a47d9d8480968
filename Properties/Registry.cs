using Checker.Model.Catalogue;
using Checker.Properties.Counter;
using Checker.Properties.GuestMemory;
using Checker.Properties.PageLifecycle;

namespace Checker.Properties;

/// <summary>The protocols that this repository checks.</summary>
public static class Registry
{
    public static ProtocolSet All { get; } = new([PageLifecycleProtocol.Definition, GuestMemoryProtocol.Definition, CounterProtocol.Definition], main: "GuestMemory");

    /// <inheritdoc cref="ProtocolSet.Get"/>
    public static Protocol Get(string name) => All.Get(name);
}
