using System.Collections.Immutable;
using Checker.Model.Ir;

namespace Checker.Solver.Proof.Inference;

/// <summary>A condition with free variables of sorts, which can be replaced by any elements.</summary>
/// <param name="Distinct">True if the condition is useless with two equal variables.</param>
internal sealed record Schema(ImmutableArray<Binder> Free, Node Node, bool PremiseOnly, bool Distinct = false);

/// <summary>Collects the conditions for candidates from a model and its property. Lemmas are ignored.</summary>
internal sealed class Schemas(TransitionSystem system)
{
    public IEnumerable<Schema> All()
    {
        // Of two conditions with the same meaning the first stays: the plain cell comes before the predicate about it.
        foreach (var schema in system.Variables.SelectMany(OfVariable)
            .Concat(system.Variables.SelectMany(Somewhere))
            .Concat(system.Sorts.Select(Equality)))
        {
            yield return schema;
        }

        var spoken = system.Properties.Select(p => p.Formula).Concat(system.Actions.SelectMany(Spoken)).ToList();
        // The property itself is left out, because it is to be proved.
        var predicates = spoken.SelectMany(Fold.Descendants)
            .Where(n => n.Type is BoolType && n is Definition or Quantified && !system.Properties.Any(p => ReferenceEquals(p.Formula, n)));
        var tests = system.Actions.SelectMany(a =>
            OfRecords(a).Concat(a.Updates.Where(u => u.When.Length > 0).Select(u => Conjunction(u.When.SelectMany(Fold.Conjuncts)))));
        foreach (var (node, premise) in predicates.Select(n => (n, false)).Concat(tests.Select(n => (n, true))))
        {
            foreach (var instance in OverSorts(Known(node)))
            {
                var free = Free(instance);
                if (instance is not Lit
                    && !Fold.Descendants(instance).Any(n => n is Read { Primed: true } or Count or Less or Plus or Minus))
                {
                    yield return new(free, instance, premise && instance is And);
                }
            }
        }
    }

    private static IEnumerable<Schema> OfVariable(Variable variable)
    {
        foreach (var (index, read) in Reads(variable))
        {
            foreach (var (element, node) in Tests(read))
            {
                yield return new([.. index, .. element], node, PremiseOnly: false);
            }
        }
    }

    /// <summary>A condition such as "some page has this frame": an option of a sort with one of its indices bound.</summary>
    private static IEnumerable<Schema> Somewhere(Variable variable)
    {
        if (variable.Type is not OptionType { Element: SortType element })
        {
            yield break;
        }

        foreach (var (index, read) in Reads(variable))
        {
            foreach (var binder in index)
            {
                var holder = new Binder(char.ToLowerInvariant(element.Name[0]).ToString(), element);
                yield return new(
                    [.. index.Remove(binder), holder],
                    new Quantified(QuantifierKind.Exists, binder, new Eq(read, new Some(new Bound(holder)))),
                    PremiseOnly: false);
            }
        }
    }

    private static Schema Equality(SortType sort)
    {
        var (a, b) = (new Binder("a", sort), new Binder("b", sort));
        return new([a, b], new Eq(new Bound(a), new Bound(b)), PremiseOnly: false, Distinct: true);
    }

    /// <summary>The variable at every index. Elements of sorts become variables.</summary>
    private static IEnumerable<(ImmutableArray<Binder> Index, Read Read)> Reads(Variable variable)
    {
        IEnumerable<(ImmutableArray<Binder> Elements, ImmutableArray<Node> Index)> indices = [([], [])];
        foreach (var type in variable.Index)
        {
            indices = indices.SelectMany(i =>
                Values(type, "i").Select(v => (i.Elements.AddRange(v.Element), i.Index.Add(v.Value)))).ToList();
        }

        return indices.Select(i => (i.Elements, new Read(variable, i.Index, Primed: false)));
    }

    /// <summary>The values of a type, one by one. Each element of a sort becomes a variable. An integer has none.</summary>
    private static IEnumerable<(ImmutableArray<Binder> Element, Node Value)> Values(ModelType type, string name)
    {
        switch (type)
        {
            case SortType or OptionType { Element: SortType }:
                var element = new Binder(name, type is OptionType o ? o.Element : type);
                return type is OptionType
                    ? [([], new Lit(type, 0)), ([element], new Some(new Bound(element)))]
                    : [([element], new Bound(element))];
            case BoolType or EnumType or OptionType { Element: BoolType or EnumType }:
                return Enumerable.Range(0, Members(type)).Select(code => (ImmutableArray<Binder>.Empty, (Node)new Lit(type, code)));
            default:
                return [];
        }
    }

    private static int Members(ModelType type) => type switch
    {
        EnumType e => e.Members.Length,
        OptionType o => Members(o.Element) + 1,
        _ => 2,
    };

    private static IEnumerable<(ImmutableArray<Binder> Element, Node Node)> Tests(Read read)
    {
        if (read.Type is BoolType)
        {
            return [([], read)];
        }

        // For two values one test is enough: its negation tests the other.
        var tests = Values(read.Type, "x").Select(v => (v.Element, (Node)new Eq(read, v.Value)));
        return read.Type is EnumType or OptionType { Element: EnumType } && Members(read.Type) == 2 ? tests.Take(1) : tests;
    }

    private static IEnumerable<Node> Spoken(ActionDeclaration action) =>
        action.Guards.Select(g => g.Condition).Concat(action.Updates.SelectMany(u => u.When.Append(u.Value).Concat(u.Index)));

    /// <summary>The tests of one record in the action's guards, for example the place of a thread, or the result of a fault.</summary>
    private static IEnumerable<Node> OfRecords(ActionDeclaration action) =>
        from conjunct in action.Guards.Select(g => g.Condition).SelectMany(Fold.Conjuncts)
        where conjunct is not (Definition or Quantified)
        let reads = Fold.Descendants(conjunct).OfType<Read>().ToList()
        where reads.Count > 0
            && reads.TrueForAll(r =>
                r.Variable.Record is not null && r.Variable.Record == reads[0].Variable.Record && Node.Same(r.Index[0], reads[0].Index[0]))
        group conjunct by $"{reads[0].Variable.Record}[{reads[0].Index[0]}]" into tests
        select Conjunction(tests);

    private static Node Conjunction(IEnumerable<Node> nodes) => nodes.ToList() is [var one] ? one : new And([.. nodes]);

    /// <summary>The condition once for each value of its variables which are no elements of sorts. Integers give no conditions.</summary>
    private IEnumerable<Node> OverSorts(Node node)
    {
        IEnumerable<Node> instances = [node];
        foreach (var variable in Free(node).Where(b => b.Type is not SortType))
        {
            instances = instances.SelectMany(i =>
                Values(variable.Type, variable.Name)
                    .Select(v => Fold.Substitute(i, new Dictionary<Binder, Node> { [variable] = v.Value }))).ToList();
        }

        return instances.Select(Known);
    }

    /// <summary>The condition with known parts folded: labels, and comparisons of constants.</summary>
    private Node Known(Node node)
    {
        node = Fold.Map(node, Known);
        switch (node)
        {
            case HasLabel label: return system.Dropped.Contains(label.Label) ? Node.False : Node.True;
            case Some { Element: Lit element } n: return new Lit(n.Type, element.Code + 1);
            case Eq { Left: Lit a, Right: Lit b }: return a.Code == b.Code ? Node.True : Node.False;
            case Eq { Left: Lit { Code: 0, Type: OptionType }, Right: Some }: return Node.False;
            case Eq { Left: Some, Right: Lit { Code: 0 } }: return Node.False;
            case Eq { Left: Some a, Right: Some b }: return Known(new Eq(a.Element, b.Element));
            case Not { Operand: Lit a }: return a.Code == 0 ? Node.True : Node.False;
            case Not { Operand: Not inner }: return inner.Operand;
            case Implies { Premise: Lit a } n: return a.Code == 0 ? Node.True : n.Conclusion;
            case Ite { Condition: Lit c } n: return c.Code != 0 ? n.Then : n.Else;
            case Definition { Body: Lit body }: return body;
            case Quantified { Body: Lit body }: return body;
            case And n when n.Operands.Any(o => o is Lit):
                return n.Operands.Any(IsFalse)
                    ? Node.False
                    : Known(Conjunction(n.Operands.Where(o => o is not Lit)));
            case Or n when n.Operands.Any(o => o is Lit):
                return n.Operands.Any(o => o is Lit l && l.Code != 0)
                    ? Node.True
                    : new Or([.. n.Operands.Where(o => o is not Lit)]);
            case And { Operands.IsEmpty: true }: return Node.True;
            case And { Operands: [var one] }: return one;
            case Or { Operands.IsEmpty: true }: return Node.False;
            case Or { Operands: [var one] }: return one;
            default: return node;
        }

        static bool IsFalse(Node o) => o is Lit { Code: 0 };
    }

    private static ImmutableArray<Binder> Free(Node node)
    {
        var (free, bound) = (new List<Binder>(), new HashSet<Binder>());
        Walk(node);
        return [.. free.Distinct()];

        void Walk(Node n)
        {
            switch (n)
            {
                case Bound b when !bound.Contains(b.Binder): free.Add(b.Binder); break;
                case Quantified q: Inside(q.Binder, q.Body); break;
                case Count c: Inside(c.Binder, c.Body); break;
                default:
                    foreach (var child in Fold.Children(n))
                    {
                        Walk(child);
                    }

                    break;
            }
        }

        void Inside(Binder binder, Node body)
        {
            bool added = bound.Add(binder);
            Walk(body);
            if (added)
            {
                bound.Remove(binder);
            }
        }
    }
}
