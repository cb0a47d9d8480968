using System.Collections.Immutable;
using Checker.Model.Ir;
using Checker.Solver.Smt;

namespace Checker.Solver.Proof;

/// <summary>A function of the state: a variable, or its part with these values of the indices which are no elements.</summary>
/// <param name="Cases">The value of each index. It is -1 for a sort; for an option of a sort 0 for None and 1 for any element.</param>
/// <param name="Arguments">The sorts of the indices which are elements.</param>
internal sealed record StateFunction(Variable Variable, ImmutableArray<int> Cases, ImmutableArray<SortType> Arguments)
{
    private readonly (Symbol Value, Symbol IsSome) _symbols =
        (SymbolOf(SymbolKind.Function, Variable, Cases), SymbolOf(SymbolKind.IsSome, Variable, Cases));

    /// <summary>The functions of a variable, in the order of <see cref="Instance.Scope.Tuples"/>.</summary>
    public static ImmutableArray<StateFunction> Of(Variable variable) =>
    [
        .. from tuple in Instance.Scope.Tuples([.. variable.Index.Select(PartsOf)])
           let elements = variable.Index.Zip(tuple).Where(i => Relational.HasElement(i.First, i.Second))
           select new StateFunction(
               variable,
               [.. tuple.Zip(variable.Index, (code, type) => type is SortType ? -1 : code)],
               [.. elements.Select(i => Relational.ElementOf(i.First))])
    ];

    /// <summary>The number of parts into which an index splits its variable.</summary>
    public static int PartsOf(ModelType index) => Relational.CountOf(index) ?? (index is SortType ? 1 : 2);

    /// <summary>The symbol of the function itself, or of its predicate for not being None.</summary>
    public Symbol Symbol(SymbolKind kind) => kind == SymbolKind.IsSome ? _symbols.IsSome : _symbols.Value;

    /// <summary>The function, or its predicate for not being None, at these elements.</summary>
    public Term Apply(SymbolKind kind, ImmutableArray<Term> arguments) => Term.Apply(
        Symbol(kind),
        kind == SymbolKind.IsSome || Variable.Type is OptionType { Element: SortType } ? TermSort.Bool : Relational.SortOf(Variable.Type),
        arguments);

    private static Symbol SymbolOf(SymbolKind kind, Variable variable, ImmutableArray<int> cases) =>
        Smt.Symbol.Function(kind, variable, variable.Index.Zip(cases, (type, code) => (type, code < 0 ? (int?)null : code)));
}
