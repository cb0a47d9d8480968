using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Emit;

namespace Checker.Tests.Architecture;

/// <summary>The uses between the namespaces of an assembly: in signatures, fields, base types, and the bodies of methods.</summary>
internal static class NamespaceGraph
{
    private const BindingFlags All = BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.Instance
        | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> s_codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (OpCode)f.GetValue(null)!).ToDictionary(o => o.Value);

    /// <returns>The namespaces used by each namespace, with one use as an example: "Explorer uses Scope".</returns>
    public static IReadOnlyDictionary<string, ImmutableSortedDictionary<string, string>> Of(Assembly assembly)
    {
        var uses = new SortedDictionary<string, ImmutableSortedDictionary<string, string>>(StringComparer.Ordinal);
        foreach (var type in assembly.GetTypes().Where(t => Space(t) is not null))
        {
            string source = Space(type)!;
            uses.TryAdd(source, ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));
            foreach (var used in TypesOf(type)
                .SelectMany(Parts)
                .Where(u => u.Assembly == assembly && Space(u) is { } target && target != source))
            {
                if (!uses[source].ContainsKey(Space(used)!))
                {
                    uses[source] = uses[source].Add(Space(used)!, $"{Outermost(type).Name} uses {Outermost(used).Name}");
                }
            }
        }

        return uses;
    }

    private static IEnumerable<Type> TypesOf(Type type) =>
    [
        .. type.BaseType is { } parent ? [parent] : Type.EmptyTypes,
        .. type.GetInterfaces(),
        .. type.GetFields(All).Select(f => f.FieldType),
        .. type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)).SelectMany(TypesOf),
    ];

    private static IEnumerable<Type> TypesOf(MethodBase method)
    {
        var types = method.GetParameters().Select(p => p.ParameterType).ToList();
        if (method is MethodInfo { ReturnType: var result })
        {
            types.Add(result);
        }

        if (method.GetMethodBody() is { } body)
        {
            types.AddRange(body.LocalVariables.Select(l => l.LocalType));
            types.AddRange(Mentioned(method, body.GetILAsByteArray()!));
        }

        return types;
    }

    /// <summary>The types named by the instructions, directly or as the owner of a member.</summary>
    private static IEnumerable<Type> Mentioned(MethodBase method, byte[] code)
    {
        Type[] ofType = method.DeclaringType is { IsGenericType: true } owner ? owner.GetGenericArguments() : [];
        Type[] ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : [];
        for (int at = 0; at < code.Length;)
        {
            var operation = code[at] == 0xFE ? s_codes[unchecked((short)(0xFE00 | code[at + 1]))] : s_codes[code[at]];
            at += operation.Size;
            if (operation.OperandType
                is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)
            {
                var member = method.Module.ResolveMember(BitConverter.ToInt32(code, at), ofType, ofMethod);
                if ((member as Type ?? member?.DeclaringType) is { } named)
                {
                    yield return named;
                }

                if (member is MethodInfo { IsGenericMethod: true } generic)
                {
                    foreach (var argument in generic.GetGenericArguments())
                    {
                        yield return argument;
                    }
                }
            }

            at += operation.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
                _ => 4,
            };
        }
    }

    /// <summary>The parts of a constructed type.</summary>
    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!)
        : type.IsGenericType && !type.IsGenericTypeDefinition
            ? type.GetGenericArguments().SelectMany(Parts).Append(type.GetGenericTypeDefinition())
        : [type];

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static string? Space(Type type) => Outermost(type).Namespace;
}
