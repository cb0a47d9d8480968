using System.Collections.Immutable;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Checker.App.Own;

/// <summary>The project that <c>checker new</c> writes: a small protocol with everything that a protocol has.</summary>
public static partial class NewProject
{
    /// <summary>The name of the template's protocol, which the new name replaces.</summary>
    private const string Template = "Gate";

    private const string Prefix = "Template/";
    private const string Neutral = ".txt";

    /// <summary>Writes the project.</summary>
    /// <param name="directory">A folder that is empty or does not exist.</param>
    /// <param name="name">The protocol's name; the folder's name, in Pascal case, if null.</param>
    /// <returns>The protocol's name, and the names of the files.</returns>
    /// <exception cref="BadInputException">The folder has files, or the name cannot be that of a protocol.</exception>
    public static (string Name, ImmutableArray<string> Files) Write(string directory, string? name)
    {
        if (File.Exists(directory))
        {
            throw new BadInputException($"{directory} is a file; `new` takes a folder");
        }

        if (Directory.Exists(directory) && Directory.EnumerateFileSystemEntries(directory).Any())
        {
            throw new BadInputException($"{directory} is not empty; `new` writes into a new folder, or an empty one");
        }

        if (!File.Exists(Path.Combine(Packages.Folder, "Checker.props")))
        {
            throw new BadInputException($"this program has no packages for a new project: {Packages.Folder} is missing");
        }

        var texts = Texts();
        string chosen = name ?? PascalCase(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory))));
        if (Mistake(chosen, texts) is { } mistake)
        {
            throw new BadInputException(name is null
                ? $"the folder {directory} gives the name '{chosen}', which {mistake}; give another one with --name"
                : $"--name {name} {mistake}");
        }

        Directory.CreateDirectory(directory);
        foreach (var (file, text) in texts)
        {
            string own = Renamed(text, chosen).Replace("$PACKAGES", Packages.Folder, StringComparison.Ordinal);
            File.WriteAllText(Path.Combine(directory, Renamed(file, chosen)), own);
        }

        return (chosen, [.. texts.Select(t => Renamed(t.File, chosen)).Order(StringComparer.Ordinal)]);
    }

    private static string Renamed(string text, string name) => text.Replace(Template, name, StringComparison.Ordinal);

    /// <summary>The reason why the name cannot be that of the new protocol; null if it can.</summary>
    private static string? Mistake(string name, ImmutableArray<(string File, string Text)> texts)
    {
        if (!Identifier().IsMatch(name))
        {
            return "is no name of a protocol: an upper-case letter, then letters, digits and _";
        }

        var words = texts.Where(t => t.File.EndsWith(".cs", StringComparison.Ordinal)).SelectMany(t => Word().Matches(t.Text));
        return name != Template && words.Any(m => m.Value == name) ? "means something else in the project's code" : null;
    }

    private static ImmutableArray<(string File, string Text)> Texts()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var names = assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal));
        return [.. names.Select(n => (FileOf(n), Read(assembly, n)))];
    }

    /// <summary>Files that would mean something in this repository end in .txt here.</summary>
    private static string FileOf(string resource) =>
        resource[Prefix.Length..] is var file && file.EndsWith(Neutral, StringComparison.Ordinal) ? file[..^Neutral.Length] : file;

    private static string Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }

    /// <summary>"my-gate" is MyGate.</summary>
    private static string PascalCase(string folder) =>
        string.Concat(from match in Word().Matches(folder)
                      let word = match.Value.Trim('_')
                      where word.Length > 0
                      select char.ToUpperInvariant(word[0]) + word[1..]);

    [GeneratedRegex("^[A-Z][A-Za-z0-9_]*$")]
    private static partial Regex Identifier();

    [GeneratedRegex("[A-Za-z0-9_]+")]
    private static partial Regex Word();
}
