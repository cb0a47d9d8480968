using System.Collections.Immutable;
using Checker.Model.Ir;

namespace Checker.Solver.Proof;

/// <summary>
/// The facts about rigid functions which a proof for any size may use. An order is a strict total order with a first and a last element;
/// blocks follow the order of their elements. The functions of every instance satisfy them.
/// </summary>
internal static class RigidAxioms
{
    public static IEnumerable<Assumption> Of(TransitionSystem system, Relational relational) =>
        from variable in system.Variables
        from axiom in About(system, variable)
        select new Assumption(
            $"{variable.Name} {axiom.Name}",
            relational.Formula(axiom.Formula, ImmutableDictionary<Binder, Meaning>.Empty).ToString());

    private static IEnumerable<(string Name, Node Formula)> About(TransitionSystem system, Variable variable) =>
        variable.Rigid is not { } rigid ? [] : rigid switch
        {
            RigidFunction.Order => Order(system, variable),
            RigidFunction.Blocks => Blocks(variable),
        };

    private static IEnumerable<(string Name, Node Formula)> Order(TransitionSystem system, Variable order)
    {
        var (p, q, r) = Three(order);
        yield return ("is irreflexive", All(new Not(Before(order, p, p)), p));
        yield return ("is transitive", All(new Implies(new And([Before(order, p, q), Before(order, q, r)]), Before(order, p, r)), p, q, r));
        yield return ("is total", All(new Or([Before(order, p, q), Before(order, q, p), new Eq(new Bound(p), new Bound(q))]), p, q));
        if (!system.MayBeEmpty.Contains(order.Index[0].Name))
        {
            yield return ("has a first", new Quantified(QuantifierKind.Exists, p, All(new Not(Before(order, q, p)), q)));
            yield return ("has a last", new Quantified(QuantifierKind.Exists, p, All(new Not(Before(order, p, q)), q)));
        }
    }

    private static IEnumerable<(string Name, Node Formula)> Blocks(Variable blocks)
    {
        var elements = Variable.OrderOf((SortType)blocks.Index[0]);
        var order = Variable.OrderOf((SortType)blocks.Type);
        var (p, q, _) = Three(elements);
        var after = new Read(order, [BlockOf(q), BlockOf(p)], Primed: false);
        yield return ("follows the order", All(new Implies(Before(elements, p, q), new Not(after)), p, q));

        Read BlockOf(Binder element) => new(blocks, [new Bound(element)], Primed: false);
    }

    private static (Binder P, Binder Q, Binder R) Three(Variable order) =>
        (new("p", order.Index[0]), new("q", order.Index[0]), new("r", order.Index[0]));

    private static Read Before(Variable order, Binder first, Binder second) =>
        new(order, [new Bound(first), new Bound(second)], Primed: false);

    private static Node All(Node body, params Binder[] binders) =>
        binders.Reverse().Aggregate(body, (inner, binder) => new Quantified(QuantifierKind.Forall, binder, inner));
}
