using System.Collections.Immutable;
using System.Diagnostics;
using Checker.Model.Ir;

namespace Checker.Solver.Instance;

/// <summary>One location of the state: a variable at an index. Its value is a code from 0 to <paramref name="Cardinality"/> - 1.</summary>
public sealed record Cell(int Number, Variable Variable, ImmutableArray<int> Index, int Cardinality)
{
    /// <summary>The code of the value in the initial state.</summary>
    public int Initial { get; init; } = Variable.Initial;

    public override string ToString() =>
        Printer.Location(Variable, string.Join(",", Index.Select((code, i) => Printer.Value(Variable.Index[i], code))));
}

/// <summary>An action with values for its parameters. The number is its index among all instances of the scope, possible or not.</summary>
public sealed record ActionInstance(int Number, ActionDeclaration Action, ImmutableArray<int> Arguments)
{
    public override string ToString() => Arguments.IsEmpty
        ? Action.Name
        : $"{Action.Name}({string.Join(", ", Arguments.Select((code, i) => Assigned(Action.Parameters[i], code)))})";

    private static string Assigned(Binder parameter, int code) => $"{parameter.Name}={Printer.Value(parameter.Type, code)}";
}

/// <summary>
/// A model with a size for each sort, which makes an instance finite. It numbers the cells of the state and the action instances.
/// Every engine on finite instances uses these numbers.
/// </summary>
public sealed class Scope
{
    /// <summary>The largest size of a sort. The analysis of value sets uses one machine word for each cell.</summary>
    public const int LargestSort = 62;

    private const int MostInstances = 1 << 20;
    private readonly Dictionary<string, int> _sizes;
    private readonly Dictionary<Variable, int> _first = [];

    /// <exception cref="ArgumentException">A sort has no size, or a negative one.</exception>
    /// <exception cref="InstanceTooLargeException">A sort is too large, or there are more instances than can be numbered.</exception>
    public Scope(TransitionSystem system, IReadOnlyDictionary<string, int> sizes)
    {
        System = system;
        _sizes = new(sizes, StringComparer.Ordinal);
        foreach (var sort in system.Sorts)
        {
            if (!_sizes.TryGetValue(sort.Name, out int size) || size < 0)
            {
                throw new ArgumentException($"the sort {sort.Name} needs a size from 0 to {LargestSort}", nameof(sizes));
            }

            if (size > LargestSort)
            {
                throw new InstanceTooLargeException($"the sort {sort.Name} has {size} elements; at most {LargestSort} are allowed");
            }
        }

        var cells = ImmutableArray.CreateBuilder<Cell>();
        foreach (var variable in system.Variables)
        {
            if (variable is { Rigid: RigidFunction.Blocks, Type: SortType blocks } && SizeOf(blocks) == 0)
            {
                throw new ArgumentException($"the sort {blocks.Name} needs at least one element: each {variable.Index[0]} is in one");
            }

            _first[variable] = cells.Count;
            int cardinality = Cardinality(variable.Type);
            cells.AddRange(Tuples([.. variable.Index.Select(Cardinality)])
                .Select((index, i) => new Cell(_first[variable] + i, variable, index, cardinality) { Initial = Initial(variable, index) }));
        }

        Cells = cells.ToImmutable();
        long count = system.Actions.Sum(a => a.Parameters.Aggregate(1L, (n, p) => n * Cardinality(p.Type)));
        if (count > MostInstances)
        {
            throw new InstanceTooLargeException($"{count:N0} action instances are more than {MostInstances:N0}: choose smaller bounds");
        }

        Instances = [.. system.Actions.SelectMany(a => Tuples([.. a.Parameters.Select(p => Cardinality(p.Type))]).Select(t => (a, t)))
            .Select((pair, i) => new ActionInstance(i, pair.a, pair.t))];
    }

    /// <summary>Reuses the states and action instances of another scope for a system with the same variables and actions.</summary>
    private Scope(Scope other, TransitionSystem system) =>
        (System, _sizes, _first, Cells, Instances) = (system, other._sizes, other._first, other.Cells, other.Instances);

    public TransitionSystem System { get; }

    public ImmutableArray<Cell> Cells { get; }

    public ImmutableArray<ActionInstance> Instances { get; }

    /// <summary>Returns the same instance of the model without the label.</summary>
    public Scope Without(string label) => new(this, System.Without(label));

    public int SizeOf(SortType sort) => _sizes[sort.Name];

    /// <summary>The number of codes of a type.</summary>
    public int Cardinality(ModelType type) => type switch
    {
        BoolType => 2,
        EnumType e => e.Members.Length,
        SortType s => SizeOf(s),
        OptionType o => Cardinality(o.Element) + 1,
        RangeType r => r.Max + 1,
        _ => throw new UnreachableException($"a value of type {type.Name} is never stored"),
    };

    /// <summary>The first of the variable's cells. The others follow, with the last index moving fastest.</summary>
    public int FirstCell(Variable variable) => _first[variable];

    /// <summary>The distances, in the order of all tuples of these types, between tuples which differ by one at each place.</summary>
    public int[] Strides(IReadOnlyCollection<ModelType> types) =>
        [.. types.Select((_, d) => types.Skip(d + 1).Aggregate(1, (n, t) => n * Cardinality(t)))];

    public int CellAt(Variable variable, ReadOnlySpan<int> index)
    {
        int offset = 0;
        for (int i = 0; i < index.Length; i++)
        {
            offset = (offset * Cardinality(variable.Index[i])) + index[i];
        }

        return _first[variable] + offset;
    }

    /// <summary>The value of every cell in the initial state.</summary>
    public int[] InitialState() => [.. Cells.Select(c => c.Initial)];

    /// <summary>
    /// The initial value of a cell. The order of a sort is that of the numbers of its elements. Of n elements in b blocks, element i is in
    /// block i * b / n, rounded down: with 4 elements and 2 blocks, each block has 2.
    /// </summary>
    private int Initial(Variable variable, ImmutableArray<int> index) => variable.Rigid is not { } rigid ? variable.Initial : rigid switch
    {
        RigidFunction.Order => index[0] < index[1] ? 1 : 0,
        RigidFunction.Blocks => index[0] * Cardinality(variable.Type) / Cardinality(variable.Index[0]),
    };

    /// <summary>All index tuples of these dimensions, the last one moving fastest.</summary>
    public static IEnumerable<ImmutableArray<int>> Tuples(ImmutableArray<int> dimensions)
    {
        if (dimensions.Any(d => d == 0))
        {
            yield break;
        }

        int[] at = new int[dimensions.Length];
        while (true)
        {
            yield return [.. at];
            int i = at.Length - 1;
            while (i >= 0 && ++at[i] == dimensions[i])
            {
                at[i--] = 0;
            }

            if (i < 0)
            {
                yield break;
            }
        }
    }
}
