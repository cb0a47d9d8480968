using System.Collections.Immutable;
using Checker.Model.Ir;

namespace Checker.Solver.Proof;

/// <summary>
/// Next state by substitution: an expression over the state after an action becomes one over the state before it, with <c>v'[i]</c>
/// replaced by <c>if i is the updated index then the value else v[i]</c>. It needs no primed symbols and no frame axioms.
/// </summary>
internal static class PostState
{
    /// <summary>Replaces the primed reads in the expression.</summary>
    /// <exception cref="NotEncodableException">
    /// A bulk update gives one location one of many values, among which it would have to choose.
    /// </exception>
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
            value = Apply(update, index, value);
        }

        return value;
    }

    /// <summary>Returns the reason why an update has no encoding: it gives a location one of many elements. Null if it has one.</summary>
    public static string? Refusal(Update update) =>
        Values(update.Variable.Type) is null
        && update.Bulk.FirstOrDefault(b =>
            !update.Index.Any(i => i is Bound at && at.Binder == b)
                && Fold.Descendants(update.Value).Any(n => n is Bound x && x.Binder == b)) is { } free
            ? $"the element that {update.Variable.Name} gets at {update.Source} depends on {free.Name}, which is none of its indices; "
                + "that has no proof for any size here"
            : null;

    /// <summary>The values of a finite type which elements of a bulk update can give to a location; null for any other type.</summary>
    private static IEnumerable<Lit>? Values(ModelType type) => Relational.CountOf(type) is { } count
        ? Enumerable.Range(0, count).Select(code => new Lit(type, code))
        : null;

    private static Node Apply(Update update, ImmutableArray<Node> index, Node unchanged)
    {
        // The variable of a bulk update is bound by its index. Its first place counts.
        var bulk = new Dictionary<Binder, Node>();
        var places = new HashSet<int>();
        for (int i = 0; i < index.Length; i++)
        {
            if (update.Index[i] is Bound { Binder: var binder } && update.Bulk.Contains(binder) && bulk.TryAdd(binder, index[i]))
            {
                places.Add(i);
            }
        }

        // A variable without an index of its own stands for any element. It gets a unique name.
        List<Binder> free = [];
        foreach (var binder in update.Bulk.Where(b => !bulk.ContainsKey(b)).ToList())
        {
            free.Add(new Binder(binder.Name, binder.Type));
            bulk.Add(binder, new Bound(free[^1]));
        }

        Node[] conditions =
        [
            .. Enumerable.Range(0, index.Length)
            .Where(i => !places.Contains(i))
            .Select(i => new Eq(Fold.Substitute(update.Index[i], bulk), index[i])),
            .. update.When.Select(w => Fold.Substitute(w, bulk)),
        ];
        var value = Fold.Substitute(update.Value, bulk);
        if (conditions.Length == 0 && free.Count == 0)
        {
            return value;
        }

        Node condition = conditions.Length == 1 ? conditions[0] : new And([.. conditions]);
        if (!Fold.Descendants(value).OfType<Bound>().Any(b => free.Contains(b.Binder)))
        {
            return new Ite(Some(free, condition), value, unchanged);
        }

        // If elements give the location different values, there is no step. So each value given by some element is the value.
        var values = Values(update.Variable.Type) ?? throw new NotEncodableException(Refusal(update)!);
        return values.Aggregate(
            unchanged,
            (otherwise, literal) => new Ite(Some(free, new And([condition, new Eq(value, literal)])), literal, otherwise));
    }

    private static Node Some(IEnumerable<Binder> free, Node condition) =>
        free.Reverse().Aggregate(condition, (body, binder) => new Quantified(QuantifierKind.Exists, binder, body));
}
