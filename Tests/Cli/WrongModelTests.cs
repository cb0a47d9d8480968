using Checker.Cli.Commands;
using Checker.Composition.Protocols;
using Checker.Model.Catalogue;
using Checker.Model.Check;
using Checker.Model.Language;

namespace Checker.Tests.Cli;

/// <summary>A wrong model among others.</summary>
public sealed class WrongModelTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void It_is_named_and_the_rest_is_listed(bool json)
    {
        var right = Registry.Get("Counter");
        var wrong = right with { Name = "Broken", Designs = [new("Broken", [])], Build = _ => new Empty().Build() };
        var (output, error) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        Assert.Equal(2, List.Print([wrong, right], ["properties"], json, output, error));
        Assert.Contains("NoLostUpdate", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(
            "checker: Broken is not listed, since its model is wrong: Empty: error M115: Empty has no variables and no actions\n",
            error.ToString());
    }

    [Fact]
    public void What_its_constructor_throws_is_a_mistake_of_the_model()
    {
        var right = Registry.Get("Counter");
        var wrong = new Protocol("Broken", "", [], [new("Broken", [])], [], [], _ => throw new FormatException("boom"), right.NeverFires);
        var refused = Assert.Throws<ModelException>(() => wrong.Build(wrong.Designs[0]));
        Assert.Equal("M119", Assert.Single(refused.Diagnostics).Code);
        Assert.Contains("the model throws FormatException: boom", refused.Message, StringComparison.Ordinal);
    }

    private sealed class Empty : Spec;
}
