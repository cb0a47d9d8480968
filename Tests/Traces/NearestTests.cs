using Checker.Solver;

namespace Checker.Tests.Traces;

public sealed class NearestTests
{
    private static readonly string[] s_names = ["Load", "Store", "StoreAll"];

    [Theory]
    [InlineData("Load", "Load")]
    [InlineData("load", "Load")]
    [InlineData("Laod", "Load")]
    [InlineData("Lda", null)]
    [InlineData("Lod", "Load")]
    [InlineData("Stor", "Store")]
    [InlineData("StoreAl", "StoreAll")]
    [InlineData("Nothing", null)]
    [InlineData("", null)]
    public void A_slip_is_found_and_something_else_is_not(string given, string? expected) =>
        Assert.Equal(expected, Suggestions.Match(given, s_names));

    [Fact]
    public void Nothing_is_near_to_nothing() => Assert.Null(Suggestions.Match("Load", []));

    [Fact]
    public void A_name_that_nobody_typed_is_not_compared() => Assert.Null(Suggestions.Match(new string('x', 100_000), s_names));

    [Fact]
    public void What_is_quoted_fits_on_a_line() =>
        Assert.Equal("'a\\u000ab" + new string('x', 57) + "...'", Suggestions.Quote("a\nb" + new string('x', 1000)));

    [Fact]
    public void A_hint_names_what_is_near_or_else_what_is_allowed()
    {
        Assert.Equal("; did you mean 'Store'?", Suggestions.Hint("store", s_names));
        Assert.Equal("; allowed are Load, Store, StoreAll", Suggestions.Hint("Quit", s_names));
        Assert.Equal("; allowed is Load", Suggestions.Hint("Quit", ["Load"]));
        Assert.Equal("; there is none", Suggestions.Hint("Quit", []));
        Assert.EndsWith(" and 88 more", Suggestions.Hint("Quit", [.. Enumerable.Range(100, 100).Select(i => $"name{i}")]));
    }
}
