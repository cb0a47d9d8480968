using System.Collections.Immutable;
using System.Numerics;
using Checker.Model.Ir;
using Checker.Solver.Instance;

namespace Checker.Solver.Proof.Inference;

/// <summary>A condition about some elements, as a part of candidates.</summary>
/// <param name="PremiseOnly">True for a conjunction tested by the model itself, which is useful only as a premise.</param>
internal sealed record Atom(Node Node, bool PremiseOnly);

/// <summary>The atoms about exactly these elements, which are the first slots of each sort.</summary>
internal sealed record AtomBlock(ImmutableArray<Binder> Slots, ImmutableArray<Atom> Atoms)
{
    /// <summary>The number of 64-bit words of the atoms' truth values.</summary>
    public int Words => (Atoms.Length + 63) / 64;
}

/// <summary>
/// The possible statements about a few elements in the model's own words: its cells and their values, its named predicates, the tests of
/// one record in its guards, and the conditions of its updates.
/// </summary>
internal sealed class Vocabulary
{
    private readonly InferOptions _options;
    private readonly TransitionSystem _system;
    private readonly Dictionary<SortType, ImmutableArray<Binder>> _slots = [];
    private readonly Dictionary<Binder, string> _names;
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<(Node Node, ulong Slots)> _atoms = [];
    private readonly HashSet<int> _placed;

    /// <param name="system">The slice. Atoms about elements of a sort without a variable in it are left out.</param>
    public Vocabulary(TransitionSystem system, InferOptions options)
    {
        (_system, _options) = (system, options);
        Sorts = [.. system.Sorts.Where(s => system.Variables.Any(v => v.Index.Contains(s) || v.Type is OptionType o && o.Element == s))];
        NameSlots();
        _names = AllSlots.ToDictionary(s => s, s => s.Name);
        Blocks = Collect();
        Shapes = [.. Multisets()
            .Where(IsLargest)
            .Select(counts => new Shape(this, [.. Sorts.SelectMany((s, i) => _slots[s].Take(counts[i]))]))];

        _placed = [.. Shapes.SelectMany(s => s.Numbers)];

        bool IsLargest(ImmutableArray<int> counts) => counts.Sum() == Math.Min(options.Variables, Sorts.Length * options.OfOneSort);
    }

    public ImmutableArray<SortType> Sorts { get; }

    public ImmutableArray<AtomBlock> Blocks { get; }

    /// <summary>The largest sets of elements in a candidate. Each smaller set is part of one of these.</summary>
    public ImmutableArray<Shape> Shapes { get; }

    public AtomBlock? BlockOf(IEnumerable<SortType> sorts)
    {
        string key = Key(sorts);
        return Blocks.FirstOrDefault(b => Key(b.Slots.Select(s => (SortType)s.Type)) == key);
    }

    /// <summary>Returns the number of an atom about any slots.</summary>
    public int Number(Node atom)
    {
        if (atom is Eq { Left: Bound left, Right: Bound right }
            && AllSlots.First(s => s == left.Binder || s == right.Binder) == right.Binder)
        {
            atom = new Eq(right, left);
        }

        string key = AtomKey.Of(atom, _names);
        if (!_numbers.TryGetValue(key, out int number))
        {
            number = _numbers[key] = _atoms.Count;
            var mentioned = Fold.Descendants(atom).OfType<Bound>().Select(b => b.Binder).ToHashSet();
            ulong slots = AllSlots.Select((s, i) => mentioned.Contains(s) ? 1UL << i : 0).Aggregate(0UL, (a, b) => a | b);
            _atoms.Add((atom, slots));
        }

        return number;
    }

    /// <summary>True if some shape has the atom. A condition which is symmetric in two elements has only one order.</summary>
    public bool IsPlaced(int number) => _placed.Contains(number);

    public Node AtomOf(int number) => _atoms[number].Node;

    public ulong SlotsOf(int number) => _atoms[number].Slots;

    /// <summary>The slots mentioned in the clause.</summary>
    public ImmutableArray<Binder> SlotsOf(Clause clause)
    {
        ulong slots = clause.Literals.Aggregate(0UL, (all, l) => all | SlotsOf(l / 2));
        return [.. AllSlots.Where((_, i) => (slots & (1UL << i)) != 0)];
    }

    /// <summary>True if the slots are the first ones of each sort.</summary>
    public bool AreFirst(ulong slots)
    {
        // p is one bit below q: no q without p.
        for (int sort = 0; sort < Sorts.Length; sort++, slots >>= _options.OfOneSort)
        {
            ulong mine = slots & ((1UL << _options.OfOneSort) - 1);
            if ((mine & (mine + 1)) != 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Returns the atom about other slots than its block's.</summary>
    public static Node Rename(Node node, ImmutableArray<Binder> from, ImmutableArray<Binder> to) =>
        Fold.Substitute(node, from.Zip(to).ToDictionary(p => p.First, p => (Node)new Bound(p.Second)));

    /// <summary>Returns the clause as a closed formula: its negated atoms imply the rest.</summary>
    public Node Formula(Clause clause)
    {
        var premises = clause.Literals.Where(l => (l & 1) != 0).Select(l => AtomOf(l / 2)).ToList();
        var conclusions = clause.Literals.Where(l => (l & 1) == 0).Select(l => AtomOf(l / 2)).ToList();
        if (conclusions.Count == 0)
        {
            // Of several mutually exclusive atoms, the plainest becomes the negated conclusion.
            var last = premises.Where(p => p is not And).DefaultIfEmpty(premises[^1]).Last();
            premises.Remove(last);
            conclusions.Add(Negated(last));
        }

        var conclusion = conclusions is [var one] ? one : new Or([.. conclusions]);
        var body = premises.Count == 0
            ? conclusion
            : new Implies(
                premises is [var only] ? only : new And([.. premises.SelectMany(p => p is And and ? and.Operands : [p])]),
                conclusion);
        return SlotsOf(clause).Reverse().Aggregate(body, (b, slot) => new Quantified(QuantifierKind.Forall, slot, b));
    }

    /// <summary>The cost of a clause: its length for a reader, and the connection between its elements.</summary>
    public int Weight(Clause clause)
    {
        var groups = new List<ulong>();
        foreach (ulong slots in clause.Literals.Select(l => SlotsOf(l / 2)))
        {
            ulong merged = groups.Where(g => (g & slots) != 0).Aggregate(slots, (a, b) => a | b);
            groups.RemoveAll(g => (g & slots) != 0);
            groups.Add(merged);
        }

        int variables = groups.Sum(g => BitOperations.PopCount(g));
        return clause.Literals.Sum(l => Fold.Descendants(AtomOf(l / 2)).Sum(Cost))
            + (2 * variables)
            + (20 * (groups.Count(g => g != 0) - 1));

        // In the encoding for any size, an option which is not None has no element at hand for the solver.
        static int Cost(Node node) => node switch
        {
            Lit { Type: OptionType } => 6,
            Quantified => 4,
            _ => 1,
        };
    }

    /// <summary>The negation of an atom. For an enum of two members it is the other member.</summary>
    private static Node Negated(Node atom) => atom switch
    {
        Not n => n.Operand,
        Eq { Left.Type: EnumType { Members.Length: 2 } type, Right: Lit lit } n => new Eq(n.Left, new Lit(type, 1 - lit.Code)),
        _ => new Not(atom),
    };

    /// <summary>The number of clauses of the template: sets of literals of different atoms, about the first slots of each sort.</summary>
    public BigInteger Clauses()
    {
        var slots = AllSlots.ToList();
        var about = new Dictionary<ulong, BigInteger>();
        foreach (ulong set in Enumerable.Range(0, 1 << slots.Count)
            .Select(m => (ulong)m)
            .Where(m => BitOperations.PopCount(m) <= _options.Variables))
        {
            // The sets about some of these slots, minus those about fewer: the rest is about all of them.
            var (both, premises) = (0, 0);
            BigInteger fewer = 0;
            foreach (var (part, count) in about.Where(p => (p.Key & ~set) == 0))
            {
                fewer += count;
                Tally(part);
            }

            Tally(set);
            about[set] = Sets(both, premises) - fewer;

            void Tally(ulong part)
            {
                foreach (var atom in BlockOf(slots.Where((_, i) => (part & (1UL << i)) != 0).Select(s => (SortType)s.Type))?.Atoms ?? [])
                {
                    (both, premises) = atom.PremiseOnly ? (both, premises + 1) : (both + 1, premises);
                }
            }
        }

        return about.Where(p => AreFirst(p.Key)).Aggregate(BigInteger.MinusOne, (sum, p) => sum + p.Value);   // without the empty set
    }

    /// <summary>The number of sets of at most the given number of literals, with at most one for each atom.</summary>
    /// <param name="both">The number of atoms which may be negated or not.</param>
    /// <param name="premises">The number of atoms which are always negated.</param>
    private BigInteger Sets(int both, int premises)
    {
        BigInteger[] sets = [1, .. new BigInteger[_options.Literals]];
        foreach (int ways in Enumerable.Repeat(2, both).Concat(Enumerable.Repeat(1, premises)))
        {
            for (int size = _options.Literals; size > 0; size--)
            {
                sets[size] += ways * sets[size - 1];
            }
        }

        return sets.Aggregate(BigInteger.Add);
    }

    private IEnumerable<Binder> AllSlots => Sorts.SelectMany(s => _slots[s]);

    private static string Key(IEnumerable<SortType> sorts) => string.Join(',', sorts.Select(s => s.Name));

    /// <summary>Gives elements the names used in the model, while there are enough.</summary>
    private void NameSlots()
    {
        var binders = _system.Actions.SelectMany(a => a.Parameters)
            .Concat(_system.Properties.Select(p => p.Formula)
            .Concat(_system.Actions.SelectMany(Conditions))
            .SelectMany(Fold.Descendants)
            .OfType<Quantified>()
            .Select(q => q.Binder)).ToList();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var names = Sorts.ToDictionary(s => s, s => new List<string>());
        foreach (var binder in binders.Where(b =>
            b.Name is [var letter]
                && char.IsLetter(letter)
                && b.Type is SortType s
                && names.ContainsKey(s)
                && names[s].Count < _options.OfOneSort))
        {
            if (taken.Add(binder.Name))
            {
                names[(SortType)binder.Type].Add(binder.Name);
            }
        }

        foreach (var sort in Sorts)
        {
            char next = names[sort].Count > 0 ? names[sort][^1][0] : char.ToLowerInvariant(sort.Name[0]);
            next = char.IsAsciiLetterLower(next) ? next : 'a';
            while (names[sort].Count < _options.OfOneSort)
            {
                if (taken.Add(next.ToString()))
                {
                    names[sort].Add(next.ToString());
                }

                next = next == 'z' ? 'a' : (char)(next + 1);
            }

            _slots[sort] = [.. names[sort].Select(n => new Binder(n, sort))];
        }
    }

    private ImmutableArray<AtomBlock> Collect()
    {
        var atoms = new Dictionary<string, (ImmutableArray<Binder> Slots, List<Atom> Atoms)>(StringComparer.Ordinal);
        var same = new SameAtoms(_system, _options.OfOneSort);
        foreach (var schema in new Schemas(_system).All().Where(s => s.Free.All(b => Sorts.Contains((SortType)b.Type))))
        {
            _options.Cancellation.ThrowIfCancellationRequested();
            foreach (var (slots, atom) in Places(schema))
            {
                string key = Key(slots.Select(s => (SortType)s.Type));
                if (same.IsNew(key, atom.Node, slots))
                {
                    if (!atoms.TryGetValue(key, out var block))
                    {
                        atoms[key] = block = (slots, []);
                    }

                    block.Atoms.Add(atom);
                }
            }
        }

        return [.. atoms.Values.Select(b => new AtomBlock(b.Slots, [.. b.Atoms]))];
    }

    /// <summary>The schema about slots. For two slots of one sort it comes in both orders, and with one slot twice.</summary>
    private IEnumerable<(ImmutableArray<Binder> Slots, Atom Atom)> Places(Schema schema)
    {
        foreach (var choice in Scope.Tuples([.. schema.Free.Select(_ => _options.OfOneSort)]))
        {
            ImmutableArray<Binder> chosen = [.. schema.Free.Select((b, i) => _slots[(SortType)b.Type][choice[i]])];
            ImmutableArray<Binder> slots = [.. Sorts.SelectMany(s => _slots[s]).Where(chosen.Contains)];
            bool first = Sorts.All(s => _slots[s].Where(slots.Contains).SequenceEqual(_slots[s].Take(slots.Count(b => Equals(b.Type, s)))));
            bool ordered = !schema.Distinct || choice.SequenceEqual(Enumerable.Range(0, choice.Length));
            if (first && ordered && slots.Length <= _options.Variables)
            {
                yield return (slots, new(Rename(schema.Node, schema.Free, chosen), schema.PremiseOnly));
            }
        }
    }

    private IEnumerable<ImmutableArray<int>> Multisets() => Scope.Tuples([.. Sorts.Select(_ => _options.OfOneSort + 1)]);

    private static IEnumerable<Node> Conditions(ActionDeclaration action) =>
        action.Guards.Select(g => g.Condition).Concat(action.Updates.SelectMany(u => u.When.Append(u.Value)));
}

/// <summary>Finds atoms which express the same condition differently: grounded and simplified, they are the same formula.</summary>
internal sealed class SameAtoms(TransitionSystem system, int elements)
{
    private readonly FiniteModel _model = new(
        new Scope(system with { Actions = [] }, system.Sorts.ToDictionary(s => s.Name, _ => elements)),
        assumeReachable: false);
    private readonly HashSet<(string, string)> _known = [];

    /// <param name="block">The name of the block. Atoms are compared within one block.</param>
    public bool IsNew(string block, Node atom, ImmutableArray<Binder> slots)
    {
        // The slots of one sort stand for different elements: its first, its second, ...
        var bound = ImmutableDictionary<Binder, int>.Empty;
        foreach (var slot in slots)
        {
            bound = bound.Add(slot, slots.TakeWhile(s => s != slot).Count(s => Equals(s.Type, slot.Type)));
        }

        // p == q is false for different elements, but is still useful.
        if (atom is Eq { Left: Bound, Right: Bound })
        {
            return true;
        }

        var formula = new Grounder(_model.Scope, _model.Formulas, label => !system.Dropped.Contains(label)).Of(atom, bound);
        return formula is not Constant
            && !_known.Contains((block, Normal(formula, negated: true)))
            && _known.Add((block, Normal(formula, negated: false)));
    }

    /// <summary>The formula with negations next to the cells, and operands in a fixed order.</summary>
    private static string Normal(Formula formula, bool negated)
    {
        return formula switch
        {
            Negation f => Normal(f.Operand, !negated),
            Conjunction f => Join(f.Operands, negated ? "|" : "&"),
            Disjunction f => Join(f.Operands, negated ? "&" : "|"),
            _ => negated ? $"!{formula}" : formula.ToString(),
        };

        string Join(ImmutableArray<Formula> operands, string op) =>
            $"({string.Join(op, operands.Select(o => Normal(o, negated)).Order(StringComparer.Ordinal))})";
    }
}
