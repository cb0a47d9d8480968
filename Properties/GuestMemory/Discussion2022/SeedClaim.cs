using System.Collections.Immutable;
using Checker.Model.Catalogue;
using Checker.Properties.Requirements;

namespace Checker.Properties.GuestMemory.Discussion2022;

/// <summary>
/// Something that was said in the discussion of March 2022 from which all of this grew (v5 of the patch series for private memory as a
/// file), and the questions to the models that decide it.
/// </summary>
/// <param name="Id">S1, S2, ..; <see cref="Sources"/> has the sentence.</param>
/// <param name="Who">Who said it.</param>
/// <param name="When">As far as the mails tell.</param>
public sealed record SeedClaim(string Id, string Who, string When, ImmutableArray<SeedQuestion> Questions)
{
    public string Sentence => Sources.All[Id];

    /// <summary>What of it is a matter of fact, and why no model of this kind can decide that; empty if nothing is.</summary>
    public string Beyond { get; init; } = "";
}

/// <summary>What should be found of a question in a design.</summary>
public enum Finding
{
    /// <summary>It is as the claim says.</summary>
    AsClaimed,

    /// <summary>It is not, and that is right.</summary>
    Refuted,

    /// <summary>The claim is not about such a design: nothing is asked.</summary>
    NotAbout,
}

/// <summary>A property that decides a claim, or a part of it.</summary>
public sealed record SeedQuestion(string Protocol, string Property)
{
    /// <summary>What the claim says of the property: that it holds (or is possible), or that it does not (is not).</summary>
    public bool Claimed { get; init; } = true;

    /// <summary>The designs in which the claim is known to be wrong, as patterns (<see cref="Design.Is"/>), and why.</summary>
    public ImmutableArray<(string Designs, string Reason)> Refuted { get; init; } = [];

    /// <summary>The designs that the claim is not about, and why. Goes before <see cref="Refuted"/>.</summary>
    public ImmutableArray<(string Designs, string Reason)> NotAbout { get; init; } = [];

    /// <summary>What is expected of a design of the protocol, and why if it is not that the claim is right.</summary>
    public (Finding Finding, string Reason) Expect(Design design) =>
        NotAbout.FirstOrDefault(n => design.Is(n.Designs)) is { Reason: { } elsewhere } ? (Finding.NotAbout, elsewhere)
        : Refuted.FirstOrDefault(r => design.Is(r.Designs)) is { Reason: { } wrong } ? (Finding.Refuted, wrong)
        : (Finding.AsClaimed, "");

    public bool IsAskedOf(Design design) => design.Protocol == Protocol && Expect(design).Finding != Finding.NotAbout;
}
