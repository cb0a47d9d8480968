namespace Checker.Tests.Fuzz.Naive;

/// <summary>The states which differ only in the names of elements, found by trying all renamings.</summary>
internal static class NaiveOrbits
{
    /// <summary>The least key of the orbit of each reachable state, in order.</summary>
    public static string[] Of(NaiveSearch search)
    {
        var renamings = Renamings(search.Model).ToList();
        return [.. search.States.Select(state => renamings.Select(r => Rename(search.Model, state, r)).Min(StringComparer.Ordinal)!)];
    }

    private static IEnumerable<Dictionary<Element, Element>> Renamings(NaiveModel model)
    {
        IEnumerable<Dictionary<Element, Element>> all = [[]];
        foreach (var sort in model.System.Sorts)
        {
            Element[] elements = [.. model.Domains.Of(sort).Cast<Element>()];
            var orders = sort.IsOrdered ? [elements] : Orders(elements).ToList();
            all =
                from one in all
                from order in orders
                select new Dictionary<Element, Element>(one.Concat(elements.Zip(order, KeyValuePair.Create)));
        }

        return all;
    }

    private static IEnumerable<IEnumerable<Element>> Orders(IReadOnlyCollection<Element> elements) => elements.Count == 0
        ? [[]]
        : elements.SelectMany(first => Orders([.. elements.Where(e => e != first)]).Select(rest => rest.Prepend(first)));

    private static string Rename(NaiveModel model, NaiveState state, Dictionary<Element, Element> renaming)
    {
        var renamed = state.Values.ToDictionary(v => new Location(v.Key.Variable, [.. v.Key.Index.Select(Of)]), v => Of(v.Value));
        return new NaiveState(state.Values.Keys.ToDictionary(l => l, l => renamed[l])).Key;

        object Of(object value) => value switch
        {
            Element element => renaming[element],
            Just just => new Just(Of(just.Value)),
            _ => value,
        };
    }
}
