using System.Reflection;

namespace Checker.Tests.Architecture;

/// <summary>The repository's files.</summary>
internal static class Repository
{
    private static readonly string[] s_generated = ["bin", "obj", ".git", "artifacts", "TestResults", "BenchmarkDotNet.Artifacts"];

    /// <summary>Where the sources were when the tests were built (Tests.csproj says it).</summary>
    public static string Root { get; } = Path.GetFullPath(typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "RepositoryRoot").Value!);

    /// <summary>The file's text; the path is relative to the root.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>Every file that a person wrote, relative to the root.</summary>
    public static IEnumerable<string> Files() => Files(Root).Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/'));

    private static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(folder)
        .Concat(Directory.EnumerateDirectories(folder).Where(d => !s_generated.Contains(Path.GetFileName(d))).SelectMany(Files));
}
