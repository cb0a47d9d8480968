using System.Diagnostics;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.Loader;
using Checker.Model.Catalogue;

namespace Checker.App.Own;

/// <summary>
/// An assembly with protocols, in a load context of its own. The assemblies of this program are shared with it, so that a protocol
/// there is a <see cref="Protocol"/> here; everything else comes from the assembly's folder.
/// </summary>
internal sealed class OwnAssembly : AssemblyLoadContext
{
    private static readonly Assembly s_model = typeof(Protocol).Assembly;

    /// <summary>The assemblies whose types a model, a test or an engine hands to the other side.</summary>
    private static readonly IReadOnlyDictionary<string, Assembly> s_shared = Shared();

    private readonly AssemblyDependencyResolver _dependencies;

    private OwnAssembly(string path)
        : base(Path.GetFileNameWithoutExtension(path)) => _dependencies = new(path);

    /// <exception cref="BadInputException">It is no assembly, refers to no model, or to another version of it.</exception>
    public static Assembly Load(string path, string from)
    {
        RefuseForeign(path, from);
        try
        {
            return new OwnAssembly(path).LoadFromAssemblyPath(path);
        }
        catch (Exception wrong) when (wrong is BadImageFormatException or FileLoadException)
        {
            throw new BadInputException($"--from {from}: {path} cannot be loaded: {wrong.Message.ReplaceLineEndings(" ")}");
        }
    }

    public static BadInputException OfAnotherVersion(string assembly, string from, string found) =>
        new($"--from {from}: {assembly} was built with another version of {s_model.GetName().Name} than this program's {Self.ShortVersion} "
            + $"({found.ReplaceLineEndings(" ")}); build it with the packages of this program");

    protected override Assembly? Load(AssemblyName assemblyName) =>
        s_shared.TryGetValue(assemblyName.Name ?? "", out var shared) ? shared
        : _dependencies.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path)
        : null;

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _dependencies.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;

    /// <summary>Looks at the assembly's references before any of its code is loaded.</summary>
    private static void RefuseForeign(string path, string from)
    {
        Version? wanted;
        string name;
        try
        {
            using var file = new PEReader(File.OpenRead(path));
            var metadata = file.GetMetadataReader();
            name = metadata.GetString(metadata.GetAssemblyDefinition().Name);
            var references = metadata.AssemblyReferences.Select(metadata.GetAssemblyReference);
            wanted = references.Where(r => metadata.GetString(r.Name) == s_model.GetName().Name).Select(r => r.Version).FirstOrDefault();
        }
        catch (Exception wrong) when (wrong is BadImageFormatException or InvalidOperationException)
        {
            throw new BadInputException($"--from {from}: {path} is no .NET assembly");
        }

        if (wanted is null)
        {
            throw new BadInputException($"--from {from}: {name} has no protocol: it does not refer to {s_model.GetName().Name}");
        }

        if (wanted != s_model.GetName().Version)
        {
            throw OfAnotherVersion(name, from, $"{wanted}");
        }

        // All versions before 1.0 have one assembly version: the copy that the compiler read tells more.
        string copy = Path.Combine(Path.GetDirectoryName(path)!, $"{s_model.GetName().Name}.dll");
        if (File.Exists(copy) && FileVersionInfo.GetVersionInfo(copy).ProductVersion is { } version && version != Self.Version)
        {
            throw OfAnotherVersion(name, from, version);
        }
    }

    private static Dictionary<string, Assembly> Shared()
    {
        var shared = new Dictionary<string, Assembly>(StringComparer.Ordinal);
        var open = new Stack<Assembly>([typeof(OwnAssembly).Assembly]);
        string folder = Path.GetDirectoryName(s_model.Location) ?? "";
        while (open.TryPop(out var next))
        {
            if (shared.TryAdd(next.GetName().Name!, next))
            {
                foreach (var reference in next.GetReferencedAssemblies().Where(r => File.Exists(Path.Combine(folder, r.Name + ".dll"))))
                {
                    open.Push(Default.LoadFromAssemblyName(reference));
                }
            }
        }

        return shared;
    }
}
