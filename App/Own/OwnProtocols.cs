using System.Collections.Immutable;
using System.Reflection;
using Checker.Model.Catalogue;
using Checker.Solver.Smt;

namespace Checker.App.Own;

/// <summary>
/// The protocols of a project outside this repository: the values of all public static properties and fields of the type
/// <see cref="Protocol"/>, in the order of the names of their types. The first is the main one, unless another says that it is.
/// </summary>
public static class OwnProtocols
{
    /// <summary>Builds a project if there is one, and loads its protocols.</summary>
    /// <param name="from">A folder with one project, a project file, or an assembly (.dll).</param>
    /// <exception cref="BadInputException">There is no such project or assembly, or it has no protocols to use.</exception>
    /// <exception cref="BuildFailedException">The project does not compile.</exception>
    /// <exception cref="EnvironmentException">There is no .NET SDK to build it with.</exception>
    public static ProtocolSet Load(string from)
    {
        string assembly = OwnProject.Find(from) is { } project ? OwnProject.Build(project, from) : Path.GetFullPath(from);
        return Of(OwnAssembly.Load(assembly, from), from);
    }

    /// <summary>The protocols of a loaded assembly.</summary>
    /// <exception cref="BadInputException">It has none, two of one name, or one that cannot be made.</exception>
    internal static ProtocolSet Of(Assembly assembly, string from)
    {
        try
        {
            var protocols = Values(assembly, from).Distinct(ReferenceEqualityComparer.Instance).Cast<Protocol>().Select(p => p with { From = from }).ToImmutableArray();
            if (protocols.IsEmpty)
            {
                throw new BadInputException($"--from {from}: {assembly.GetName().Name} has no protocol: no public static property or field of the type {typeof(Protocol).FullName}");
            }

            var twice = protocols.GroupBy(p => p.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1);
            return twice is null ? new(WithMain(protocols)) : throw new BadInputException($"--from {from}: two protocols are called {twice.Key}: rename one of them");
        }
        catch (Exception mismatch) when (mismatch is TypeLoadException or MissingMemberException or FileNotFoundException or FileLoadException)
        {
            throw OwnAssembly.OfAnotherVersion(assembly.GetName().Name!, from, mismatch.Message);
        }
    }

    private static ImmutableArray<Protocol> WithMain(ImmutableArray<Protocol> protocols) =>
        protocols.Any(p => p.IsMain) ? protocols : protocols.SetItem(0, protocols[0] with { IsMain = true });

    private static IEnumerable<Protocol> Values(Assembly assembly, string from)
    {
        const BindingFlags PublicStatic = BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly;
        foreach (var type in assembly.GetExportedTypes().Where(t => !t.ContainsGenericParameters).OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            foreach (var property in type.GetProperties(PublicStatic).Where(p => p.PropertyType == typeof(Protocol) && p.GetMethod is { IsPublic: true }))
            {
                yield return Value(property, () => property.GetValue(null), from);
            }

            foreach (var field in type.GetFields(PublicStatic).Where(f => f.FieldType == typeof(Protocol)))
            {
                yield return Value(field, () => field.GetValue(null), from);
            }
        }
    }

    private static Protocol Value(MemberInfo member, Func<object?> read, string from)
    {
        string name = $"{member.DeclaringType!.Name}.{member.Name}";
        try
        {
            return (Protocol?)read() ?? throw new BadInputException($"--from {from}: {name} is null, not a protocol");
        }
        catch (Exception thrown) when (thrown is TargetInvocationException or TypeInitializationException)
        {
            var cause = thrown;
            while (cause is TargetInvocationException or TypeInitializationException && cause.InnerException is { } inner)
            {
                cause = inner;
            }

            throw cause is TypeLoadException or MissingMemberException or FileNotFoundException or FileLoadException
                ? OwnAssembly.OfAnotherVersion(member.Module.Assembly.GetName().Name!, from, cause.Message)
                : new BadInputException($"--from {from}: {name} throws {cause.GetType().Name}: {cause.Message.ReplaceLineEndings(" ")}");
        }
    }
}
