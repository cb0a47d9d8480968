using System.Collections.Immutable;
using Checker.Model.Ir;

namespace Checker.Solver.Smt;

/// <summary>
/// Next state by substitution: an expression over the state after an action becomes one over the state before it, with
/// <c>v'[i]</c> replaced by <c>if i is the updated index then the value else v[i]</c>. No primed symbols, no frame axioms.
/// </summary>
internal static class After
{
    /// <summary>Replaces what is primed in the expression.</summary>
    /// <exception cref="NotSupportedException">A bulk update whose variable is not an index of what it updates.</exception>
    public static Node Step(Node node, ActionDeclaration action)
    {
        if (node is not Read { Primed: true } read)
        {
            return node is Definition d ? Step(d.Body, action) : Fold.Map(node, child => Step(child, action));
        }

        ImmutableArray<Node> index = [.. read.Index.Select(i => Step(i, action))];
        Node value = new Read(read.Variable, index, Primed: false);
        foreach (var update in action.Updates.Where(u => u.Variable == read.Variable))
        {
            value = Apply(update, index, value, action);
        }

        return value;
    }

    private static Node Apply(Update update, ImmutableArray<Node> index, Node unchanged, ActionDeclaration action)
    {
        // A bulk update's variable is bound by the index that it stands at.
        var bulk = new Dictionary<Binder, Node>();
        var conditions = new List<Node>();
        foreach (var (place, at) in update.Index.Zip(index))
        {
            if (place is Bound { Binder: var binder } && update.Bulk.Contains(binder) && bulk.TryAdd(binder, at))
            {
                continue;
            }

            conditions.Add(new Eq(Fold.Substitute(place, bulk), at));
        }

        if (update.Bulk.FirstOrDefault(b => !bulk.ContainsKey(b)) is { } free)
        {
            throw new NotSupportedException($"{update.Source}: {action.Name} updates {update.Variable.Name} for every {free}, which is not one of its indices; that has no proof for any size");
        }

        conditions.AddRange(update.When.Select(w => Fold.Substitute(w, bulk)));
        var value = Fold.Substitute(update.Value, bulk);
        return conditions.Count == 0 ? value : new Ite(conditions.Count == 1 ? conditions[0] : new And([.. conditions]), value, unchanged);
    }
}
