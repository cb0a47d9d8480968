using System.ComponentModel;
using System.Diagnostics;

namespace Checker.Solver.Smt;

/// <summary>The places that are searched for libz3, from the list <c>libz3-places.txt</c>, which eng/libz3.sh reads as well.</summary>
internal static class LibraryPlaces
{
    private static readonly string[] s_files = OperatingSystem.IsWindows() ? ["libz3.dll"]
        : OperatingSystem.IsMacOS() ? ["libz3.dylib"]
        : ["libz3.so.4", "libz3.so"];

    /// <summary>Returns the files that exist in the listed folders and the names for the loader, in the order of the list.</summary>
    public static IEnumerable<string> Candidates() => Lines().SelectMany(line => line switch
    {
        "loader" => OperatingSystem.IsLinux() ? s_files : [],
        "python" => FilesIn(PythonFolders()),
        _ => FilesIn(Folders(line)),
    });

    /// <summary>
    /// Returns the folders that a line of the list stands for: none if it begins with a variable that names no absolute path.
    /// </summary>
    private static IEnumerable<string> Folders(string line)
    {
        string[] parts = line.Split('/');
        string? start = parts[0] switch
        {
            "" => "/",
            "~" => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
            ['$', .. var name] => Environment.GetEnvironmentVariable(name),
            _ => throw new InvalidOperationException($"libz3-places.txt: {line}"),
        };
        IEnumerable<string> folders = Path.IsPathFullyQualified(start ?? "") ? [start!] : [];
        return parts.Skip(1).Aggregate(folders, (all, part) => all.SelectMany(folder => Inside(folder, part)));
    }

    private static IEnumerable<string> Inside(string folder, string part)
    {
        if (!part.Contains('*', StringComparison.Ordinal))
        {
            return [Path.Combine(folder, part)];
        }

        return Directory.Exists(folder)
            ? Directory.GetDirectories(folder, part, new EnumerationOptions { IgnoreInaccessible = true }).Order(StringComparer.Ordinal)
            : [];
    }

    private static IEnumerable<string> FilesIn(IEnumerable<string> folders) =>
        folders.SelectMany(folder => s_files.Select(file => Path.Combine(folder, file))).Where(File.Exists);

    private static IEnumerable<string> Lines()
    {
        using Stream list = typeof(LibraryPlaces).Assembly.GetManifestResourceStream("libz3-places.txt")!;
        using StreamReader reader = new(list);
        return [.. reader.ReadToEnd().Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')];
    }

    /// <summary>Returns the folders of z3-solver's library among those from which the <c>python3</c> on the path imports modules.</summary>
    private static IEnumerable<string> PythonFolders()
    {
        try
        {
            var start = new ProcessStartInfo("python3", ["-c", "import sys; print('\\n'.join(sys.path))"])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            // Windows has a python3 that opens a shop.
            using Process? python = OperatingSystem.IsWindows() ? null : Process.Start(start);
            python?.ErrorDataReceived += (_, _) => { };
            python?.BeginErrorReadLine();
            string[] folders = python?.StandardOutput.ReadToEnd().Split('\n') ?? [];
            return folders.Where(Path.IsPathFullyQualified).Select(folder => Path.Combine(folder, "z3", "lib"));
        }
        catch (Win32Exception)
        {
            // There is no Python.
            return [];
        }
    }
}
