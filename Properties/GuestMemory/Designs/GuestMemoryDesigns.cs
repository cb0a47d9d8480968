using System.Collections.Immutable;
using Checker.Model.Catalogue;
using Checker.Protocols.GuestMemory;

namespace Checker.Properties.GuestMemory.Designs;

/// <summary>The designs of GuestMemory, and their models without properties.</summary>
public static class GuestMemoryDesigns
{
    public static ImmutableArray<Design> All { get; } = [.. Every()];

    /// <summary>The model of a design, without properties.</summary>
    public static GuestMemoryModel Model(Design design, Conversion? conversion = null) => new(
        Enum.Parse<Platform>(design.Parts[0], ignoreCase: true), Enum.Parse<Designation>(design.Parts[1], ignoreCase: true),
        Enum.Parse<Backing>(design.Parts[2], ignoreCase: true), spurious: design.Parts[3] == "spurious", conversion);

    private static IEnumerable<Design> Every()
    {
        (string Designation, string Backing)[] ways = [("attribute", "separate"), ("hole", "separate"), ("attribute", "inplace")];
        return from platform in new[] { "sw", "snp", "tdx", "cca", "pkvm" }
               from way in ways
               where platform != "pkvm" || way.Backing == "inplace"
               from vmm in new[] { "honest", "spurious" }
               select new Design("GuestMemory", [platform, way.Designation, way.Backing, vmm]);
    }
}
