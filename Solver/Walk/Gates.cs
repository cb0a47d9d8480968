using System.Diagnostics;
using System.Runtime.InteropServices;
using Checker.Solver.Instance;

namespace Checker.Solver.Walk;

/// <summary>
/// Formulas as a network of and-gates: the same formula is the same gate, whatever asks for it. An input of a gate is the output of
/// another node, or its opposite; so an or-gate is an and-gate seen from behind, and there is no other kind.
/// <para>
/// A <em>signal</em> is a node's number times two, plus one for its opposite. Node 0 is true. A leaf says that a cell has a code. There
/// are two copies of the cells: number c is the cell now, and c plus their count the same cell before the last step.
/// </para>
/// </summary>
internal sealed class Gates(ulong[] possible)
{
    public const int True = 0;
    public const int False = 1;

    private readonly List<(int Cell, int Code)> _leaves = [(-1, 0)];
    private readonly List<int[]?> _inputs = [[]];
    private readonly List<int> _levels = [0];
    private readonly Dictionary<(int Cell, int Code), int> _leafOf = [];
    private readonly Dictionary<int[], int> _gateOf = new(new SameInputs());
    private readonly Dictionary<Formula, int> _now = [];
    private readonly Dictionary<Formula, int> _step = [];
    private readonly Dictionary<(bool Step, Formula Formula, int Value), int> _is = [];
    private readonly Dictionary<Formula, int[]> _values = [];

    public int Count => _inputs.Count;

    /// <summary>The longest way to a leaf, in gates.</summary>
    public int Level(int node) => _levels[node];

    /// <summary>A gate's inputs, as signals; null for a leaf.</summary>
    public int[]? Inputs(int node) => _inputs[node];

    /// <summary>The cell (see above) and the code that a leaf stands for.</summary>
    public (int Cell, int Code) Leaf(int node) => _leaves[node];

    public static int Not(int signal) => signal ^ 1;

    /// <summary>The signal of a condition.</summary>
    /// <param name="step">
    /// The formula speaks of a step: its cells are numbered with the state before it first and the state after it behind.
    /// </param>
    public int Of(Formula formula, bool step = false)
    {
        var known = step ? _step : _now;
        if (!known.TryGetValue(formula, out int signal))
        {
            signal = Make(formula, step);
            known[formula] = signal;
        }

        return signal;
    }

    public int And(IEnumerable<int> signals)
    {
        int[] inputs = [.. signals.Where(s => s != True).Distinct().Order()];
        for (int i = 0; i < inputs.Length; i++)
        {
            if (inputs[i] == False || (i > 0 && inputs[i] == Not(inputs[i - 1])))
            {
                return False;
            }
        }

        if (inputs.Length <= 1)
        {
            return inputs.Length == 0 ? True : inputs[0];
        }

        if (!_gateOf.TryGetValue(inputs, out int node))
        {
            node = Add((-1, 0), inputs, 1 + inputs.Max(s => _levels[s >> 1]));
            _gateOf[inputs] = node;
        }

        return 2 * node;
    }

    /// <summary>An and-gate of its own, even of one input or none.</summary>
    /// <returns>The node.</returns>
    public int AddCounter(int[] inputs) => Add((-1, 0), inputs, 1 + inputs.Select(s => _levels[s >> 1]).DefaultIfEmpty(0).Max());

    public int Or(IEnumerable<int> signals) => Not(And(signals.Select(Not)));

    /// <summary>The signal that a value of any type is this one.</summary>
    public int Is(Formula formula, int value, bool step = false)
    {
        switch (formula)
        {
            case Constant c:
                return c.Value == value ? True : False;
            case CellValue c:
                return Leaf(c.Cell, value, step);
            case Choose or Sum or Difference:
                break;
            default:
                return value == 1 ? Of(formula, step) : value == 0 ? Not(Of(formula, step)) : False;
        }

        if (!_is.TryGetValue((step, formula, value), out int signal))
        {
            signal = formula switch
            {
                Choose c => Cond(Of(c.Condition, step), Is(c.Then, value, step), Is(c.Else, value, step)),
                Sum s => Or(Values(s.Left).Select(x => And([Is(s.Left, x, step), Is(s.Right, value - x, step)]))),
                Difference d => Or(Values(d.Left).Select(x => And([Is(d.Left, x, step), Is(d.Right, x - value, step)]))),
                _ => throw new UnreachableException(formula.GetType().Name),
            };
            _is[(step, formula, value)] = signal;
        }

        return signal;
    }

    /// <summary>The codes that a cell can have, in order.</summary>
    public int[] Codes(int cell) => [.. Enumerable.Range(0, 64).Where(code => (possible[cell % possible.Length] & (1UL << code)) != 0)];

    private int Make(Formula formula, bool step) => formula switch
    {
        Constant c => c.Value != 0 ? True : False,
        Instance.Is i => Leaf(i.Cell, i.Code, step),
        CellValue or Sum or Difference or Choose => Is(formula, 1, step),
        Negation n => Not(Of(n.Operand, step)),
        All a => And(a.Operands.Select(o => Of(o, step))),
        Any a => Or(a.Operands.Select(o => Of(o, step))),
        Same s => Or(Values(s.Left).Intersect(Values(s.Right)).Select(x => And([Is(s.Left, x, step), Is(s.Right, x, step)]))),
        Below b => Or(Values(b.Left).Select(x => And([Is(b.Left, x, step), Or(Values(b.Right).Where(y => x < y).Select(y => Is(b.Right, y, step)))]))),
        _ => throw new UnreachableException(formula.GetType().Name),
    };

    private int Cond(int condition, int then, int otherwise) => Or([And([condition, then]), And([Not(condition), otherwise])]);

    /// <summary>What a value can be; unlike a cell's code, a sum can be anything.</summary>
    private int[] Values(Formula formula)
    {
        if (!_values.TryGetValue(formula, out int[]? values))
        {
            values = formula switch
            {
                Constant c => [c.Value],
                CellValue c => Codes(c.Cell),
                Choose c => [.. Values(c.Then).Union(Values(c.Else)).Order()],
                Sum s => [.. Values(s.Left).SelectMany(x => Values(s.Right).Select(y => x + y)).Distinct().Order()],
                Difference d => [.. Values(d.Left).SelectMany(x => Values(d.Right).Select(y => x - y)).Distinct().Order()],
                _ => [0, 1],
            };
            _values[formula] = values;
        }

        return values;
    }

    private int Leaf(int cell, int code, bool step)
    {
        int[] codes = Codes(cell);
        if (!codes.Contains(code))
        {
            return False;
        }

        if (codes.Length == 1)
        {
            return True;
        }

        // Of a cell with two codes one leaf says all.
        bool opposite = codes.Length == 2 && code == codes[0];
        int at = !step ? cell : cell < possible.Length ? cell + possible.Length : cell - possible.Length;
        var leaf = (at, opposite ? codes[1] : code);
        ref int node = ref CollectionsMarshal.GetValueRefOrAddDefault(_leafOf, leaf, out bool exists);
        if (!exists)
        {
            node = Add(leaf, null, 0);
        }

        return (2 * node) + (opposite ? 1 : 0);
    }

    private int Add((int Cell, int Code) leaf, int[]? inputs, int level)
    {
        _leaves.Add(leaf);
        _inputs.Add(inputs);
        _levels.Add(level);
        return _inputs.Count - 1;
    }

    private sealed class SameInputs : IEqualityComparer<int[]>
    {
        public bool Equals(int[]? x, int[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(int[] inputs)
        {
            var hash = default(HashCode);
            hash.AddBytes(MemoryMarshal.AsBytes(inputs.AsSpan()));
            return hash.ToHashCode();
        }
    }
}
