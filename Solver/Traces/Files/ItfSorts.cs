using Checker.Model.Ir;

namespace Checker.Solver.Traces.Files;

/// <summary>
/// The names of sorts and their elements in a file, in capitals as in Apalache. A number distinguishes sorts which differ only in case,
/// and sorts with the name of a variable.
/// </summary>
internal sealed class ItfSorts
{
    private readonly Dictionary<SortType, string> _names = [];

    public ItfSorts(TransitionSystem system)
    {
        var taken = system.Variables.Select(v => v.Record ?? v.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var sort in system.Sorts)
        {
            string capitals = sort.Name.ToUpperInvariant();
            string name = capitals;
            for (int number = 2; !taken.Add(name); number++)
            {
                name = $"{capitals}_{number}";
            }

            _names.Add(sort, name);
        }
    }

    public string Name(SortType sort) => _names[sort];

    /// <summary>The name of an element, such as "f1_OF_FRAME".</summary>
    public string Element(SortType sort, int code) => $"{Printer.Value(sort, code)}_OF_{Name(sort)}";
}
