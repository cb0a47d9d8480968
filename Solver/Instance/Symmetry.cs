using System.Collections.Immutable;
using Checker.Model.Ir;

namespace Checker.Solver.Instance;

/// <summary>A permutation of the elements of every sort: <c>Image[sort][element]</c>.</summary>
public sealed record Permutation(ImmutableDictionary<string, ImmutableArray<int>> Image)
{
    public int Of(ModelType type, int code) => type switch
    {
        SortType s => Image.TryGetValue(s.Name, out var image) ? image[code] : code,
        OptionType o => code == 0 ? 0 : Of(o.Element, code - 1) + 1,
        _ => code,
    };

    /// <summary>Returns the state with its elements renamed.</summary>
    public int[] Apply(Scope scope, ReadOnlySpan<int> state)
    {
        int[] renamed = new int[state.Length];
        foreach (var cell in scope.Cells)
        {
            renamed[Target(scope, cell)] = Of(cell.Variable.Type, state[cell.Number]);
        }

        return renamed;
    }

    /// <summary>Returns the instance with its parameters renamed.</summary>
    public ImmutableArray<int> Apply(ActionInstance instance) =>
        [.. instance.Arguments.Select((code, i) => Of(instance.Action.Parameters[i].Type, code))];

    public int Target(Scope scope, Cell cell) =>
        scope.CellAt(cell.Variable, [.. cell.Index.Select((code, i) => Of(cell.Variable.Index[i], code))]);
}

/// <summary>
/// The renamings which leave a finite instance unchanged. The language cannot name an element of a sort, and every cell of a
/// variable starts with the same value. So every permutation of every sort without an order is a symmetry, and symmetry reduction is
/// always sound (Ip and Dill, "Better verification through symmetry", 1996, call such sorts scalarsets).
/// </summary>
public sealed class SymmetryGroup
{
    /// <summary>The largest useful number of permutations. If there are more, sorts are left out, the largest first.</summary>
    private const long MostPermutations = 5040;

    /// <summary>
    /// The largest permuted sort. Its codes and none must fit the table of sixteen 4-bit entries used for renaming a value.
    /// </summary>
    private const int LargestPermuted = 15;

    private readonly Lazy<ImmutableArray<Permutation>> _permutations;

    public SymmetryGroup(Scope scope)
    {
        var chosen = new List<SortType>();
        long size = 1;
        foreach (var sort in scope.System.Sorts
            .Where(s => !s.IsOrdered && scope.SizeOf(s) is > 1 and < LargestPermuted)
            .OrderBy(scope.SizeOf))
        {
            long factor = Enumerable.Range(1, scope.SizeOf(sort)).Aggregate(1L, (a, b) => a * b);
            if (size * factor <= MostPermutations)
            {
                chosen.Add(sort);
                size *= factor;
            }
        }

        Sorts = [.. chosen];
        Order = size;
        _permutations = new(() => [.. Products(scope, Sorts)]);
    }

    public ImmutableArray<SortType> Sorts { get; }

    /// <summary>The number of permutations.</summary>
    public long Order { get; }

    /// <summary>The permutations of the group, the identity first.</summary>
    public ImmutableArray<Permutation> Permutations => _permutations.Value;

    /// <summary>The group as text: "Page 2! x Frame 3!" or "none".</summary>
    public string Describe(Scope scope) => Sorts.IsEmpty ? "none" : string.Join(" x ", Sorts.Select(s => $"{s.Name} {scope.SizeOf(s)}!"));

    /// <summary>The exchanges of two elements of a sort, the first before the second.</summary>
    internal static IEnumerable<(int First, int Second, Permutation Exchange)> Exchanges(Scope scope, SortType sort)
    {
        ImmutableArray<int> identity = [.. Enumerable.Range(0, scope.SizeOf(sort))];
        return from a in identity
               from b in identity
               where a < b
               select (
                   a,
                   b,
                   new Permutation(ImmutableDictionary<string, ImmutableArray<int>>.Empty.Add(
                       sort.Name,
                       identity.SetItem(a, b).SetItem(b, a))));
    }

    private static IEnumerable<Permutation> Products(Scope scope, IEnumerable<SortType> sorts) =>
        sorts.Aggregate((IEnumerable<Permutation>)[new(ImmutableDictionary<string, ImmutableArray<int>>.Empty)],
            (products, sort) => products.SelectMany(p =>
                Orders([.. Enumerable.Range(0, scope.SizeOf(sort))]).Select(o => new Permutation(p.Image.Add(sort.Name, o)))));

    private static IEnumerable<ImmutableArray<int>> Orders(ImmutableArray<int> items) => items.IsEmpty
        ? [[]]
        : items.SelectMany(first => Orders(items.Remove(first)).Select(rest => rest.Insert(0, first)));
}
