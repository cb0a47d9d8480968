using Checker.Model.Ir;

namespace Checker.Solver.Traces.Files;

/// <summary>
/// The names of sorts and their elements in a file: in capitals, as Apalache has it. Sorts that differ by case alone, and sorts whose
/// name is that of a variable, are told apart by a number.
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

    /// <summary>"f1_OF_FRAME"</summary>
    public string Element(SortType sort, int code) => $"{Printer.Value(sort, code)}_OF_{Name(sort)}";
}
