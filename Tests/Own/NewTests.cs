using System.Text.Json;
using System.Xml.Linq;
using Checker.App.Own;
using Checker.Tests.Architecture;
using Checker.Tests.Cli;

namespace Checker.Tests.Own;

/// <summary>The project that `checker new` writes, and whatever may be wrong with the folder or the name.</summary>
public sealed class NewTests
{
    private static readonly string[] s_files = [".gitignore", "Directory.Build.props", "MyGate.csproj", "MyGateModel.cs",
        "MyGateProtocol.cs", "MyGateTests.cs", "README.md", "global.json"];

    [Theory]
    [InlineData("my-gate")]
    [InlineData("my gate")]
    [InlineData("MyGate")]
    public void The_folder_names_the_protocol(string name)
    {
        using var folder = new Folder();

        var (code, output, error) = Cli.Program.Run("new", folder[name]);

        Assert.Equal((0, ""), (code, error));
        Assert.StartsWith("MyGate, in ", output);
        Assert.Equal(s_files.Order(StringComparer.Ordinal), Directory.EnumerateFiles(folder[name])
            .Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
        Assert.Contains("public sealed class MyGateModel : Spec", File.ReadAllText(Path.Combine(folder[name], "MyGateModel.cs")),
            StringComparison.Ordinal);
        Assert.Contains($">{Packages.Folder}<", File.ReadAllText(Path.Combine(folder[name], "Directory.Build.props")),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("new {0} --name gate", "--name gate is no name of a protocol")]
    [InlineData("new {0} --name A.B", "--name A.B is no name of a protocol")]
    [InlineData("new {0} --name Worker", "--name Worker means something else in the project's code")]
    [InlineData("new {0}/3d", "gives the name '3d', which is no name of a protocol", "give another one with --name")]
    [InlineData("new {0}/protocol", "gives the name 'Protocol', which means something else", "with --name")]
    [InlineData("new {0}/full", "is not empty")]
    [InlineData("new {0}/full/file", "is a file")]
    [InlineData("new", "'dir'")]
    public void A_wrong_folder_or_name_is_refused_in_one_line(string arguments, params string[] says)
    {
        using var folder = new Folder();
        Directory.CreateDirectory(folder["full"]);
        folder.Write("full/file", "");
        Directory.CreateDirectory(folder["empty"]);

        var (code, output,
            error) = Cli.Program.Call(string.Format(arguments, arguments.Contains("--name", StringComparison.Ordinal) ? folder["empty"]
            : folder["."]));

        Assert.Equal((2, ""), (code, output));
        string line = Assert.Single(error.TrimEnd('\n').Split('\n'));
        Assert.All(says, s => Assert.Contains(s, line, StringComparison.Ordinal));
        Assert.Empty(Directory.EnumerateFiles(folder["empty"]));
    }

    /// <summary>Packages.targets lists the packages of a restore of the template, at the versions of the tests.</summary>
    [Fact]
    public void Every_package_that_a_project_needs_travels_with_the_program()
    {
        var versions = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var needs = new Dictionary<string, string[]>(StringComparer.OrdinalIgnoreCase);
        using var file = JsonDocument.Parse(Repository.Read("Tests/packages.lock.json"));
        foreach (var package in file.RootElement.GetProperty("dependencies").GetProperty("net10.0").EnumerateObject())
        {
            needs[package.Name] = package.Value.TryGetProperty("dependencies", out var list)
                ? [.. list.EnumerateObject().Select(d => d.Name)] : [];
            if (package.Value.TryGetProperty("resolved", out var version))
            {
                versions[package.Name] = $"[{version.GetString()}]";
            }
        }

        var needed = new SortedSet<string>(StringComparer.OrdinalIgnoreCase);
        var open = new Stack<string>(["xunit.v3", "Checker.Testing"]);
        while (open.TryPop(out string? next))
        {
            if (needed.Add(next))
            {
                needs[next].ToList().ForEach(open.Push);
            }
        }

        var listed = XDocument.Parse(Repository.Read("Composition/Packages.targets")).Descendants("PackageDownload")
            .Select(p => $"{p.Attribute("Include")!.Value} {p.Attribute("Version")!.Value}");
        Assert.Equal(needed.Where(versions.ContainsKey).Select(n => $"{n} {versions[n]}".ToLowerInvariant()).Order(StringComparer.Ordinal),
            listed.Select(l => l.ToLowerInvariant()).Order(StringComparer.Ordinal));
    }
}
