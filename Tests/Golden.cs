using Checker.Tests.Architecture;

namespace Checker.Tests;

/// <summary>
/// The expected texts in files: Tests/Golden/NAME. They are small, normalised, and reviewed by a person.
/// <c>UPDATE_GOLDEN=1 ./test</c> writes them anew, and the diff is then to be reviewed.
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
