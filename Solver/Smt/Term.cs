using System.Collections.Immutable;
using System.Diagnostics;

namespace Checker.Solver.Smt;

internal enum TermKind
{
    True,
    False,
    Apply,
    Not,
    And,
    Or,
    Implies,
    Ite,
    Equal,
    Forall,
    Exists,
}

/// <summary>
/// A term of first-order logic with its sort. The functions below make terms and fold constants. Terms are equal if they are built alike
/// from the same symbols, independently of the symbols' texts.
/// </summary>
internal sealed class Term : IEquatable<Term>
{
    public static readonly Term True = new(TermKind.True, default, TermSort.Bool, []);
    public static readonly Term False = new(TermKind.False, default, TermSort.Bool, []);
    private const int Few = 8;
    private readonly int _hash;

    private Term(TermKind kind, Symbol symbol, TermSort sort, ImmutableArray<Term> arguments)
    {
        (Kind, Symbol, Sort, Arguments) = (kind, symbol, sort, arguments);
        var hash = default(HashCode);
        hash.Add(kind);
        hash.Add(symbol);
        foreach (var argument in arguments)
        {
            hash.Add(argument._hash);
        }

        _hash = hash.ToHashCode();
    }

    public TermKind Kind { get; }

    /// <summary>The applied function, or the variable bound by a quantifier.</summary>
    public Symbol Symbol { get; }

    /// <summary>The sort of the term. For a quantifier, the sort of its variable.</summary>
    public TermSort Sort { get; }

    public ImmutableArray<Term> Arguments { get; }

    public bool IsBool => Kind != TermKind.Apply || Sort == TermSort.Bool;

    public static Term Apply(Symbol symbol, TermSort sort, params ImmutableArray<Term> arguments) =>
        new(TermKind.Apply, symbol, sort, arguments);

    public static Term Constant(bool value) => value ? True : False;

    public static Term Not(Term a) => a.Kind switch
    {
        TermKind.True => False,
        TermKind.False => True,
        TermKind.Not => a.Arguments[0],
        _ => Make(TermKind.Not, a),
    };

    public static Term And(params IEnumerable<Term> parts) => Join(TermKind.And, True, False, parts);

    public static Term Or(params IEnumerable<Term> parts) => Join(TermKind.Or, False, True, parts);

    public static Term Implies(Term a, Term b) => (a.Kind, b.Kind) switch
    {
        (TermKind.True, _) => b,
        (TermKind.False, _) or (_, TermKind.True) => True,
        (_, TermKind.False) => Not(a),
        _ => Make(TermKind.Implies, a, b),
    };

    /// <summary>Makes a choice between two terms of one sort.</summary>
    public static Term Ite(Term c, Term a, Term b) => (c.Kind, a.Kind, b.Kind) switch
    {
        (TermKind.True, _, _) => a,
        (TermKind.False, _, _) => b,
        (_, TermKind.True, TermKind.False) => c,
        (_, TermKind.False, TermKind.True) => Not(c),
        (_, TermKind.True, _) => Or(c, b),
        (_, TermKind.False, _) => And(Not(c), b),
        (_, _, TermKind.True) => Or(Not(c), a),
        (_, _, TermKind.False) => And(c, a),
        _ => a.Equals(b) ? a : new(TermKind.Ite, default, a.Sort, [c, a, b]),
    };

    /// <summary>Makes the equality of two terms of one sort. Two values of an enum are equal only if they are the same.</summary>
    public static Term Equal(Term a, Term b) => a.Equals(b) ? True : (a.Kind, b.Kind) switch
    {
        (TermKind.True, _) => b,
        (_, TermKind.True) => a,
        (TermKind.False, _) => Not(b),
        (_, TermKind.False) => Not(a),
        (TermKind.Apply, TermKind.Apply) when a.Symbol.Kind == SymbolKind.Member && b.Symbol.Kind == SymbolKind.Member => False,
        _ => Make(TermKind.Equal, a, b),
    };

    /// <summary>Makes a quantifier over a non-empty sort. If the variable does not occur, the quantifier is left out.</summary>
    public static Term Quantify(bool all, Symbol variable, TermSort sort, Term body) =>
        body.Mentions(variable) ? new(all ? TermKind.Forall : TermKind.Exists, variable, sort, [body]) : body;

    public bool Equals(Term? other) => ReferenceEquals(this, other)
        || (other is not null && _hash == other._hash && Kind == other.Kind && Symbol == other.Symbol && Sort == other.Sort
            && Arguments.AsSpan().SequenceEqual(other.Arguments.AsSpan()));

    public override bool Equals(object? obj) => Equals(obj as Term);

    public override int GetHashCode() => _hash;

    public override string ToString() => TermText.Print(this);

    /// <summary>True if the variable occurs. Bound variables are all different, so any occurrence belongs to this one.</summary>
    private bool Mentions(Symbol symbol) => (Kind == TermKind.Apply && Symbol == symbol) || Arguments.Any(a => a.Mentions(symbol));

    private static Term Make(TermKind kind, params ImmutableArray<Term> arguments) => new(kind, default, TermSort.Bool, arguments);

    private static Term Join(TermKind kind, Term unit, Term zero, IEnumerable<Term> parts)
    {
        var kept = new List<Term>();
        HashSet<Term>? known = null;
        foreach (var part in parts)
        {
            Debug.Assert(part.IsBool, "only formulas are joined");
            if (part.Kind == zero.Kind)
            {
                return zero;
            }

            if (part.Kind == unit.Kind)
            {
                continue;
            }

            // Few parts are compared faster one by one.
            if (known is null && kept.Count == Few)
            {
                known = [.. kept];
            }

            if (known?.Add(part) ?? !kept.Contains(part))
            {
                kept.Add(part);
            }
        }

        return kept.Count switch { 0 => unit, 1 => kept[0], _ => Make(kind, [.. kept]) };
    }
}
