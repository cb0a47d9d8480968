namespace Checker.Tests.Fuzz.Generator;

/// <summary>
/// Names for all parts of a model: plain names, or odd ones with a meaning in SMT-LIB, in a file system or in another part of the
/// model. Within one kind of things, names are distinct. Across kinds, names repeat on purpose.
/// </summary>
internal sealed class Names(Dice dice)
{
    /// <summary>Odd names which are C# identifiers.</summary>
    private static readonly string[] s_identifiers =
    [
        "x", "y", "A", "B", "E", "X0", "X1", "Init", "Properties", "match", "assert", "let", "forall", "exists", "and", "or", "not", "ite",
        "true_", "Bool", "Int", "None", "Some", "some", "p0", "a0", "b0", "größe", "变量", "Ωmega", "define", "par", "_", "a_b", "A_B",
        "is",
        "select", "lemmas", "count", "next", "state", "step", "a", "b", "e", "int", "value", "Invariant", "label", "has", "x0", "xor",
        "const", "bad", "choice", "assume", "e\u0301", "ﬁ", "E2", "x__y", "distinct", "check", "declare", "sat", "unsat", "model",
        "action", "taken", "tag", "UNIT",
    ];

    /// <summary>Odd names which are arbitrary strings: for actions, properties and labels.</summary>
    private static readonly string[] s_strings =
    [
        "A.b", "A-b", "a b", "two  spaces", "[x]", "x[a0]", "f(x)", "\"quoted\"", "it's", "|bar|", "back\\slash", "a/b", "semi;colon", "x'",
        "x!1", "100%", "a,b", "*", "#1", "=>", "<->", "x=1", "&", "\u00e9\u00e8", "\u65e5\u672c", "{brace}", "$dollar", "a:b", "?",
        "CON", "..",
        "Set(x=true)", "Init", "Properties", "guard 1: x", "witness 1", "InRange(A.x)", "OneWriter(A.x)", "Inferred1", "manifest",
        "invariant",
    ];

    private readonly Dictionary<string, HashSet<string>> _given = new(StringComparer.Ordinal);
    private readonly bool _odd = dice.Chance(45);

    /// <summary>A name for a variable, sort, enum, member or bound variable.</summary>
    public string Identifier(string kind, string plain) => Fresh(kind, plain, odd: () => dice.Of(s_identifiers));

    /// <summary>A name for an action, property, label or definition.</summary>
    public string Text(string kind, string plain) => Fresh(kind, plain, odd: () => dice.Chance(60) ? dice.Of(s_strings)
        : dice.Of(s_identifiers));

    /// <summary>A name which other things of its kind may have as well.</summary>
    public string Shared(string plain) => _odd && dice.Chance(40) ? dice.Of(s_identifiers) : plain;

    private string Fresh(string kind, string plain, Func<string> odd)
    {
        if (!_given.TryGetValue(kind, out var given))
        {
            _given[kind] = given = new(StringComparer.Ordinal);
        }

        for (int tries = 0; _odd && tries < 4 && dice.Chance(70); tries++)
        {
            string name = odd();
            if (given.Add(name))
            {
                return name;
            }
        }

        for (int number = given.Count; ; number++)
        {
            string name = $"{plain}{number}";
            if (given.Add(name))
            {
                return name;
            }
        }
    }
}
