using Checker.Solver.Files;

namespace Checker.Tests.Output;

/// <summary>Different names in the model give different file names, on every file system.</summary>
public sealed class FileNamesTests
{
    private static readonly string[] s_names = [
        "A.b", "A-b", "a-b", "A b", "A/b", "", ".", "..", "Init", "Properties", "é", "è", "\u212b", new string('x', 300),
        new string('x', 301), "nul\0", "-"
    ];

    [Fact]
    public void Numbered_names_are_different_and_portable()
    {
        string[] files = [.. s_names.Select((n, i) => FileNames.Numbered(i + 1, n))];
        Assert.Equal(files.Length, files.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(files, f => Assert.Matches("^[0-9]{2}(-[A-Za-z0-9-]{1,80})?$", f));
    }

    [Fact]
    public void Parts_are_different_and_portable()
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        string[] files = [.. s_names.Select(n => FileNames.Free(FileNames.Part(n), taken))];
        Assert.Equal(files.Length, files.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(files, f => Assert.Matches("^[A-Za-z0-9.,_=+-]{1,110}$", f));
    }

    [Theory]
    [InlineData("MapRequest(to=Shared)", "07-MapRequest-to-Shared")]
    [InlineData("", "07")]
    public void A_numbered_name_can_be_read(string text, string name) => Assert.Equal(name, FileNames.Numbered(7, text));

    [Theory]
    [InlineData("separate,honest")]
    [InlineData("NoLostUpdate")]
    [InlineData("punch.flush")]
    public void A_plain_part_stays_as_it_is(string text) => Assert.Equal(text, FileNames.Part(text));
}
