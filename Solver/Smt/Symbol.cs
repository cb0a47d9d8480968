using System.Buffers;
using System.Globalization;
using System.Text;
using Checker.Model.Ir;

namespace Checker.Solver.Smt;

/// <summary>The named things of SMT-LIB. Each kind has its own name space.</summary>
internal enum SymbolKind
{
    Sort,
    Member,
    Function,

    /// <summary>The predicate which is true if an option is not None.</summary>
    IsSome,

    /// <summary>The constant which is true if a sort has an element.</summary>
    NotEmpty,

    /// <summary>A bound variable.</summary>
    Bound,

    /// <summary>A parameter of an action, the element of a negated "for all", or the element of an option.</summary>
    Constant,

    /// <summary>The literal of an assumption. It lets the solver report the use of the assumption.</summary>
    Tracker,
}

/// <summary>
/// A symbol of SMT-LIB. All symbols are made here, from the names of a model. Two symbols have the same text only if they are equal: the
/// text is quoted, begins with the kind, and escapes separators and characters which a solver may not read.
/// </summary>
/// <param name="Name">The name, escaped.</param>
/// <param name="Number">The number which distinguishes fresh symbols of one name; negative for all others.</param>
internal readonly record struct Symbol(SymbolKind Kind, string Name, int Number)
{
    private const string Structure = "|\\%![],:? ";

    private static readonly SearchValues<char> s_plain =
        SearchValues.Create([.. Enumerable.Range('!', '~' - '!' + 1).Select(c => (char)c).Where(c => !Structure.Contains(c))]);

    public static Symbol Sort(string name) => new(SymbolKind.Sort, Escape(name), -1);

    /// <summary>The sort of an enum or of an option of one. Its values are constants.</summary>
    public static Symbol Sort(ModelType type) => new(SymbolKind.Sort, TypeName(type), -1);

    public static Symbol Member(ModelType type, int code) => new(SymbolKind.Member, $"{TypeName(type)}:{Value(type, code)}", -1);

    public static Symbol NotEmpty(SortType sort) => new(SymbolKind.NotEmpty, Escape(sort.Name), -1);

    /// <summary>A variable, or a part of a split variable.</summary>
    /// <param name="places">The value of each index in this part, or null for any element of a sort.</param>
    public static Symbol Function(SymbolKind kind, Variable variable, IEnumerable<(ModelType Type, int? Code)> places)
    {
        string[] texts = [.. places.Select(p => p.Code is { } code ? Value(p.Type, code) : "_")];
        return new(kind, Escape(variable.Name) + (Array.TrueForAll(texts, t => t == "_") ? "" : $"[{string.Join(',', texts)}]"), -1);
    }

    public static Symbol Fresh(SymbolKind kind, string name, int number) => new(kind, Escape(name), number);

    public override string ToString()
    {
        string kind = Kind switch
        {
            SymbolKind.Sort => "sort",
            SymbolKind.Member => "value",
            SymbolKind.Function => "var",
            SymbolKind.IsSome => "some",
            SymbolKind.NotEmpty => "elements",
            SymbolKind.Bound => "bound",
            SymbolKind.Constant => "const",
            _ => "use",
        };
        return Number < 0 ? $"|{kind} {Name}|" : string.Create(CultureInfo.InvariantCulture, $"|{kind} {Name}!{Number}|");
    }

    private static string TypeName(ModelType type) => type is OptionType option ? TypeName(option.Element) + "?" : Escape(type.Name);

    private static string Value(ModelType type, int code) => type is not OptionType option ? Escape(Printer.Value(type, code))
        : code == 0 ? "None"
        : option.Element is SortType ? "_"
        : $"Some {Value(option.Element, code - 1)}";

    /// <summary>Writes separators and characters outside plain ASCII as numbers.</summary>
    private static string Escape(string name)
    {
        if (name.AsSpan().IndexOfAnyExcept(s_plain) < 0)
        {
            return name;
        }

        var text = new StringBuilder(name.Length);
        foreach (char c in name)
        {
            if (s_plain.Contains(c))
            {
                text.Append(c);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"%{(int)c:X4}");
            }
        }

        return text.ToString();
    }
}

/// <summary>The sort of a term. Without a symbol it is Bool.</summary>
internal readonly record struct TermSort(Symbol? Symbol)
{
    public static TermSort Bool => default;

    public override string ToString() => Symbol is { } symbol ? symbol.ToString() : "Bool";
}
