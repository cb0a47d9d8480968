using System.Runtime.CompilerServices;
using Checker.Model.Ir;

namespace Checker.Model.Check;

/// <summary>
/// What the language asks of an action beyond its text: sums stay in their ranges, and no location is written twice.
/// Mistakes that can be seen in the text are refused; the rest becomes properties that the engines decide.
/// </summary>
public static class RequiredProperties
{
    private static readonly ConditionalWeakTable<ActionDeclaration, PropertyDeclaration[]> s_known = [];

    /// <summary>
    /// The system with the obligations of its actions as they are now, in place of those that it has. A system with changed actions
    /// has other obligations than the original; those of an action that is the same object are the same objects, too.
    /// </summary>
    public static TransitionSystem Renew(TransitionSystem system)
    {
        var others = system.Properties.RemoveAll(p => p.Kind == PropertyKind.WellFormed);
        int before = system.Properties.TakeWhile(p => p.Kind != PropertyKind.WellFormed).Count();
        return system with { Properties = others.InsertRange(before, system.Actions.SelectMany(a => s_known.GetValue(a, action => [.. Of(action)]))) };
    }

    /// <summary>The obligations of an action as invariants: named <c>InRange(Action.variable)</c> and <c>OneWriter(Action.variable)</c>.</summary>
    private static IEnumerable<PropertyDeclaration> Of(ActionDeclaration action)
    {
        int n = 0;
        foreach (var (update, inside) in Ranges(action))
        {
            yield return Make($"InRange({action.Name}.{update.Variable.Name}{(n++ == 0 ? "" : $"#{n}")})",
                action, update.Bulk, new Implies(Enabled(action, update), inside), update.Source);
        }

        foreach (var (first, second, clash) in Clashes(action))
        {
            yield return Make($"OneWriter({action.Name}.{first.Variable.Name}{(n++ == 0 ? "" : $"#{n}")})",
                action, [.. first.Bulk, .. second.Bulk], new Not(new And([Enabled(action, first), .. clash])), second.Source);
        }
    }

    /// <summary>
    /// When the step of an action whose guards hold exists, as conditions on the state before it and the parameters: no value leaves its
    /// range, and no location gets two different ones.
    /// </summary>
    public static IEnumerable<Node> StepExists(ActionDeclaration action) =>
        Ranges(action).Select(r => Forall(r.Update.Bulk, new Implies(new And(r.Update.When), r.Inside)))
            .Concat(Clashes(action).Select(c => Forall(c.First.Bulk.Concat(c.Second.Bulk),
                new Not(new And([.. c.First.When, .. c.Clash])))));

    /// <summary>The updates whose value may leave its range, with the condition that it does not.</summary>
    private static IEnumerable<(Update Update, Node Inside)> Ranges(ActionDeclaration action) =>
        from update in action.Updates
        let range = update.Variable.Type as RangeType
        where range is not null && !Within(range, update.Value)
        select (update, (Node)new And([
            new Not(new Less(update.Value, new Lit(ModelType.Int, range.Min))),
            new Not(new Less(new Lit(ModelType.Int, range.Max), update.Value)),
        ]));

    /// <summary>Updates that may give one location two values, with the conditions under which the second, given that the first is made, does so.</summary>
    private static IEnumerable<(Update First, Update Second, Node[] Clash)> Clashes(ActionDeclaration action)
    {
        foreach (var (first, second) in Overlaps(action).Concat(action.Updates.Where(MayMeetItself).Select(u => (u, u))))
        {
            // The second update's bulk variables get names of their own: both range over everything independently.
            var renamed = second.Bulk.ToDictionary(b => b, b => new Binder(b.Name + "'", b.Type));
            var other = Rename(second, renamed);
            if (Node.Same(first.Value, other.Value))
            {
                continue;
            }

            var clash = other.When.Concat(first.Index.Zip(other.Index).Select(i => (Node)new Eq(i.First, i.Second)));
            if (first == second)
            {
                clash = clash.Append(new Or([.. renamed.Select(r => new Not(new Eq(new Bound(r.Key), new Bound(r.Value))))]));
            }

            // Two constants that are not the same differ.
            yield return (first, other, [.. clash, .. (first.Value, other.Value) is (Lit, Lit) ? [] : new Node[] { new Not(new Eq(first.Value, other.Value)) }]);
        }
    }

    /// <summary>Two updates of one location that the text alone shows.</summary>
    internal static IEnumerable<Diagnostic> DoubleUpdates(ActionDeclaration action) =>
        from pair in Overlaps(action)
        where pair.First.Bulk.IsEmpty && pair.Second.Bulk.IsEmpty && pair.First.Index.Zip(pair.Second.Index).All(i => Node.Same(i.First, i.Second))
        where pair.First.When.All(w => pair.Second.When.Any(o => Node.Same(w, o))) || pair.Second.When.All(w => pair.First.When.Any(o => Node.Same(w, o)))
        select new Diagnostic(Code.DoubleUpdate,
            $"{action.Name} updates {Printer.Location(pair.First.Variable, string.Join(",", pair.First.Index))} twice: here and at {pair.First.Source}", pair.Second.Source);

    /// <summary>Pairs of updates of one variable that may meet, as far as the text tells.</summary>
    private static IEnumerable<(Update First, Update Second)> Overlaps(ActionDeclaration action)
    {
        for (int i = 0; i < action.Updates.Length; i++)
        {
            for (int j = i + 1; j < action.Updates.Length; j++)
            {
                var (a, b) = (action.Updates[i], action.Updates[j]);
                if (a.Variable == b.Variable && !Exclusive(a, b) && !Apart(action, a, b))
                {
                    yield return (a, b);
                }
            }
        }
    }

    /// <summary>The two are on different branches of one If.</summary>
    private static bool Exclusive(Update a, Update b)
    {
        // A condition on an element of a bulk update excludes the other one's only if the location tells that it is the same element.
        var others = a.Bulk.Where(x => !a.Index.Zip(b.Index).Any(i => Is(i.First, x) && Is(i.Second, x))).ToHashSet();
        return a.When.Any(x => b.When.Any(y => (x is Not n && Node.Same(n.Operand, y)) || (y is Not m && Node.Same(m.Operand, x)))
            && !Fold.Descendants(x).Any(d => d is Bound bound && others.Contains(bound.Binder)));
    }

    /// <summary>A bulk update may write one location for several elements: some element is not part of the index.</summary>
    private static bool MayMeetItself(Update update) => update.Bulk.Any(x => !update.Index.Any(i => Is(i, x)));

    private static bool Is(Node node, Binder binder) => node is Bound bound && bound.Binder == binder;

    /// <summary>Some index differs: two constants, or two parameters that a guard requires to be distinct.</summary>
    private static bool Apart(ActionDeclaration action, Update a, Update b) => a.Index.Zip(b.Index).Any(i => (i.First, i.Second) switch
    {
        (Lit x, Lit y) => x.Code != y.Code,
        var (x, y) => action.Guards.SelectMany(g => Fold.Conjuncts(g.Condition)).Any(c =>
            c is Not { Operand: Eq e } && ((Node.Same(e.Left, x) && Node.Same(e.Right, y)) || (Node.Same(e.Left, y) && Node.Same(e.Right, x)))),
    });

    private static bool Within(RangeType range, Node value) => value switch
    {
        Lit lit => lit.Code >= range.Min && lit.Code <= range.Max,
        Read { Variable.Type: RangeType r } => r.Min >= range.Min && r.Max <= range.Max,
        Ite ite => Within(range, ite.Then) && Within(range, ite.Else),
        _ => false,
    };

    private static And Enabled(ActionDeclaration action, Update update) => new([.. action.Guards.Select(g => g.Condition), .. update.When]);

    private static Update Rename(Update update, Dictionary<Binder, Binder> by)
    {
        var nodes = by.ToDictionary(r => r.Key, r => (Node)new Bound(r.Value));
        return update with
        {
            Index = [.. update.Index.Select(i => Fold.Substitute(i, nodes))],
            Value = Fold.Substitute(update.Value, nodes),
            When = [.. update.When.Select(w => Fold.Substitute(w, nodes))],
            Bulk = [.. update.Bulk.Select(b => by[b])],
        };
    }

    private static PropertyDeclaration Make(string name, ActionDeclaration action, IEnumerable<Binder> bulk, Node body, Source source) =>
        new(name, PropertyKind.WellFormed, Forall(action.Parameters.Concat(bulk), body), [], source);

    private static Node Forall(IEnumerable<Binder> binders, Node body) =>
        binders.Reverse().Aggregate(body, (inner, binder) => new Quantified(QuantifierKind.Forall, binder, inner));
}
