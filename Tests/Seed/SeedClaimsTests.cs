using System.Collections.Immutable;
using Checker.Composition.Protocols;
using Checker.Composition.Discussion2022;
using Checker.Model.Ir;
using Checker.Properties.GuestMemory.Discussion2022;
using Checker.Properties.Requirements;
using Checker.Solver.Explicit;

namespace Checker.Tests.Seed;

/// <summary>The declared claims of the discussion.</summary>
public sealed class SeedClaimsTests
{
    private static IEnumerable<(SeedClaim Claim, SeedQuestion Question)> Questions =>
        SeedClaims.All.SelectMany(c => c.Questions.Select(q => (c, q)));

    [Fact]
    public void Every_claim_is_there_once_and_in_order() =>
        Assert.Equal(Enumerable.Range(1, 34).Select(n => $"S{n}"), SeedClaims.All.Select(c => c.Id));

    [Fact]
    public void Every_claim_of_the_discussion_has_its_sentence_among_the_sources() =>
        Assert.Equal(
            SeedClaims.All.Select(c => c.Id).Order(StringComparer.Ordinal),
            Sources.All.Keys.Where(k => k[0] == 'S').Order(StringComparer.Ordinal));

    [Fact]
    public void Somebody_said_every_claim() => Assert.All(SeedClaims.All, c =>
        Assert.Contains(
            new[] { "Sean Christopherson", "Quentin Perret", "Steven Price" },
            n => c.Who.Contains(n, StringComparison.Ordinal)));

    [Fact]
    public void Every_claim_is_decided_or_says_why_not() =>
        Assert.All(SeedClaims.All, c => Assert.True(c.Questions.Length > 0 || c.Beyond.Length > 0, c.Id));

    [Fact]
    public void Every_question_is_asked_of_some_design_and_every_pattern_fits_one() => Assert.All(Questions, pair =>
    {
        var (claim, question) = pair;
        var designs = Registry.Get(question.Protocol).Designs;
        Assert.Contains(designs, question.IsAskedOf);
        Assert.All(question.NotAbout, n => Assert.Contains(designs, d => d.Is(n.Designs)));
        Assert.All(
            question.Refuted,
            r => Assert.True(designs.Any(d => d.Is(r.Designs) && question.IsAskedOf(d)), $"{claim.Id}: {question.Property}: {r.Designs}"));
    });

    [Fact]
    public void Every_design_has_the_properties_that_are_asked_of_it() =>
        Assert.All(SeedModel.Protocols.SelectMany(p => p.Designs), design =>
    {
        var asked = Questions.Where(q => q.Question.IsAskedOf(design)).Select(q => q.Question.Property).ToHashSet(StringComparer.Ordinal);
        var model = SeedModel.Of(design, SeedClaims.All);
        Assert.Equal(
            asked.Order(StringComparer.Ordinal),
            model.Properties.Where(p => p.Kind is not (PropertyKind.Lemma or PropertyKind.WellFormed))
                .Select(p => p.Name)
                .Order(StringComparer.Ordinal));
    });

    [Fact]
    public void Every_property_has_a_sentence_and_every_sentence_a_question()
    {
        Assert.All(Questions, q => Assert.NotEmpty(SeedModel.Sentence(q.Question.Protocol, q.Question.Property)));
        Assert.Empty(SeedSentences.All.Keys.Except(Questions.Select(q => q.Question.Property.Split('(')[0]), StringComparer.Ordinal));
    }

    [Fact]
    public void The_protocols_own_properties_stay_what_they_are() =>
        Assert.All(SeedModel.Protocols.SelectMany(p => p.Designs.Select(d => p.Build(d))), model =>
        Assert.DoesNotContain(model.Properties, p => SeedSentences.All.ContainsKey(p.Name.Split('(')[0])));

    [Fact]
    public void The_small_model_answers_as_declared() => Assert.Empty(Of("PageLifecycle", SeedClaims.All).SelectMany(v => v.Problems));

    [Theory]
    [InlineData(true, "", "inplace", "which refutes the claim, and was not expected")]
    [InlineData(true, "*", "separate", "so that the claim is not refuted, as was expected")]
    [InlineData(false, "", "separate", "which refutes the claim, and was not expected")]
    public void What_is_not_as_declared_is_a_problem(bool claimed, string refuted, string backing, string problem)
    {
        SeedClaim wrong = new("S2", "nobody", "never",
        [
            new("PageLifecycle", "FileNeverMapped")
            {
                Claimed = claimed,
                Refuted = refuted.Length == 0 ? [] : [(refuted, "it was thought so")]
            },
        ]);
        var problems = Assert.Single(Of("PageLifecycle", [wrong])).Problems.ToList();
        Assert.Equal(2, problems.Count);
        Assert.All(problems, p => Assert.StartsWith($"S2: PageLifecycle {backing},", p));
        Assert.All(problems, p => Assert.Contains(problem, p, StringComparison.Ordinal));
    }

    [Fact]
    public void What_was_not_decided_is_neither()
    {
        var verdict = Assert.Single(Of("PageLifecycle", [SeedClaims.All.Single(c => c.Id == "S26")], stopped: true));
        Assert.All(verdict.Answers, a => Assert.Null(a.IsAsClaimed));
        Assert.Equal(["not decided"], verdict.Findings.Select(f => f.Word));
    }

    private static ImmutableArray<SeedVerdict> Of(string protocol, ImmutableArray<SeedClaim> claims, bool stopped = false)
    {
        var runs = from design in Registry.Get(protocol).Designs
                   let job = SeedRun.JobOf(Registry.Get(protocol), design, claims)
                   where job is not null
                   select SeedRun.Do(
                       job,
                       new ExplorationOptions { Vacuity = false, Cancellation = new(stopped) },
                       proofs: false,
                       _ => new MemoryStream());
        return SeedVerdict.Of(claims, [.. runs]);
    }
}
