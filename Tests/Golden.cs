using Checker.Tests.Architecture;

namespace Checker.Tests;

/// <summary>
/// Expected texts that are files: Tests/Golden/NAME. They are small and normalised, and a person has read them;
/// <c>UPDATE_GOLDEN=1 ./test</c> writes them anew, and the diff is then for review.
/// </summary>
internal static class Golden
{
    public static void Matches(string name, string actual)
    {
        string file = Path.Combine(Repository.Root, "Tests", "Golden", name);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, actual);
        }

        Assert.True(File.Exists(file), $"there is no {file}; UPDATE_GOLDEN=1 writes it");
        Assert.Equal(File.ReadAllText(file).ReplaceLineEndings("\n"), actual);
    }
}
