using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace Checker.Tests.Architecture;

/// <summary>The allowed dependencies: of projects by their references, and of code by the types used in the compiled assemblies.</summary>
public sealed class LayerTests
{
    [Theory]
    [InlineData("Model/Core", "")]
    [InlineData("Model/Protocols", "Core")]
    [InlineData("Properties", "Core,Protocols")]
    [InlineData("Solver", "Core")]
    [InlineData("App", "Core,Solver")]
    [InlineData("Cli", "App,Core,Solver")]
    [InlineData("Testing", "App,Core,Solver")]
    [InlineData("Composition", "App,Cli,Core,Properties,Protocols,Solver,Testing")]
    [InlineData("Benchmarks", "Composition,Core,Properties,Protocols,Solver")]
    public void A_project_refers_to_the_layers_below_it(string project, string layers)
    {
        var references = Project(project)
            .Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value));

        Assert.Equal(layers.Split(',', StringSplitOptions.RemoveEmptyEntries), references.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Model/Core", "")]
    [InlineData("Model/Protocols", "")]
    [InlineData("Properties", "")]
    [InlineData("Solver", "Microsoft.Z3,QuikGraph,System.IO.Hashing")]
    [InlineData("App", "")]
    [InlineData("Cli", "Spectre.Console,System.CommandLine")]
    [InlineData("Testing", "FsCheck")]
    [InlineData("Composition", "Spectre.Console,System.CommandLine")]
    public void A_project_uses_the_packages_of_its_layer(string project, string allowed)
    {
        var packages = Project(project).Descendants("PackageReference").Select(r => r.Attribute("Include")!.Value);

        Assert.Empty(packages.Except(allowed.Split(',')));
    }

    [Theory]
    [InlineData("Checker.Model", "Checker.Protocols,Checker.Properties,Checker.Solver,Checker.App,Checker.Cli,checker")]
    [InlineData("Checker.Protocols", "Checker.Properties,Checker.Solver,Checker.App,Checker.Cli,checker")]
    [InlineData("Checker.Properties", "Checker.Solver,Checker.App,Checker.Cli,checker")]
    [InlineData("Checker.Solver", "Checker.Protocols,Checker.Properties,Checker.App,Checker.Cli,checker")]
    [InlineData("Checker.App", "Checker.Protocols,Checker.Properties,Checker.Cli,checker")]
    [InlineData("Checker.Testing", "Checker.Protocols,Checker.Properties,Checker.Cli,checker")]
    [InlineData("Checker.Cli", "Checker.Protocols,Checker.Properties,checker")]
    public void An_assembly_is_compiled_against_the_layers_below_it(string assembly, string forbidden)
    {
        var references = Assembly.Load(assembly).GetReferencedAssemblies().Select(a => a.Name!);

        Assert.Empty(references.Intersect(forbidden.Split(',')));
    }

    [Fact]
    public void The_model_needs_nothing_but_the_base_class_library()
    {
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

        Assert.All(
            typeof(Model.Ir.Node).Assembly.GetReferencedAssemblies(),
            a => Assert.True(File.Exists(Path.Combine(framework, a.Name + ".dll")), a.Name));
    }

    [Fact]
    public void The_language_knows_no_engine() => Assert.DoesNotContain(TypesUsedBy("Checker.Model"), t =>
        t.StartsWith("Microsoft.Z3", StringComparison.Ordinal)
            || t.StartsWith("System.Reflection.Emit", StringComparison.Ordinal)
            || t.StartsWith("System.Linq.Expressions", StringComparison.Ordinal));

    /// <summary>The IR and the checks are below the language's façade; a model is data once it is built.</summary>
    [Fact]
    public void The_solver_reads_models_as_data() =>
        Assert.DoesNotContain(TypesUsedBy("Checker.Solver"), t => t.StartsWith("Checker.Model.Language", StringComparison.Ordinal));

    /// <summary>The test above would pass for a misspelt name. These types are used, so they must be found.</summary>
    [Fact]
    public void Used_types_are_seen()
    {
        Assert.Contains("Checker.Model.Ir.Node", TypesUsedBy("Checker.Solver"));
        Assert.Contains("System.Reflection.Emit.DynamicMethod", TypesUsedBy("Checker.Solver"));
        Assert.Contains("Checker.Protocols.GuestMemory.GuestMemoryModel", TypesUsedBy("Checker.Properties"));
        Assert.Contains("Checker.Model.Language.Spec", TypesUsedBy("Checker.Properties"));
    }

    /// <summary>The types of other assemblies mentioned in the assembly's code or signatures.</summary>
    private static List<string> TypesUsedBy(string assembly)
    {
        using var file = new PEReader(File.OpenRead(Assembly.Load(assembly).Location));
        var metadata = file.GetMetadataReader();
        return [.. metadata.TypeReferences.Select(metadata.GetTypeReference)
            .Select(t => $"{metadata.GetString(t.Namespace)}.{metadata.GetString(t.Name)}")];
    }

    private static XDocument Project(string name) => XDocument.Parse(Repository.Read($"{name}/{Path.GetFileName(name)}.csproj"));
}
