using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Checker.Solver.Smt;

namespace Checker.App.Own;

/// <summary>A project with protocols: where it is, and how it is built.</summary>
internal static partial class OwnProject
{
    /// <summary>The variables by which a build around this process would change the build of the project.</summary>
    private static readonly string[] s_foreign =
        ["MSBuildSDKsPath", "MSBuildExtensionsPath", "MSBUILD_EXE_PATH", "MSBuildLoadMicrosoftTargetsReadOnly"];

    private const string Remedy = "install the .NET 10 SDK (https://dotnet.microsoft.com/download/dotnet/10.0)";

    /// <summary>The project file in a folder, or the one that is named; null for an assembly.</summary>
    /// <exception cref="BadInputException">There is none, or more than one.</exception>
    public static string? Find(string from)
    {
        if (File.Exists(from))
        {
            return Path.GetExtension(from) switch
            {
                ".dll" => null,
                ".csproj" => Path.GetFullPath(from),
                _ => throw new BadInputException($"--from {from} is neither a folder nor a .csproj nor a .dll"),
            };
        }

        if (!Directory.Exists(from))
        {
            throw new BadInputException($"--from {from}: there is no such folder or file");
        }

        string[] projects = [.. Directory.EnumerateFiles(from, "*.csproj").Order(StringComparer.Ordinal)];
        return projects switch
        {
            [var only] => Path.GetFullPath(only),
            [] => throw new BadInputException(
                $"--from {from}: there is no project (*.csproj) in this folder; `{Self.Command} new {Self.Argument(from)}` writes one"),
            _ => throw new BadInputException($"--from {from}: there are {projects.Length} projects in this folder: "
                + $"name one of {string.Join(", ", projects.Select(Path.GetFileName))}"),
        };
    }

    /// <returns>The path of the assembly.</returns>
    /// <exception cref="BuildFailedException">It does not compile.</exception>
    /// <exception cref="EnvironmentException">There is no .NET SDK.</exception>
    public static string Build(string project, string from)
    {
        // With -getProperty, the path is all that is written to the standard output.
        string[] options = ["-c", "Release", "-nologo", "-v:quiet", "-tl:off", "-clp:NoSummary", "-t:Build", "-getProperty:TargetPath"];
        var start = new ProcessStartInfo(Host(), ["build", project, .. options, .. Packages.Options])
        {
            WorkingDirectory = Path.GetDirectoryName(project)!,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string name in s_foreign)
        {
            start.Environment.Remove(name);
        }

        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        var (code, output, errors) = Run(start);
        string assembly = output.Trim();
        if (code == 0 && File.Exists(assembly))
        {
            return assembly;
        }

        string[] said = $"{errors}\n{output}".Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string[] lines = [.. said.Select(l => ErrorLine().Match(l)).Where(m => m.Success).Select(Describe).Distinct()];
        if (lines.Length > 0)
        {
            throw new BuildFailedException($"--from {from} does not compile:", [.. lines]);
        }

        throw code == 0
            ? new BadInputException($"--from {from}: the build made no assembly (TargetPath is '{assembly}')")
            : new EnvironmentException($"{from} could not be built: {said.LastOrDefault() ?? $"exit code {code}"}", Remedy);
    }

    /// <summary>The line of the compiler as this program prints places: file:line: code: message.</summary>
    private static string Describe(Match error)
    {
        string file = error.Groups["file"].Value;
        string place = file.Length > 0 && int.TryParse(error.Groups["line"].ValueSpan, out int line)
            ? $"{new Model.Ir.Source(file, line)}: "
            : "";
        return $"{place}{error.Groups["code"].Value}: {error.Groups["text"].Value}";
    }

    private static (int Code, string Output, string Errors) Run(ProcessStartInfo start)
    {
        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, errors.GetAwaiter().GetResult());
        }
        catch (Win32Exception missing)
        {
            throw new EnvironmentException($"the .NET SDK, which builds a project, was not found: {missing.Message}", Remedy);
        }
    }

    /// <summary>The `dotnet` that runs this program, or else the one on the path.</summary>
    private static string Host() =>
        Environment.ProcessPath is { } self && Path.GetFileNameWithoutExtension(self) == "dotnet" ? self
        : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host
        : "dotnet";

    /// <summary>"/a/B.cs(12,5): error CS1002: ; expected [/a/B.csproj]"; errors of the build itself have no place, or no column.</summary>
    [GeneratedRegex(@"^(?:(?<file>.+?)(?:\((?<line>\d+)(?:,\d+)*\))? ?: )?error (?<code>[A-Z]+\d+) ?: (?<text>.*?)(?: \[[^\]]+\])?$")]
    private static partial Regex ErrorLine();
}
