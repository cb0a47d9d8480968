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
            var values = Values(assembly, from);
            var protocols = values.DistinctBy(v => v.Value, ReferenceEqualityComparer.Instance)
                .Select(v => v.Value with { From = from, Definition = v.Definition })
                .ToImmutableArray();
            if (protocols.IsEmpty)
            {
                throw new BadInputException($"--from {from}: {assembly.GetName().Name} has no protocol: "
                    + $"no public static property or field of the type {typeof(Protocol).FullName}");
            }

            var twice = protocols.GroupBy(p => p.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1);
            return twice is null
                ? new(WithMain(protocols))
                : throw new BadInputException($"--from {from}: two protocols are called {twice.Key}: rename one of them");
        }
        catch (Exception mismatch) when (IsMismatch(mismatch))
        {
            throw OwnAssembly.OfAnotherVersion(assembly.GetName().Name!, from, mismatch.Message);
        }
    }

    private static ImmutableArray<Protocol> WithMain(ImmutableArray<Protocol> protocols) =>
        protocols.Any(p => p.IsMain) ? protocols : protocols.SetItem(0, protocols[0] with { IsMain = true });

    /// <summary>The assembly asks for a type or a member that this program does not have.</summary>
    private static bool IsMismatch(Exception thrown) =>
        thrown is TypeLoadException or MissingMemberException or FileNotFoundException or FileLoadException;

    /// <summary>Returns the protocols, each with the C# expression for it.</summary>
    private static IEnumerable<(Protocol Value, string Definition)> Values(Assembly assembly, string from)
    {
        const BindingFlags PublicStatic = BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var types = assembly.GetExportedTypes().Where(t => !t.ContainsGenericParameters);
        foreach (var type in types.OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            var properties = type.GetProperties(PublicStatic).Where(p => p.PropertyType == typeof(Protocol));
            foreach (var property in properties.Where(p => p.GetMethod is { IsPublic: true }))
            {
                yield return Value(property, () => property.GetValue(null), from);
            }

            foreach (var field in type.GetFields(PublicStatic).Where(f => f.FieldType == typeof(Protocol)))
            {
                yield return Value(field, () => field.GetValue(null), from);
            }
        }
    }

    private static (Protocol Value, string Definition) Value(MemberInfo member, Func<object?> read, string from)
    {
        // A nested type has a plus in its full name.
        string definition = $"global::{member.DeclaringType!.FullName!.Replace('+', '.')}.{member.Name}";
        string name = $"{member.DeclaringType!.Name}.{member.Name}";
        try
        {
            var value = (Protocol?)read() ?? throw new BadInputException($"--from {from}: {name} is null, not a protocol");
            return (value, definition);
        }
        catch (Exception thrown) when (thrown is TargetInvocationException or TypeInitializationException)
        {
            var cause = thrown;
            while (cause is TargetInvocationException or TypeInitializationException && cause.InnerException is { } inner)
            {
                cause = inner;
            }

            throw IsMismatch(cause)
                ? OwnAssembly.OfAnotherVersion(member.Module.Assembly.GetName().Name!, from, cause.Message)
                : new BadInputException($"--from {from}: {name} throws {cause.GetType().Name}: {cause.Message.ReplaceLineEndings(" ")}");
        }
    }
}
