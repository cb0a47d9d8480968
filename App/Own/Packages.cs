namespace Checker.App.Own;

/// <summary>The packages that travel inside this program, for projects that refer to it.</summary>
public static class Packages
{
    /// <summary>The folder with the packages and with Checker.props, which names their versions.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "packages");

    /// <summary>The options of a build that takes the packages of this program, whatever program wrote the project.</summary>
    internal static IEnumerable<string> Options => Directory.Exists(Folder) ? [$"-p:CheckerPackages={Folder}"] : [];
}
