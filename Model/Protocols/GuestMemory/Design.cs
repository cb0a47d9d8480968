using Checker.Model.Language;

namespace Checker.Protocols.GuestMemory;

/// <summary>The trusted firmware behind the protocol; none for KVM_X86_SW_PROTECTED_VM.</summary>
public enum Platform
{
    Sw,
    Snp,
    Tdx,
    Cca,
    Pkvm,
}

/// <summary>What tells KVM that a page is private: that the private fd has a frame there (2022), or an attribute (since 6.8).</summary>
public enum Designation
{
    Hole,
    Attribute,
}

/// <summary>Whether a page's shared and private memory are two frames, or one that is converted in place.</summary>
public enum Backing
{
    Separate,
    Inplace,
}

/// <summary>
/// Conversion of guest memory between shared and private: one model, and its designs. Where to start reading: State.cs, then
/// Guest.cs and KvmFault.cs, then one conversion from end to end (VmmAttributes.cs, or Convert.cs for one in place).
/// </summary>
public sealed partial class GuestMemoryModel : Spec
{
    /// <param name="spurious">The VMM may convert, punch and discard what nobody asked it to.</param>
    /// <param name="conversion">In place: how a conversion goes; null for that of the merged series.</param>
    /// <exception cref="ArgumentException">There is no such design.</exception>
    public GuestMemoryModel(Platform platform, Designation designation, Backing backing, bool spurious, Conversion? conversion = null)
    {
        if (backing == Backing.Inplace && designation == Designation.Hole)
        {
            throw new ArgumentException("in-place conversion needs an attribute: with one frame there is no hole to tell shared from private", nameof(designation));
        }

        if (platform == Platform.Pkvm && backing == Backing.Separate)
        {
            throw new ArgumentException("pKVM converts in place", nameof(backing));
        }

        if (backing == Backing.Separate && conversion is { IsStandard: false })
        {
            throw new ArgumentException("only a page whose two flavours are one frame is converted in place", nameof(conversion));
        }

        (Platform, Designation, Backing, Spurious, Conversion) = (platform, designation, backing, spurious, conversion ?? Conversion.Standard);

        attr.Initially(designation == Designation.Hole ? Alias.Private : Alias.Shared);
        Labels();
        Guest();
        KvmFault();
        VmmResume();
        if (Separate && designation == Designation.Attribute)
        {
            VmmAttributes();
        }

        Punch();
        Fill();
        if (Separate)
        {
            Discard();
        }
        else
        {
            Convert();
        }

        Host();
    }

    public Platform Platform { get; }

    public Designation Designation { get; }

    public Backing Backing { get; }

    public bool Spurious { get; }

    /// <summary>How a conversion in place goes.</summary>
    public Conversion Conversion { get; }

    public bool Separate => Backing == Backing.Separate;

    /// <summary>Trusted metadata (RMP, PAMT, GPT, EL2's page states) checks what the host does with a frame.</summary>
    public bool Firmware => Platform != Platform.Sw;

    /// <summary>The guest must accept a private page before it may use it.</summary>
    public bool Acceptance => Platform is Platform.Snp or Platform.Tdx or Platform.Cca;
}
