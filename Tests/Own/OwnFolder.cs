using System.Diagnostics;
using Checker.Tests.Cli;

namespace Checker.Tests.Own;

/// <summary>
/// A working directory outside the repository, with an empty package cache. Every restored package comes from the program.
/// </summary>
public sealed class OwnFolder : IDisposable
{
    private static readonly string s_program = typeof(Checker.Composition.Protocols.Registry).Assembly.Location;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("checker-own-");

    public OwnFolder() => Directory.CreateDirectory(this["work"]);

    /// <summary>The path of a file in the working directory.</summary>
    public string Work(string name) => Path.Combine(this["work"], name);

    private string this[string name] => Path.Combine(_directory.FullName, name);

    /// <summary>Replaces a text that stands in a file.</summary>
    public void Edit(string name, string old, string text)
    {
        string before = File.ReadAllText(Work(name));
        Assert.Contains(old, before, StringComparison.Ordinal);
        File.WriteAllText(Work(name), before.Replace(old, text, StringComparison.Ordinal));
    }

    /// <summary>Runs the program in the working directory.</summary>
    internal Outcome Checker(string arguments) => Run("", [s_program, .. arguments.Split(' ')]);

    /// <summary>Runs `dotnet` in a folder of the working directory.</summary>
    internal Outcome Run(string folder, params string[] arguments) => Start("dotnet", folder, arguments);

    /// <summary>Runs a program in a folder of the working directory, and returns its output.</summary>
    internal Outcome Start(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Work(folder),
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["NUGET_PACKAGES"] = this["nuget"];
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        // A build around these tests must not change the one in them.
        foreach (string name in start.Environment.Keys.Where(k => k.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new(process.ExitCode, output.ReplaceLineEndings("\n"), error.GetAwaiter().GetResult().ReplaceLineEndings("\n"));
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
