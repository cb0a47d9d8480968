using System.Collections.Concurrent;
using System.Reflection;
using Checker.Model.Check;
using Checker.Model.Ir;

namespace Checker.Model.Language;

/// <summary>The translation of C# types and values to those of the model.</summary>
internal static class Types
{
    private static readonly ConcurrentDictionary<Type, ModelType> s_known = new();

    /// <exception cref="ArgumentException">A model cannot use the C# type. The message says why.</exception>
    public static ModelType Of(Type type) => s_known.GetOrAdd(type, Make);

    public static Node Literal<T>(T value) => value switch
    {
        bool b => b ? Node.True : Node.False,
        int i => new Lit(ModelType.Int, i),
        // A member's position is its code. An enum with other numbers is refused by its users.
        Enum e when Enum.IsDefined(typeof(T), e) => new Lit(OrBool(typeof(T)), Array.IndexOf(Enum.GetValues(typeof(T)), e)),
        Enum e => Recorder.Refused(Code.NoExpression, $"{e} is no member of {typeof(T).Name}", new Lit(OrBool(typeof(T)), 0)),
        _ => Recorder.Refused(
            Code.NoExpression,
            $"{typeof(T).Name} has no constants: elements of a sort are only ever bound by quantifiers and parameters",
            Placeholder(typeof(T))),
    };

    /// <summary>Returns a literal in place of a refused term.</summary>
    public static Node Placeholder(Type type) => new Lit(OrBool(type), 0);

    /// <summary>Returns the type, or bool in place of a type which its user refuses.</summary>
    public static ModelType OrBool(Type type)
    {
        try
        {
            return Of(type);
        }
        catch (ArgumentException refused)
        {
            return Recorder.Refused(Code.NoSuchType, refused.Message, ModelType.Bool);
        }
    }

    /// <summary>Returns None at an option type. At any other type, returns a literal which <c>WellFormed</c> refuses (M104).</summary>
    public static Node None(Type type) => OrBool(type) is var model && model is OptionType ? new Lit(model, 0) : new Lit(model, -1);

    private static ModelType Make(Type type)
    {
        if (type == typeof(bool))
        {
            return ModelType.Bool;
        }

        if (type == typeof(int))
        {
            return ModelType.Int;
        }

        if (type.IsEnum)
        {
            return new EnumType(type);
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Option<>))
        {
            return Of(type.GetGenericArguments()[0]) is var element and (SortType or EnumType)
                ? new OptionType(element)
                : throw new ArgumentException($"an option holds an element of a sort or an enum, not {type.GetGenericArguments()[0].Name}");
        }

        return typeof(ISort).IsAssignableFrom(type) && type.IsValueType
            ? Sort(type)
            : throw new ArgumentException($"{type.Name} is not a type of the model language: use bool, an enum, "
                + "a sort (struct S : ISort), Option<..> of these, or int with a range");
    }

    private static SortType Sort(Type type)
    {
        var sort = new SortType(type.Name) { Clr = type, IsOrdered = typeof(IOrderedSort).IsAssignableFrom(type) };
        return type.GetCustomAttribute<PrefixAttribute>() is { } prefix ? sort with { Prefix = prefix.Prefix } : sort;
    }
}
