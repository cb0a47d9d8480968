using Checker.Tests.Architecture;
using Checker.Tests.Cli;

namespace Checker.Tests.Own;

/// <summary>
/// `dotnet pack` makes a .NET tool, which works where it is installed, without the repository and without a package feed.
/// </summary>
public sealed class InstalledToolTests
{
    private const string NoFeed = """
        <configuration>
          <packageSources>
            <clear />
            <add key="local" value="feed" />
          </packageSources>
        </configuration>
        """;

    [Fact, Trait("Tier", "slow")]
    public void The_packed_tool_is_installed_and_checks_a_project()
    {
        string project = Path.Combine(Repository.Root, "Composition", "Composition.csproj");
        Assert.SkipUnless(
            File.Exists(Path.Combine(Repository.Root, "Composition", "bin", "Release", "net10.0", "checker.dll")),
            "the program was built outside the repository, which is read-only");
        using var folder = new OwnFolder();
        File.WriteAllText(folder.Work("nuget.config"), NoFeed);

        // The packages of the build are in the usual cache, so only the tool gets an empty one.
        Says(Pack(project, folder.Work("feed")), 0);
        string package = Path.GetFileNameWithoutExtension(Assert.Single(Directory.GetFiles(folder.Work("feed"))));
        Says(
            folder.Run("", "tool", "install", "Checker", "--tool-path", "tool", "--version", package["Checker.".Length..], "--configfile",
                "nuget.config"),
            0,
            "successfully installed");
        string checker = folder.Work(OperatingSystem.IsWindows() ? "tool/checker.exe" : "tool/checker");

        Says(folder.Start(checker, "", "--version"), 0, "checker ");
        Says(folder.Start(checker, "", "verify", "--protocol", "Counter", "--no-proofs"), 0, "1 design: 1 holds");
        Says(folder.Start(checker, "", "new", "gate"), 0, "Gate, in gate: ");
        Says(folder.Start(checker, "", "verify", "--from", "gate"), 0, "1 design: 1 holds");
        Says(folder.Start(checker, "", "verify", "--from", "gate", "--drop", "enter.free"), 1, "OneInside, 3 states");
    }

    private static Outcome Pack(string project, string feed)
    {
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(
            "dotnet",
            ["pack", project, "-c", "Release", "--no-build", "-o", feed, "-v", "q"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new(process.ExitCode, output, "");
    }

    private static void Says(Outcome outcome, int code, params string[] parts)
    {
        Assert.True(outcome.Code == code, outcome.Output + outcome.Error);
        Assert.All(parts, part => Assert.Contains(part, outcome.Output, StringComparison.Ordinal));
    }
}
