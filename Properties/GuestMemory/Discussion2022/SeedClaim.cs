using System.Collections.Immutable;
using Checker.Model.Catalogue;
using Checker.Properties.Requirements;

namespace Checker.Properties.GuestMemory.Discussion2022;

/// <summary>
/// A claim made in the discussion of March 2022, where this project began (v5 of the patch series for private memory as a
/// file), and the questions to the models which decide it.
/// </summary>
/// <param name="Id">The name: S1, S2, .. <see cref="Sources"/> has the sentence.</param>
/// <param name="Who">The author of the claim.</param>
/// <param name="When">The time, as exactly as the mails tell it.</param>
public sealed record SeedClaim(string Id, string Who, string When, ImmutableArray<SeedQuestion> Questions)
{
    public string Sentence => Sources.All[Id];

    /// <summary>The factual part which no model of this kind can decide, and the reason. Empty if there is none.</summary>
    public string Beyond { get; init; } = "";
}

/// <summary>The expected answer to a question in a design.</summary>
public enum Finding
{
    /// <summary>The answer agrees with the claim.</summary>
    AsClaimed,

    /// <summary>The answer contradicts the claim, and is right.</summary>
    Refuted,

    /// <summary>The claim is not about such a design, so the question is not asked.</summary>
    NotAbout,
}

/// <summary>A property that decides a claim, or a part of it.</summary>
public sealed record SeedQuestion(string Protocol, string Property)
{
    /// <summary>The claimed answer: true if the property holds (or is possible), false if it does not (or is impossible).</summary>
    public bool Claimed { get; init; } = true;

    /// <summary>The designs in which the claim is known to be wrong, as patterns (<see cref="Design.Is"/>), with reasons.</summary>
    public ImmutableArray<(string Designs, string Reason)> Refuted { get; init; } = [];

    /// <summary>The designs outside the scope of the claim, with reasons. It takes precedence over <see cref="Refuted"/>.</summary>
    public ImmutableArray<(string Designs, string Reason)> NotAbout { get; init; } = [];

    /// <summary>The expected finding in a design of the protocol, with a reason unless the claim is right.</summary>
    public (Finding Finding, string Reason) Expect(Design design) =>
        NotAbout.FirstOrDefault(n => design.Is(n.Designs)) is { Reason: { } elsewhere } ? (Finding.NotAbout, elsewhere)
        : Refuted.FirstOrDefault(r => design.Is(r.Designs)) is { Reason: { } wrong } ? (Finding.Refuted, wrong)
        : (Finding.AsClaimed, "");

    public bool IsAskedOf(Design design) => design.Protocol == Protocol && Expect(design).Finding != Finding.NotAbout;
}
