using System.Runtime.CompilerServices;
using Checker.Model.Ir;

namespace Checker.Model.Check;

/// <summary>
/// The language's requirements on every action: sums stay in their ranges, and no location is written twice.
/// A mistake visible in the text is refused. All other cases become properties, which the engines decide.
/// </summary>
public static class RequiredProperties
{
    private static readonly ConditionalWeakTable<ActionDeclaration, PropertyDeclaration[]> s_known = [];

    /// <summary>
    /// The system with its required properties replaced by those of its current actions. A changed action has different ones.
    /// An unchanged action, which is the same object, keeps the same property objects.
    /// </summary>
    public static TransitionSystem Renew(TransitionSystem system)
    {
        var others = system.Properties.RemoveAll(p => p.IsRule);
        int before = system.Properties.TakeWhile(p => !p.IsRule).Count();
        return system with
        {
            Properties = others.InsertRange(before, system.Actions.SelectMany(a => s_known.GetValue(a, action => [.. Of(action)])))
        };
    }

    /// <summary>
    /// The required properties of an action as invariants, named <c>InRange(Action.variable)</c> and
    /// <c>OneWriter(Action.variable)</c>.
    /// </summary>
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
    /// The conditions for a step of an action whose guards hold: no value leaves its range, and no location gets two
    /// different values. They are conditions on the state before the step and on the parameters.
    /// </summary>
    public static IEnumerable<Node> StepExists(ActionDeclaration action) =>
        Ranges(action).Select(r => Forall(r.Update.Bulk, new Implies(new And(r.Update.When), r.Inside)))
            .Concat(Clashes(action).Select(c => Forall(c.First.Bulk.Concat(c.Second.Bulk),
                new Not(new And([.. c.First.When, .. c.Clash])))));

    /// <summary>The updates whose value may leave its range, each with the condition for staying inside.</summary>
    private static IEnumerable<(Update Update, Node Inside)> Ranges(ActionDeclaration action) =>
        from update in action.Updates
        let range = update.Variable.Type as RangeType
        where range is not null && !Within(range, update.Value)
        select (update, (Node)new And([
            new Not(new Less(update.Value, new Lit(ModelType.Int, range.Min))),
            new Not(new Less(new Lit(ModelType.Int, range.Max), update.Value)),
        ]));

    /// <summary>
    /// The pairs of updates which may give one location two values. The clash is the condition under which the second update does
    /// so.
    /// </summary>
    private static IEnumerable<(Update First, Update Second, Node[] Clash)> Clashes(ActionDeclaration action)
    {
        foreach (var (first, second) in Overlaps(action).Concat(action.Updates.Where(MayMeetItself).Select(u => (u, u))))
        {
            // The bulk variables of the second update are renamed, because both updates range over all elements independently.
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

            // Two different constants have different values.
            yield return (
                first,
                other,
                [.. clash, .. (first.Value, other.Value) is (Lit, Lit) ? [] : new Node[] { new Not(new Eq(first.Value, other.Value)) }]);
        }
    }

    /// <summary>The double updates visible in the text alone.</summary>
    internal static IEnumerable<Diagnostic> DoubleUpdates(ActionDeclaration action) =>
        from pair in Overlaps(action)
        where pair.First.Bulk.IsEmpty
            && pair.Second.Bulk.IsEmpty
            // Two updates with one value are one update, for example of a helper which an action calls twice.
            && !Node.Same(pair.First.Value, pair.Second.Value)
            && pair.First.Index.Zip(pair.Second.Index).All(i => Node.Same(i.First, i.Second))
        where pair.First.When.All(w => pair.Second.When.Any(o => Node.Same(w, o)))
            || pair.Second.When.All(w => pair.First.When.Any(o => Node.Same(w, o)))
        select new Diagnostic(Code.DoubleUpdate,
            $"{action.Name} updates {Printer.Location(pair.First.Variable, string.Join(",", pair.First.Index))} twice: here and at "
                + $"{pair.First.Source}",
            pair.Second.Source);

    /// <summary>The pairs of updates of one variable which may meet, judged by the text alone.</summary>
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

    /// <summary>True if the two updates are on different branches of one If.</summary>
    private static bool Exclusive(Update a, Update b)
    {
        // A condition on an element of a bulk update excludes the other update only if the location shows the element to be the same.
        var others = a.Bulk.Where(x => !a.Index.Zip(b.Index).Any(i => Is(i.First, x) && Is(i.Second, x))).ToHashSet();
        return a.When.Any(x => b.When.Any(y => (x is Not n && Node.Same(n.Operand, y)) || (y is Not m && Node.Same(m.Operand, x)))
            && !Fold.Descendants(x).Any(d => d is Bound bound && others.Contains(bound.Binder)));
    }

    /// <summary>True if a bulk update may write one location for several elements: some element is not part of the index.</summary>
    private static bool MayMeetItself(Update update) => update.Bulk.Any(x => !update.Index.Any(i => Is(i, x)));

    private static bool Is(Node node, Binder binder) => node is Bound bound && bound.Binder == binder;

    /// <summary>True if some index differs: by two constants, or by two parameters which a guard requires to be distinct.</summary>
    private static bool Apart(ActionDeclaration action, Update a, Update b) => a.Index.Zip(b.Index).Any(i => (i.First, i.Second) switch
    {
        (Lit x, Lit y) => x.Code != y.Code,
        var (x, y) => action.Guards.SelectMany(g => Fold.Conjuncts(g.Condition)).Any(c =>
            c is Not { Operand: Eq e }
                && ((Node.Same(e.Left, x) && Node.Same(e.Right, y)) || (Node.Same(e.Left, y) && Node.Same(e.Right, x)))),
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
