namespace Checker.Tests.Reference;

public sealed class CorrectionTests
{
    public static TheoryData<string> Corrected => [.. Corrections.All.Select(c => c.Row)];

    [Theory, MemberData(nameof(Corrected)), Trait("Tier", "slow")]
    public void A_plain_search_finds_the_corrected_depth_and_the_counts_of_the_file(string id)
    {
        var (row, correction) = (Row.Get(id), Corrections.All.Single(c => c.Row == id));

        Assert.Equal(correction.InTheFile, row.Depth);
        Assert.Equal(new Counts(row.Distinct, row.Generated, correction.True), PlainSearch.Count(row.Scope()));
    }

    [Fact]
    public void The_file_contradicts_itself_where_a_label_that_the_design_does_not_have_is_dropped()
    {
        var (with, without) = (
            Row.Get("sw,attribute,inplace,honest 1,2,1,1,1"),
            Row.Get("sw,attribute,inplace,honest 1,2,1,1,1 without convert.guest_consent"));

        Assert.DoesNotContain("convert.guest_consent", with.Scope().System.Actions.SelectMany(a => a.Labels));
        Assert.Equal((with.Distinct, with.Generated), (without.Distinct, without.Generated));
        Assert.Equal(Corrections.Depth(with), without.Depth);
        Assert.NotEqual(with.Depth, without.Depth);
    }

    [Fact, Trait("Tier", "slow")]
    public void A_plain_search_agrees_on_a_line_that_is_right()
    {
        var row = Row.Get("cca,hole,separate,honest 1,2,1,1,1");

        Assert.Equal(new Counts(row.Distinct, row.Generated, row.Depth), PlainSearch.Count(row.Scope()));
    }
}
