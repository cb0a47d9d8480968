using Checker.Model.Ir;

namespace Checker.Tests.Language;

/// <summary>A place in a model is printed as an editor opens it.</summary>
public sealed class PlaceTests
{
    [Theory]
    [InlineData("./Model/X.cs", "Model/X.cs:7")]
    [InlineData("Model/X.cs", "Model/X.cs:7")]
    [InlineData("../X.cs", "../X.cs:7")]
    [InlineData("./.hidden/X.cs", ".hidden/X.cs:7")]
    [InlineData("/nowhere/at/all/X.cs", "/nowhere/at/all/X.cs:7")]
    public void A_path_keeps_its_beginning(string file, string text) => Assert.Equal(text, new Source(file, 7).ToString());

    [Fact]
    public void A_file_below_the_working_directory_is_named_from_there()
    {
        string file = Path.Combine(Environment.CurrentDirectory, "own", "X.cs");

        Assert.Equal($"{Path.Combine("own", "X.cs")}:7", new Source(file, 7).ToString());
    }

    [Fact]
    public void A_place_without_a_line_is_a_name() => Assert.Equal("Counter", new Source("Counter", 0).ToString());
}
