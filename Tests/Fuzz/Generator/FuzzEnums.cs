using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Emit;
using Checker.Model.Ir;

namespace Checker.Tests.Fuzz.Generator;

/// <summary>Enums made at run time, with any names and members.</summary>
internal static class FuzzEnums
{
    private static readonly ConcurrentDictionary<string, EnumType> s_known = new(StringComparer.Ordinal);
    private static readonly ModuleBuilder s_module = AssemblyBuilder
        .DefineDynamicAssembly(new AssemblyName("FuzzEnums"), AssemblyBuilderAccess.Run).DefineDynamicModule("FuzzEnums");
    private static readonly Lock s_lock = new();
    private static int s_number;

    /// <param name="space">The name space. Enums of one name in different spaces are different.</param>
    public static EnumType Of(int space, string name, IReadOnlyList<string> members) =>
        s_known.GetOrAdd($"{space}\n{name}\n{string.Join('\n', members)}", _ =>
    {
        lock (s_lock)
        {
            var builder = s_module.DefineEnum($"N{s_number++}.{name}", TypeAttributes.Public, typeof(int));
            for (int i = 0; i < members.Count; i++)
            {
                builder.DefineLiteral(members[i], i);
            }

            return new EnumType(builder.CreateType());
        }
    });
}
