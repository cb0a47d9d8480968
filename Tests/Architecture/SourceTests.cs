namespace Checker.Tests.Architecture;

/// <summary>The rules for every hand-written file.</summary>
public sealed class SourceTests
{
    private const int MostLines = 500;

    // The solution file and the lock files are not written by hand. Data files come from other projects.
    private static readonly string[] s_exempt = [".sln", "packages.lock.json", ".csv"];

    private static readonly IReadOnlyList<string> s_files = [.. Repository.Files()
        .Where(f => !s_exempt.Any(e => f.EndsWith(e, StringComparison.Ordinal)))];

    [Fact]
    public void The_files_are_found()
    {
        Assert.Contains("Model/Core/Ir/Node.cs", s_files);
        Assert.Contains("Tests/Architecture/SourceTests.cs", s_files);
        Assert.Contains("checker", s_files);
        Assert.DoesNotContain(s_files, f => f.Contains("/obj/", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_is_short_enough_to_read() =>
        Assert.All(
            s_files.Where(f => f.EndsWith(".cs", StringComparison.Ordinal)),
            f => Assert.True(Repository.Read(f).Count(c => c == '\n') <= MostLines, f));

    /// <summary>The repository stands alone: its own sources of information lie elsewhere and are not part of it.</summary>
    [Fact]
    public void Nothing_refers_to_what_lies_outside_the_repository()
    {
        string outside = string.Join('/', "..", "shared");   // spelt so that this file itself does not contain the path
        Assert.DoesNotContain(s_files, f => Repository.Read(f).Contains(outside, StringComparison.Ordinal));
    }

    [Fact]
    public void Protocols_know_no_property_and_properties_stand_apart_from_engines()
    {
        Assert.All(Under("Model/"), f => Assert.DoesNotContain("Checker.Properties", Repository.Read(f), StringComparison.Ordinal));
        Assert.All(Under("Properties/"), f => Assert.DoesNotContain("Checker.Solver", Repository.Read(f), StringComparison.Ordinal));
    }

    [Fact]
    public void The_state_set_is_tested_with_CsCheck_in_one_folder_only()
    {
        var users = Under("Tests/").Where(f =>
            f.EndsWith(".cs", StringComparison.Ordinal) && Repository.Read(f).Contains("\nusing " + "CsCheck;", StringComparison.Ordinal));

        Assert.All(users, f => Assert.StartsWith("Tests/Concurrency/", f));
    }

    private static IEnumerable<string> Under(string folder) => s_files.Where(f => f.StartsWith(folder, StringComparison.Ordinal));
}
