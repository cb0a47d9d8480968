using System.Collections.Immutable;
using System.Diagnostics;
using Checker.Model.Ir;

namespace Checker.Solver.Proof.Inference;

/// <summary>
/// A text which two expressions share only if they have the same meaning. Bound variables are numbered, so their names do not matter;
/// definitions are opened; and a literal contains its type.
/// </summary>
internal static class AtomKey
{
    /// <param name="free">The names of free variables, all different.</param>
    public static string Of(Node node, IReadOnlyDictionary<Binder, string> free)
    {
        return Text(node, ImmutableDictionary<Binder, int>.Empty);

        string Text(Node n, ImmutableDictionary<Binder, int> bound) => n switch
        {
            Lit l => $"{TypeOf(l.Type)}:{l.Code}",
            Bound b => bound.TryGetValue(b.Binder, out int number) ? $"#{number}" : free[b.Binder],
            HasLabel l => $"has:{l.Label}",
            Read r => $"{r.Variable.Name}{(r.Primed ? "'" : "")}[{Join(r.Index, bound)}]",
            Quantified q => $"{q.Kind} {TypeOf(q.Binder.Type)}({Text(q.Body, bound.SetItem(q.Binder, bound.Count))})",
            Count c => $"count {TypeOf(c.Binder.Type)}({Text(c.Body, bound.SetItem(c.Binder, bound.Count))})",
            Definition d => Text(d.Body, bound),
            Eq or Not or And or Or or Implies or Ite or Some or Less or Plus or Minus =>
                $"{n.GetType().Name}({Join(Fold.Children(n), bound)})",
            _ => throw new UnreachableException(n.GetType().Name),
        };

        string Join(IEnumerable<Node> nodes, ImmutableDictionary<Binder, int> bound) =>
            string.Join(", ", nodes.Select(n => Text(n, bound)));
    }

    private static string TypeOf(ModelType type) => type switch
    {
        EnumType e => $"enum {e.Clr.FullName}",
        OptionType o => $"option {TypeOf(o.Element)}",
        _ => type.Name,
    };
}
