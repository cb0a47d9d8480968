using System.Reflection;

namespace Checker.Tests.Architecture;

/// <summary>The repository's files.</summary>
internal static class Repository
{
    private static readonly string[] s_generated = ["bin", "obj", ".git", "artifacts", "TestResults", "BenchmarkDotNet.Artifacts"];

    /// <summary>The place of the sources when the tests were built, as recorded by Tests.csproj.</summary>
    public static string Root { get; } = Path.GetFullPath(typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "RepositoryRoot").Value!);

    /// <summary>Returns the file's text. The path is relative to the root.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>The hand-written files, relative to the root.</summary>
    public static IEnumerable<string> Files() => Files(Root).Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/'));

    private static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(folder)
        .Concat(Directory.EnumerateDirectories(folder).Where(d => !s_generated.Contains(Path.GetFileName(d))).SelectMany(Files));
}
