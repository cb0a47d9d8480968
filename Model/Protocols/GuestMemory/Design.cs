using Checker.Model.Language;

namespace Checker.Protocols.GuestMemory;

/// <summary>The trusted firmware of the platform. Sw (KVM_X86_SW_PROTECTED_VM) has none.</summary>
public enum Platform
{
    Sw,
    Snp,
    Tdx,
    Cca,
    Pkvm,
}

/// <summary>The mark of a private page: a frame in the private fd (2022 proposal), or an attribute (since 6.8).</summary>
public enum Designation
{
    Hole,
    Attribute,
}

/// <summary>The memory behind a page: two frames, one shared and one private, or one frame converted in place.</summary>
public enum Backing
{
    Separate,
    Inplace,
}

/// <summary>
/// Conversion of guest memory between shared and private: one model for all designs. Start with State.cs, then read Guest.cs
/// and KvmFault.cs. Then follow one conversion from end to end, in VmmAttributes.cs, or in Convert.cs for one in place.
/// </summary>
public sealed partial class GuestMemoryModel : Spec
{
    /// <param name="spurious">True if the VMM may convert, punch and discard without a request.</param>
    /// <param name="conversion">The course of a conversion in place. Null: the one of the merged series.</param>
    /// <exception cref="ArgumentException">There is no such design.</exception>
    public GuestMemoryModel(Platform platform, Designation designation, Backing backing, bool spurious, Conversion? conversion = null)
    {
        if (backing == Backing.Inplace && designation == Designation.Hole)
        {
            throw new ArgumentException(
                "in-place conversion needs an attribute: with one frame there is no hole to tell shared from private",
                nameof(designation));
        }

        if (platform == Platform.Pkvm && backing == Backing.Separate)
        {
            throw new ArgumentException("pKVM converts in place", nameof(backing));
        }

        if (backing == Backing.Separate && conversion is { IsStandard: false })
        {
            throw new ArgumentException("only a page whose two flavours are one frame is converted in place", nameof(conversion));
        }

        (Platform, Designation, Backing, Spurious, Conversion) = (
            platform,
            designation,
            backing,
            spurious,
            conversion ?? Conversion.Standard);

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
        Operations();
    }

    public Platform Platform { get; }

    public Designation Designation { get; }

    public Backing Backing { get; }

    public bool Spurious { get; }

    /// <summary>The course of a conversion in place.</summary>
    public Conversion Conversion { get; }

    public bool Separate => Backing == Backing.Separate;

    /// <summary>True if trusted metadata (RMP, PAMT, GPT, EL2's page states) limits the host's use of frames.</summary>
    public bool Firmware => Platform != Platform.Sw;

    /// <summary>True if the guest must accept a private page before using it.</summary>
    public bool Acceptance => Platform is Platform.Snp or Platform.Tdx or Platform.Cca;
}
