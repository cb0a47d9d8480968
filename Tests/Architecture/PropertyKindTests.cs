using System.Globalization;
using Checker.Model.Ir;
using Checker.Solver;

namespace Checker.Tests.Architecture;

/// <summary>A property kind is described in one place, so that a new kind changes few files.</summary>
public sealed class PropertyKindTests
{
    /// <summary>The files which a new kind has to change besides the engine that decides it, its replay and its test.</summary>
    private const int MostFiles = 8;

    private static readonly string[] s_folders = ["App", "Cli", "Composition", "Model", "Properties", "Solver"];

    /// <summary>The traits, the language, and the places which make a property of one kind.</summary>
    [Fact]
    public void Few_files_name_a_kind()
    {
        string[] files =
        [
            .. s_folders.SelectMany(f => Directory.EnumerateFiles(Path.Combine(Repository.Root, f), "*.cs", SearchOption.AllDirectories))
                .Where(f => !f.Contains("/obj/", StringComparison.Ordinal))
                .Where(f =>
                    Enum.GetNames<PropertyKind>().Any(k => File.ReadAllText(f).Contains($"PropertyKind.{k}", StringComparison.Ordinal))),
        ];

        Assert.InRange(files.Length, 2, MostFiles);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void A_kind_has_words_and_an_engine(PropertyKind kind)
    {
        var traits = kind.Traits();

        Assert.Equal(Engine.Exploration, Decision.Engines(kind)[0]);
        Assert.Equal(Decision.Engines(kind).Distinct(), Decision.Engines(kind));
        Assert.NotEmpty(traits.Name);
        Assert.Contains("Safe", string.Format(CultureInfo.InvariantCulture, traits.Question, "Safe"), StringComparison.Ordinal);
        Assert.Contains("state 3", string.Format(CultureInfo.InvariantCulture, traits.Shown, "state 3"), StringComparison.Ordinal);
        Assert.Equal(traits.IsWitnessed, !Decision.Engines(kind).Contains(Engine.Walks));
    }

    public static TheoryData<PropertyKind> Kinds() => [.. Enum.GetValues<PropertyKind>()];
}
