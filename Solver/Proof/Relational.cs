using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Checker.Model.Ir;
using Checker.Solver.Smt;

namespace Checker.Solver.Proof;

/// <summary>
/// The value of a bound variable: the term for an element of a sort or of an option of one, or the code of a finite type. An option of a
/// sort without a term is None.
/// </summary>
internal readonly record struct Meaning(Term? Element, int Code)
{
    public static Meaning None => default;
}

/// <summary>
/// A model as first-order logic over uninterpreted sorts of any size. Proofs, their certificates and the second solver share this
/// encoding. docs/proofs.md explains its shape.
/// <list type="bullet">
/// <item>A finite index splits the variable: <c>spte[p, Private]</c> is the function <c>spte[_,Private]</c> of p.</item>
/// <item>An option of a sort is a relation, with a separate predicate for not being None: <c>gmem(p, f)</c> is
/// "gmem[p] is f", <c>some gmem(p)</c> is "gmem[p] is not None".</item>
/// <item>Quantifiers over sorts stay, guarded if the sort may be empty. Those over finite types are unrolled.</item>
/// </list>
/// </summary>
internal sealed class Relational
{
    /// <summary>The largest total number of copies of formulas made by unrolled quantifiers.</summary>
    private const int MostCopies = 300_000;

    private readonly TransitionSystem _system;
    private readonly CancellationToken _cancellation;

    /// <summary>The functions of each variable, in the order of <see cref="Instance.Scope.Tuples"/>.</summary>
    private readonly Dictionary<Variable, ImmutableArray<StateFunction>> _functions;

    /// <summary>The copies made so far, by this encoding and all its forks.</summary>
    private readonly StrongBox<int> _copies;

    private int _fresh;

    public Relational(TransitionSystem system, CancellationToken cancellation = default)
    {
        (_system, _cancellation, _copies, Encodable) = (system, cancellation, new(), new(system));
        _functions = system.Variables.Where(Encodable.Has).ToDictionary(v => v, v => StateFunction.Of(v));
    }

    private Relational(Relational origin) => (_system, _cancellation, _functions, _copies, _fresh, Encodable) =
        (origin._system, origin._cancellation, origin._functions, origin._copies, origin._fresh, origin.Encodable);

    /// <summary>The encodable part of the model.</summary>
    public Encodable Encodable { get; }

    /// <summary>
    /// Makes an encoding which numbers its fresh symbols from here on. The names in a script then do not depend on the other scripts,
    /// which may be made at the same time by other threads.
    /// </summary>
    public Relational Fork() => new(this);

    /// <summary>The sorts, enums and functions of a state; the same for every obligation of the model.</summary>
    public IEnumerable<string> Declarations()
    {
        foreach (var sort in _system.Sorts)
        {
            yield return TermText.DeclareSort(Symbol.Sort(sort));
        }

        foreach (var sort in _system.Sorts.Where(s => _system.MayBeEmpty.Contains(s.Name)))
        {
            yield return TermText.DeclareConstant(Symbol.NotEmpty(sort), TermSort.Bool);
        }

        var variables = _system.Variables.Where(Encodable.Has).ToList();
        foreach (var type in variables.Select(v => v.Type).Where(t => t is not BoolType && CountOf(t) is not null).Distinct())
        {
            yield return TermText.DeclareValues(
                Symbol.Sort(type),
                Enumerable.Range(0, CountOf(type)!.Value).Select(code => Symbol.Member(type, code)));
        }

        foreach (var function in Functions())
        {
            var arguments = function.Arguments.Select(SortOf).ToList();
            if (function.Variable.Type is OptionType { Element: SortType element })
            {
                yield return TermText.DeclareFunction(
                    function.Symbol(SymbolKind.Function),
                    arguments.Append(SortOf(element)),
                    TermSort.Bool);
                yield return TermText.DeclareFunction(function.Symbol(SymbolKind.IsSome), arguments, TermSort.Bool);
            }
            else
            {
                yield return TermText.DeclareFunction(function.Symbol(SymbolKind.Function), arguments, SortOf(function.Variable.Type));
            }
        }
    }

    /// <summary>The functions of the state.</summary>
    public IEnumerable<StateFunction> Functions() => _system.Variables.Where(Encodable.Has).SelectMany(v => _functions[v]);

    /// <summary>The initial state: the value of each function everywhere.</summary>
    public IEnumerable<Assumption> InitialState()
    {
        foreach (var function in Functions().Where(f => f.Variable.Rigid is null))
        {
            var (variable, name) = (function.Variable, function.Symbol(SymbolKind.Function).Name);
            var index = function.Arguments.Select(s => Bind("i", s)).ToImmutableArray();
            if (variable.Type is OptionType { Element: SortType element })
            {
                // Variables with options of a sort start as None, because nothing names an element.
                yield return new($"initial {name}?", Everywhere(Term.Not(function.Apply(SymbolKind.IsSome, index)), index).ToString());
                var x = Bind("x", element);
                yield return new(
                    $"initial {name}",
                    Everywhere(Term.Not(function.Apply(SymbolKind.Function, [.. index, x])), index.Add(x)).ToString());
            }
            else
            {
                var value = variable.Type is BoolType ? Term.Constant(variable.Initial != 0) : ValueOf(variable.Type, variable.Initial);
                yield return new(
                    $"initial {name}",
                    Everywhere(Term.Equal(function.Apply(SymbolKind.Function, index), value), index).ToString());
            }
        }
    }

    /// <summary>
    /// The fact that an option which is not None has an element, for the options of a sort. Without an index it is a constant. With an
    /// index it puts an existential under a universal, and is assumed only on demand.
    /// </summary>
    public IEnumerable<(ImmutableArray<string> Declarations, Assumption Fact)> Elements()
    {
        foreach (var function in Functions())
        {
            if (function.Variable.Type is not OptionType { Element: SortType element })
            {
                continue;
            }

            string name = $"Element({function.Symbol(SymbolKind.Function).Name})";
            var index = function.Arguments.Select(s => Bind("i", s)).ToImmutableArray();
            var some = function.Apply(SymbolKind.IsSome, index);
            if (index.IsEmpty)
            {
                var witness = Constant("some", element);
                yield return (
                    [Declare(witness)],
                    new(name, Term.Implies(some, Term.And(NotEmpty(element), function.Apply(SymbolKind.Function, [witness]))).ToString()));
            }
            else
            {
                var x = Bind("x", element);
                var has = Term.And(
                    NotEmpty(element),
                    Term.Quantify(all: false, x.Symbol, x.Sort, function.Apply(SymbolKind.Function, [.. index, x])));
                yield return ([], new(name, Everywhere(Term.Implies(some, has), index).ToString()) { OnDemand = true });
            }
        }
    }

    /// <summary>Returns the formula as a term. Bound variables are renamed apart.</summary>
    /// <exception cref="NotEncodableException">The formula has no encoding.</exception>
    public Term Formula(Node node, ImmutableDictionary<Binder, Meaning> bound)
    {
        switch (node)
        {
            case Lit { Type: BoolType } n: return Term.Constant(n.Code != 0);
            case HasLabel n: return Term.Constant(!_system.Dropped.Contains(n.Label));
            case Bound { Type: BoolType } n: return Term.Constant(bound[n.Binder].Code != 0);
            case Read n: return ReadAt(n, bound, (function, arguments) => function.Apply(SymbolKind.Function, arguments));
            case Eq n: return Equality(n.Left, n.Right, bound);
            case Not n: return Term.Not(Formula(n.Operand, bound));
            case And n: return Term.And(n.Operands.Select(o => Formula(o, bound)));
            case Or n: return Term.Or(n.Operands.Select(o => Formula(o, bound)));
            case Implies n:
                return Formula(n.Premise, bound) is var premise && premise.Kind == TermKind.False
                    ? Term.True
                    : Term.Implies(premise, Formula(n.Conclusion, bound));
            case Ite n: return Choose(n, bound, branch => Formula(branch, bound));
            case Definition n: return Formula(n.Body, bound);
            case Quantified n: return Quantify(n, bound);
            default: throw new NotEncodableException(Encodable.Refusal(node) ?? $"{node}: {node.Type} has no proof for any size here");
        }
    }

    /// <summary>Makes a fresh constant for an element.</summary>
    public Term Constant(string name, SortType sort) => Term.Apply(Symbol.Fresh(SymbolKind.Constant, name, _fresh++), SortOf(sort));

    public static string Declare(Term constant) => TermText.DeclareConstant(constant.Symbol, constant.Sort);

    /// <summary>The condition that the sort has elements. It is true for a sort which is never empty.</summary>
    public Term NotEmpty(SortType sort) =>
        _system.MayBeEmpty.Contains(sort.Name) ? Term.Apply(Symbol.NotEmpty(sort), TermSort.Bool) : Term.True;

    /// <summary>
    /// The number of values of a finite type; null for a type whose values depend on the size of a sort, and for integers.
    /// </summary>
    public static int? CountOf(ModelType type) => type switch
    {
        BoolType => 2,
        EnumType e => e.Members.Length,
        OptionType o => CountOf(o.Element) + 1,
        _ => null,
    };

    /// <summary>The unrolled values of a parameter or of a quantifier's variable, each with the elements it names.</summary>
    /// <param name="element">Makes the element of a sort's or an option's value.</param>
    public static IEnumerable<Meaning> Values(ModelType type, Func<SortType, Term> element)
    {
        switch (type)
        {
            case SortType sort:
                return [new(element(sort), 0)];
            case OptionType { Element: SortType sort }:
                return [Meaning.None, new(element(sort), 1)];
            default:
                int count = CountOf(type)
                    ?? throw new NotEncodableException($"values of type {type} cannot be gone through one by one for any size");
                return Enumerable.Range(0, count).Select(code => new Meaning(null, code));
        }
    }

    /// <summary>The options of a sort which an expression reads at known elements, as the terms "is some" and "is this element".</summary>
    public IEnumerable<(Term IsSome, Func<Term, Term> Is, SortType Sort)> OptionsAt(Node node, ImmutableDictionary<Binder, Meaning> ground)
    {
        var reads = Fold.Descendants(node)
            .OfType<Read>()
            .Where(r =>
                r.Variable.Type is OptionType { Element: SortType }
                    && r.Index.Any(i => i.Type is SortType or OptionType { Element: SortType }));
        foreach (var read in reads.Where(r => r.Index.All(i => CountOf(i.Type) is not null || KnownElement(i, ground) is not null)))
        {
            // A variable without an encoding has no functions.
            foreach (var function in _functions.GetValueOrDefault(read.Variable, []))
            {
                var elements = read.Index.Zip(function.Cases)
                    .Where(i => HasElement(i.First.Type, i.Second))
                    .Select(i => KnownElement(i.First, ground)!.Value.Element)
                    .ToList();
                if (elements.TrueForAll(e => e is not null) && !function.Arguments.IsEmpty)
                {
                    ImmutableArray<Term> arguments = [.. elements.Select(e => e!)];
                    yield return (
                        function.Apply(SymbolKind.IsSome, arguments),
                        x => function.Apply(SymbolKind.Function, [.. arguments, x]),
                        (SortType)((OptionType)read.Variable.Type).Element);
                }
            }
        }
    }

    /// <summary>Returns the name of a function in messages and in the names of its conjuncts.</summary>
    public static string NameOf(StateFunction function) => function.Symbol(SymbolKind.Function).Name;

    public static TermSort SortOf(ModelType type) => type is BoolType ? TermSort.Bool : new(Symbol.Sort(type));

    private static Term ValueOf(ModelType type, int code) => Term.Apply(Symbol.Member(type, code), SortOf(type));

    /// <summary>The index is an element here: of a sort, or of an option which is not None.</summary>
    public static bool HasElement(ModelType type, int code) => type is SortType || (type is OptionType { Element: SortType } && code == 1);

    public static SortType ElementOf(ModelType type) => type as SortType ?? (SortType)((OptionType)type).Element;

    private static Term Everywhere(Term body, ImmutableArray<Term> index) =>
        index.Reverse().Aggregate(body, (b, i) => Term.Quantify(all: true, i.Symbol, i.Sort, b));

    /// <summary>Makes a fresh bound variable.</summary>
    private Term Bind(string name, SortType sort) => Term.Apply(Symbol.Fresh(SymbolKind.Bound, name, _fresh++), SortOf(sort));

    private Term Quantify(Quantified n, ImmutableDictionary<Binder, Meaning> bound)
    {
        bool all = n.Kind == QuantifierKind.Forall;
        var each = new List<Term>();
        foreach (var value in Values(n.Binder.Type, sort => Bind(n.Binder.Name, sort)))
        {
            Copy(n.Binder);
            each.Add(Over(all, value.Element, n.Binder.Type, Formula(n.Body, bound.SetItem(n.Binder, value))));
        }

        return all ? Term.And(each) : Term.Or(each);
    }

    /// <summary>Quantifies the body over every (or some) element of the sort.</summary>
    private Term Over(bool all, Term? element, ModelType type, Term body) => element is null ? body
        : all ? Term.Implies(NotEmpty(ElementOf(type)), Term.Quantify(all, element.Symbol, element.Sort, body))
        : Term.And(NotEmpty(ElementOf(type)), Term.Quantify(all, element.Symbol, element.Sort, body));

    private void Copy(Binder binder)
    {
        _cancellation.ThrowIfCancellationRequested();
        if (Interlocked.Increment(ref _copies.Value) > MostCopies)
        {
            throw new NotEncodableException("the model is too large to be written out for a proof: quantifiers such as that over "
                + $"{binder} make more than {MostCopies:N0} copies of formulas");
        }
    }

    private Term Equality(Node left, Node right, ImmutableDictionary<Binder, Meaning> bound)
    {
        var type = left.Type is OptionType ? left.Type : right.Type is OptionType ? right.Type : left.Type;
        switch (type)
        {
            case OptionType { Element: SortType }:
                return KnownOption(left, bound) is { } a ? OptionIs(right, a, bound)
                    : KnownOption(right, bound) is { } b ? OptionIs(left, b, bound)
                    : SameOption(left, right, bound);
            case BoolType:
                return Term.Equal(Formula(left, bound), Formula(right, bound));
            case SortType:
                return Term.Equal(ElementTerm(left, bound), ElementTerm(right, bound));
            case var _ when CountOf(type) is not null:
                // A comparison with a constant folds.
                var (these, those) = (Cases(left, bound), Cases(right, bound));
                return these is [var one] ? Is(right, one.Code, bound)
                    : those is [var other] ? Is(left, other.Code, bound)
                    : left is Read l && right is Read r && IsPlain(l) && IsPlain(r) ? Term.Equal(ValueAt(l, bound), ValueAt(r, bound))
                    : Term.Or(these.Select(c => Term.And(c.Condition, Is(right, c.Code, bound))));
            default:
                throw new NotEncodableException($"{left} == {right}: integers have no proof for any size here");
        }
    }

    /// <summary>The two options are both None, or have the same element.</summary>
    private Term SameOption(Node left, Node right, ImmutableDictionary<Binder, Meaning> bound)
    {
        var sort = ElementOf(left.Type);
        var x = Bind("x", sort);
        var both = Over(all: false, x, sort, Term.And(OptionIs(left, new(x, 1), bound), OptionIs(right, new(x, 1), bound)));
        return Term.Or(Term.And(OptionIs(left, Meaning.None, bound), OptionIs(right, Meaning.None, bound)), both);
    }

    /// <summary>The value of a constant option of a sort; null if it must be read or chosen.</summary>
    private Meaning? KnownOption(Node node, ImmutableDictionary<Binder, Meaning> bound) => node switch
    {
        Lit => Meaning.None,
        Some n => new(ElementTerm(n.Element, bound), 1),
        Bound n => bound[n.Binder],
        Definition n => KnownOption(n.Body, bound),
        _ => null,
    };

    /// <summary>The known value of a bound variable which is an element or an option of a sort; null for other nodes.</summary>
    private static Meaning? KnownElement(Node node, ImmutableDictionary<Binder, Meaning> ground) => node switch
    {
        Bound n when ground.TryGetValue(n.Binder, out var meaning) => meaning,
        Some n => KnownElement(n.Element, ground) is { } element ? element with { Code = 1 } : null,
        Lit { Type: OptionType } => Meaning.None,
        _ => null,
    };

    /// <summary>The option of a sort is this element, or None.</summary>
    private Term OptionIs(Node option, Meaning value, ImmutableDictionary<Binder, Meaning> bound)
    {
        switch (option)
        {
            case Ite n:
                return Choose(n, bound, branch => OptionIs(branch, value, bound));
            case Definition n:
                return OptionIs(n.Body, value, bound);
            case Read n:
                return value.Element is { } x
                    ? ReadAt(n, bound, (function, arguments) => function.Apply(SymbolKind.Function, [.. arguments, x]))
                    : Term.Not(ReadAt(n, bound, (function, arguments) => function.Apply(SymbolKind.IsSome, arguments)));
        }

        var known = KnownOption(option, bound) ?? throw new UnreachableException(option.GetType().Name);
        return (known.Element, value.Element) switch
        {
            (null, null) => Term.True,
            ({ } a, { } b) => Term.Equal(a, b),
            _ => Term.False,
        };
    }

    /// <summary>The expression of a finite type has this value.</summary>
    private Term Is(Node node, int code, ImmutableDictionary<Binder, Meaning> bound)
    {
        switch (node)
        {
            case Lit n: return Term.Constant(n.Code == code);
            case Bound n: return Term.Constant(bound[n.Binder].Code == code);
            case Some n: return code == 0 ? Term.False : Is(n.Element, code - 1, bound);
            case Ite n: return Choose(n, bound, branch => Is(branch, code, bound));
            case Definition n: return Is(n.Body, code, bound);
            case { Type: BoolType }: return code != 0 ? Formula(node, bound) : Term.Not(Formula(node, bound));
            case Read n:
                var value = ValueOf(node.Type, code);
                return ReadAt(n, bound, (function, arguments) => Term.Equal(function.Apply(SymbolKind.Function, arguments), value));
            default: throw new UnreachableException(node.GetType().Name);
        }
    }

    /// <summary>The possible values of an expression of a finite type, each with its condition.</summary>
    private ImmutableArray<(Term Condition, int Code)> Cases(Node node, ImmutableDictionary<Binder, Meaning> bound) => node switch
    {
        Lit n => [(Term.True, n.Code)],
        Bound n => [(Term.True, bound[n.Binder].Code)],
        Definition n => Cases(n.Body, bound),
        _ =>
            [.. Enumerable.Range(0, CountOf(node.Type)!.Value)
                .Select(code => (Condition: Is(node, code, bound), code))
                .Where(c => c.Condition.Kind != TermKind.False)],
    };

    /// <summary>
    /// An expression of a sort as a term. Only rigid variables have an element as their value, so elements are bound variables, their
    /// blocks, and choices among them.
    /// </summary>
    private Term ElementTerm(Node node, ImmutableDictionary<Binder, Meaning> bound) => node switch
    {
        Bound n => bound[n.Binder].Element!,
        Read n => ReadAt(n, bound, (function, arguments) => function.Apply(SymbolKind.Function, arguments)),
        Ite n => Choose(n, bound, branch => ElementTerm(branch, bound)),
        Definition n => ElementTerm(n.Body, bound),
        _ => throw new UnreachableException(node.GetType().Name),
    };

    private Term Choose(Ite n, ImmutableDictionary<Binder, Meaning> bound, Func<Node, Term> branch)
    {
        var condition = Formula(n.Condition, bound);
        return condition.Kind switch
        {
            TermKind.True => branch(n.Then),
            TermKind.False => branch(n.Else),
            _ => Term.Ite(condition, branch(n.Then), branch(n.Else)),
        };
    }

    /// <summary>True if no index is an option of a sort which must be read.</summary>
    private static bool IsPlain(Read read) => read.Index.All(i => i.Type is not OptionType { Element: SortType });

    /// <summary>The value of a variable of an enum as a term.</summary>
    private Term ValueAt(Read read, ImmutableDictionary<Binder, Meaning> bound) =>
        ReadAt(read, bound, (function, arguments) => function.Apply(SymbolKind.Function, arguments));

    /// <summary>
    /// A formula about a variable at an index. It concerns one of the variable's functions, or a choice among several if a splitting index
    /// is not constant. An index which is the element of an option to be read becomes "some element, which is that of the option".
    /// </summary>
    private Term ReadAt(Read read, ImmutableDictionary<Binder, Meaning> bound, Func<StateFunction, ImmutableArray<Term>, Term> apply)
    {
        var functions = _functions[read.Variable];
        return At(0, [], 0);

        // The number of the function among those of the variable grows with each index.
        Term At(int position, ImmutableArray<Term> arguments, int number)
        {
            _cancellation.ThrowIfCancellationRequested();
            if (position == read.Index.Length)
            {
                return apply(functions[number], arguments);
            }

            var (index, type) = (read.Index[position], read.Variable.Index[position]);
            int first = number * StateFunction.PartsOf(type);
            return type switch
            {
                SortType => At(position + 1, arguments.Add(ElementTerm(index, bound)), first),
                OptionType { Element: SortType } => AtOption(index),
                _ => AtCases(Cases(index, bound)),
            };

            Term AtCases(ImmutableArray<(Term Condition, int Code)> known)
            {
                var result = At(position + 1, arguments, first + known[^1].Code);
                foreach (var (condition, code) in known.Reverse().Skip(1))
                {
                    result = Term.Ite(condition, At(position + 1, arguments, first + code), result);
                }

                return result;
            }

            Term AtOption(Node option)
            {
                switch (option)
                {
                    case Ite n:
                        return Choose(n, bound, AtOption);
                    case Definition n:
                        return AtOption(n.Body);
                    case Read:
                        var (sort, x) = (ElementOf(type), Bind("x", ElementOf(type)));
                        return Term.Or(
                            Term.And(OptionIs(option, Meaning.None, bound), At(position + 1, arguments, first)),
                            Over(all: false, x, sort,
                                Term.And(OptionIs(option, new(x, 1), bound), At(position + 1, arguments.Add(x), first + 1))));
                    default:
                        var known = KnownOption(option, bound)!.Value;
                        return known.Element is { } element
                            ? At(position + 1, arguments.Add(element), first + 1)
                            : At(position + 1, arguments, first);
                }
            }
        }
    }
}
