using System.Collections.Immutable;
using Checker.Model.Ir;

namespace Checker.Solver.Proof;

/// <summary>
/// The conjuncts added by the encoding: a relation for an option has a row only if the option is not None, and at most one row for each
/// index. This is trivial in the model but not in the encoding, so these conjuncts have obligations like the lemmas.
/// </summary>
internal static class Representation
{
    /// <param name="named">The properties and lemmas whose names must not be used.</param>
    public static IEnumerable<PropertyDeclaration> Of(Relational relational, IEnumerable<PropertyDeclaration> named)
    {
        var taken = named.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var function in relational.Functions())
        {
            var variable = function.Variable;
            if (variable.Type is not OptionType { Element: SortType element })
            {
                continue;
            }

            var binders = new List<Binder>();
            var index = variable.Index.Zip(function.Cases, (type, code) => Index(type, code, binders)).ToImmutableArray();
            var (x, y) = (new Binder("x", element), new Binder("y", element));
            var read = new Read(variable, index, Primed: false);
            var (isX, isY) = (new Eq(read, new Some(new Bound(x))), new Eq(read, new Some(new Bound(y))));
            var some = new Not(new Eq(read, new Lit(variable.Type, 0)));
            string name = Relational.NameOf(function);
            yield return Conjunct($"Some({name})", new Implies(isX, some), [.. binders, x]);
            yield return Conjunct(
                $"Function({name})",
                new Implies(new And([isX, isY]), new Eq(new Bound(x), new Bound(y))),
                [.. binders, x, y]);

            PropertyDeclaration Conjunct(string title, Node body, IEnumerable<Binder> all) =>
                new(
                    Free(title, taken),
                    PropertyKind.Lemma,
                    all.Reverse().Aggregate(body, (b, binder) => new Quantified(QuantifierKind.Forall, binder, b)),
                    [],
                    variable.Source)
                {
                    Because = "an option holds one element at most",
                    Serves = "the encoding of options as relations",
                };
        }
    }

    /// <summary>Returns the name, with a number if it is taken, and marks it as taken.</summary>
    public static string Free(string name, HashSet<string> taken)
    {
        string free = name;
        for (int n = 2; !taken.Add(free); n++)
        {
            free = $"{name} ({n})";
        }

        return free;
    }

    private static Node Index(ModelType type, int code, List<Binder> binders)
    {
        if (type is not SortType && (type is not OptionType { Element: SortType } || code == 0))
        {
            return new Lit(type, code);
        }

        var binder = new Binder($"i{binders.Count}", type as SortType ?? (SortType)((OptionType)type).Element);
        binders.Add(binder);
        return type is SortType ? new Bound(binder) : new Some(new Bound(binder));
    }
}
