using System.Collections.Immutable;
using System.Diagnostics;
using Checker.Model.Ir;

namespace Checker.Solver.Smt;

/// <summary>What a bound variable stands for: a symbol of its sort, or the code of an enum member.</summary>
internal readonly record struct Meaning(string? Symbol, int Code);

/// <summary>
/// A model as first-order logic over uninterpreted sorts of any size, written as SMT-LIB text: the one encoding behind the
/// proofs, their certificates and the second solver. docs/proofs.md tells why it has this shape.
/// <list type="bullet">
/// <item>an index that is an enum splits the variable: <c>spte[p, Private]</c> is the function <c>spte.Private</c> of p;</item>
/// <item>an option of a sort is a relation, and whether it is some at all a predicate of its own: <c>gmem(p, f)</c> is
/// "gmem[p] is f", <c>gmem?(p)</c> is "gmem[p] is not None";</item>
/// <item>quantifiers over sorts stay, those over enums are unrolled.</item>
/// </list>
/// </summary>
internal sealed class Relational(TransitionSystem system)
{
    private int _fresh;

    /// <summary>The sorts, enums and functions of a state; the same for every obligation of the model.</summary>
    public IEnumerable<string> Declarations()
    {
        foreach (var sort in system.Sorts)
        {
            yield return $"(declare-sort {sort.Name} 0)";
        }

        foreach (var type in system.Variables.Select(v => v.Type).Select(t => t is OptionType o ? o.Element : t).OfType<EnumType>().Distinct())
        {
            yield return $"(declare-datatypes (({type.Name} 0)) (({string.Join(' ', type.Members.Select(m => $"({Member(type, m)})"))})))";
        }

        foreach (var (symbol, variable) in Symbols())
        {
            string arguments = string.Join(' ', variable.Index.OfType<SortType>().Select(s => s.Name));
            if (variable.Type is OptionType option)
            {
                yield return $"(declare-fun {symbol} ({arguments}{(arguments.Length > 0 ? " " : "")}{option.Element.Name}) Bool)";
                yield return $"(declare-fun {symbol}? ({arguments}) Bool)";
            }
            else
            {
                yield return $"(declare-fun {symbol} ({arguments}) {SortName(variable.Type)})";
            }
        }
    }

    /// <summary>
    /// What every state satisfies because an option holds one element at most: a relation has a row only where the option is some,
    /// and one row an index. Trivial in the model, not so in the encoding, so they are conjuncts like the lemmas.
    /// </summary>
    public IEnumerable<PropertyDeclaration> Representation()
    {
        foreach (var variable in system.Variables.Where(v => v.Type is OptionType { Element: SortType }))
        {
            foreach (var codes in EnumIndices(variable))
            {
                var element = ((OptionType)variable.Type).Element;
                int e = 0;
                var index = variable.Index.Select((t, i) => t is EnumType ? (Node)new Lit(t, codes[e++]) : new Bound(new Binder($"i{i}", t))).ToImmutableArray();
                var (x, y) = (new Binder("x", element), new Binder("y", element));
                var read = new Read(variable, index, Primed: false);
                var (isX, isY) = (new Eq(read, new Some(new Bound(x))), new Eq(read, new Some(new Bound(y))));
                var some = new Not(new Eq(read, new Lit(variable.Type, 0)));
                var binders = index.OfType<Bound>().Select(n => n.Binder).ToList();
                string symbol = Symbol(variable, codes);
                yield return Conjunct($"Some({symbol})", new Implies(isX, some), [.. binders, x], variable);
                yield return Conjunct($"Function({symbol})", new Implies(new And([isX, isY]), new Eq(new Bound(x), new Bound(y))), [.. binders, x, y], variable);
            }
        }

        static PropertyDeclaration Conjunct(string name, Node body, IEnumerable<Binder> binders, Variable variable) =>
            new(name, PropertyKind.Lemma, binders.Reverse().Aggregate(body, (b, binder) => new Quantified(QuantifierKind.Forall, binder, b)), [], variable.Source)
            {
                Because = "an option holds one element at most",
                Serves = "the encoding of options as relations",
            };
    }

    /// <summary>The initial state: what each function is everywhere.</summary>
    public IEnumerable<Assumption> InitialState()
    {
        foreach (var (symbol, variable) in Symbols())
        {
            var sorts = variable.Index.OfType<SortType>().Select(s => (Name: Fresh("i"), Sort: s.Name)).ToList();
            string[] index = [.. sorts.Select(s => s.Name)];
            if (variable.Type is OptionType option)
            {
                // Variables with options start as None: nothing names an element.
                yield return new($"initial {symbol}?", Everywhere(Text.Not(Application(symbol + "?", index)), sorts));
                string x = Fresh("x");
                yield return new($"initial {symbol}", Everywhere(Text.Not(Application(symbol, [.. index, x])), [.. sorts, (x, option.Element.Name)]));
            }
            else
            {
                string value = variable.Type is EnumType e ? Member(e, e.Members[variable.Initial]) : variable.Initial != 0 ? Text.True : Text.False;
                yield return new($"initial {symbol}", Everywhere(Text.Equal(Application(symbol, index), value), sorts));
            }
        }

        static string Everywhere(string body, IEnumerable<(string Name, string Sort)> sorts) =>
            sorts.Reverse().Aggregate(body, (b, s) => Text.Quantify("forall", s.Name, s.Sort, b));
    }

    /// <summary>The formula's text. Bound variables are renamed apart.</summary>
    public string Formula(Node node, ImmutableDictionary<Binder, Meaning> bound) => node switch
    {
        Lit { Type: BoolType } n => n.Code != 0 ? Text.True : Text.False,
        HasLabel n => system.Dropped.Contains(n.Label) ? Text.False : Text.True,
        Bound n when n.Type is BoolType => bound[n.Binder] is { Symbol: { } symbol } ? symbol : bound[n.Binder].Code != 0 ? Text.True : Text.False,
        Read n => ReadAt(n, bound, (symbol, arguments) => Application(symbol, arguments), Text.Ite),
        Eq n => Equality(n.Left, n.Right, bound),
        Not n => Text.Not(Formula(n.Operand, bound)),
        And n => Text.And(n.Operands.Select(o => Formula(o, bound))),
        Or n => Text.Or(n.Operands.Select(o => Formula(o, bound))),
        Implies n => Formula(n.Premise, bound) is var premise && premise == Text.False ? Text.True : Text.Implies(premise, Formula(n.Conclusion, bound)),
        Ite n => Text.Ite(Formula(n.Condition, bound), Formula(n.Then, bound), Formula(n.Else, bound)),
        Definition n => Formula(n.Body, bound),
        Quantified n => Quantify(n, bound),
        Less or Plus or Minus or Count => throw new NotSupportedException($"{node}: integers have no proof for any size here"),
        _ => throw new UnreachableException(node.GetType().Name),
    };

    /// <summary>A fresh symbol that reads like the name.</summary>
    public string Fresh(string name) => $"{name}!{_fresh++}";

    public static string SortName(ModelType type) => type switch
    {
        BoolType => "Bool",
        SortType or EnumType => type.Name,
        OptionType { Element: EnumType } => throw new NotSupportedException($"{type.Name}: an option of an enum has no proof for any size here; add a member to the enum"),
        _ => throw new NotSupportedException($"{type.Name}: integers have no proof for any size here"),
    };

    /// <summary>The SMT-LIB functions of the state, each with the variable that it is (a part of).</summary>
    public IEnumerable<(string Symbol, Variable Variable)> Symbols() =>
        system.Variables.SelectMany(v => EnumIndices(v).Select(codes => (Symbol(v, codes), v)));

    /// <summary>The values of the enum indices of a variable, one tuple for each function that it is split into.</summary>
    public static IEnumerable<ImmutableArray<int>> EnumIndices(Variable variable) =>
        Instance.Scope.Tuples([.. variable.Index.OfType<EnumType>().Select(e => e.Members.Length)]);

    public static string Symbol(Variable variable, ImmutableArray<int> codes)
    {
        string suffix = string.Concat(variable.Index.OfType<EnumType>().Select((e, i) => "." + e.Members[codes[i]]));
        return variable.Name + suffix;
    }

    /// <summary>The option variables that an expression reads at indices made of the given symbols alone, as atoms "is some" and "is this element".</summary>
    public IEnumerable<(string IsSome, Func<string, string> Is, string Sort)> OptionsAt(Node node, ImmutableDictionary<Binder, Meaning> ground)
    {
        var reads = Fold.Descendants(node).OfType<Read>()
            .Where(r => r.Variable.Type is OptionType { Element: SortType } && r.Index.All(i => i.Type is EnumType || (i is Bound b && ground.ContainsKey(b.Binder))));
        foreach (var read in reads)
        {
            string[] arguments = [.. read.Index.OfType<Bound>().Where(b => b.Type is SortType).Select(b => ground[b.Binder].Symbol!)];
            foreach (var codes in EnumIndices(read.Variable))
            {
                string symbol = Symbol(read.Variable, codes);
                yield return (Application(symbol + "?", arguments), x => Application(symbol, [.. arguments, x]), ((OptionType)read.Variable.Type).Element.Name);
            }
        }
    }

    private static string Member(EnumType type, string member) => $"{type.Name}.{member}";

    private static string Application(string symbol, IReadOnlyCollection<string> arguments) =>
        arguments.Count == 0 ? symbol : $"({symbol} {string.Join(' ', arguments)})";

    private string Quantify(Quantified n, ImmutableDictionary<Binder, Meaning> bound)
    {
        bool all = n.Kind == QuantifierKind.Forall;
        if (n.Binder.Type is SortType sort)
        {
            string name = Fresh(n.Binder.Name);
            return Text.Quantify(all ? "forall" : "exists", name, sort.Name, Formula(n.Body, bound.SetItem(n.Binder, new(name, 0))));
        }

        var each = Codes(n.Binder.Type).Select(code => Formula(n.Body, bound.SetItem(n.Binder, new(null, code))));
        return all ? Text.And(each) : Text.Or(each);
    }

    private static IEnumerable<int> Codes(ModelType type) => Enumerable.Range(0, type switch
    {
        BoolType => 2,
        EnumType e => e.Members.Length,
        _ => throw new NotSupportedException($"a quantifier over {type.Name} has no proof for any size here"),
    });

    private string Equality(Node left, Node right, ImmutableDictionary<Binder, Meaning> bound)
    {
        if (left.Type is OptionType || right.Type is OptionType)
        {
            return (left, right) switch
            {
                (Some a, Some b) => Equality(a.Element, b.Element, bound),
                (Some a, _) => OptionIs(right, Term(a.Element, bound), bound),
                (_, Some b) => OptionIs(left, Term(b.Element, bound), bound),
                (Lit, _) => IsNone(right, bound),
                (_, Lit) => IsNone(left, bound),
                _ => SameOption(left, right, bound),
            };
        }

        if (left.Type is BoolType)
        {
            return Text.Equal(Formula(left, bound), Formula(right, bound));
        }

        if (left.Type is EnumType)
        {
            // Against a constant, so that what is known folds.
            return Cases(left, bound) is [var one] ? EnumIs(right, one.Code, bound)
                : Cases(right, bound) is [var other] ? EnumIs(left, other.Code, bound)
                : Text.Equal(Term(left, bound), Term(right, bound));
        }

        return left is Ite ite ? Text.Ite(Formula(ite.Condition, bound), Equality(ite.Then, right, bound), Equality(ite.Else, right, bound))
            : right is Ite ? Equality(right, left, bound)
            : Text.Equal(Term(left, bound), Term(right, bound));
    }

    private string SameOption(Node left, Node right, ImmutableDictionary<Binder, Meaning> bound)
    {
        string x = Fresh("x");
        string both = Text.Quantify("exists", x, ((OptionType)left.Type).Element.Name, Text.And([OptionIs(left, x, bound), OptionIs(right, x, bound)]));
        return Text.Or([Text.And([IsNone(left, bound), IsNone(right, bound)]), both]);
    }

    /// <summary>The option is this element.</summary>
    private string OptionIs(Node option, string element, ImmutableDictionary<Binder, Meaning> bound) => option switch
    {
        Lit => Text.False,
        Some s => Text.Equal(Term(s.Element, bound), element),
        Ite n => Text.Ite(Formula(n.Condition, bound), OptionIs(n.Then, element, bound), OptionIs(n.Else, element, bound)),
        Read n => ReadAt(n, bound, (symbol, arguments) => Application(symbol, [.. arguments, element]), Text.Ite),
        _ => throw new UnreachableException(option.GetType().Name),
    };

    private string IsNone(Node option, ImmutableDictionary<Binder, Meaning> bound) => option switch
    {
        Lit => Text.True,
        Some => Text.False,
        Ite n => Text.Ite(Formula(n.Condition, bound), IsNone(n.Then, bound), IsNone(n.Else, bound)),
        Read n => Text.Not(ReadAt(n, bound, (symbol, arguments) => Application(symbol + "?", arguments), Text.Ite)),
        _ => throw new UnreachableException(option.GetType().Name),
    };

    private string EnumIs(Node node, int code, ImmutableDictionary<Binder, Meaning> bound) => node switch
    {
        Lit n => n.Code == code ? Text.True : Text.False,
        Bound n when bound[n.Binder].Symbol is null => bound[n.Binder].Code == code ? Text.True : Text.False,
        Ite n => Text.Ite(Formula(n.Condition, bound), EnumIs(n.Then, code, bound), EnumIs(n.Else, code, bound)),
        Definition n => EnumIs(n.Body, code, bound),
        _ => Text.Equal(Term(node, bound), Member((EnumType)node.Type, ((EnumType)node.Type).Members[code])),
    };

    /// <summary>The codes that an enum expression can have, each with the condition under which it has it.</summary>
    private ImmutableArray<(string Condition, int Code)> Cases(Node node, ImmutableDictionary<Binder, Meaning> bound) => node switch
    {
        Lit n => [(Text.True, n.Code)],
        Bound n when bound[n.Binder].Symbol is null => [(Text.True, bound[n.Binder].Code)],
        Definition n => Cases(n.Body, bound),
        _ => [.. Codes(node.Type).Select(code => (EnumIs(node, code, bound), code)).Where(c => c.Item1 != Text.False)],
    };

    /// <summary>An expression of a sort or an enum as a term.</summary>
    private string Term(Node node, ImmutableDictionary<Binder, Meaning> bound) => node switch
    {
        Lit n => Member((EnumType)n.Type, ((EnumType)n.Type).Members[n.Code]),
        Bound n => bound[n.Binder] is { Symbol: { } symbol } ? symbol : Member((EnumType)n.Type, ((EnumType)n.Type).Members[bound[n.Binder].Code]),
        Ite n => Text.Ite(Formula(n.Condition, bound), Term(n.Then, bound), Term(n.Else, bound)),
        Definition n => Term(n.Body, bound),
        Read n => ReadAt(n, bound, Application, Text.Ite),
        _ => throw new UnreachableException(node.GetType().Name),
    };

    /// <summary>A variable at an index: one function application, or a choice among several where an enum index is not constant.</summary>
    private string ReadAt(Read read, ImmutableDictionary<Binder, Meaning> bound, Func<string, IReadOnlyCollection<string>, string> apply, Func<string, string, string, string> choose)
    {
        return At(0, [], []);

        string At(int position, ImmutableArray<string> arguments, ImmutableArray<int> codes)
        {
            if (position == read.Index.Length)
            {
                return apply(Symbol(read.Variable, codes), arguments);
            }

            var index = read.Index[position];
            if (index.Type is not EnumType)
            {
                return At(position + 1, arguments.Add(Term(index, bound)), codes);
            }

            var cases = Cases(index, bound);
            string result = At(position + 1, arguments, codes.Add(cases[^1].Code));
            foreach (var (condition, code) in cases.Reverse().Skip(1))
            {
                result = choose(condition, At(position + 1, arguments, codes.Add(code)), result);
            }

            return result;
        }
    }
}
