using System.Collections.Immutable;
using Checker.Model.Ir;

namespace Checker.Solver.Traces.Files;

/// <summary>
/// A trace as a sequence diagram: its parties, its steps, and the sentence at the end. The diagram formats differ in syntax alone.
/// </summary>
internal sealed class Sequence
{
    private readonly Trace _trace;

    public Sequence(Trace trace)
    {
        _trace = trace;
        Parties = [.. trace.States.Select(s => s.Instance?.Action.Actor).OfType<string>().Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The actors in the order of their first steps.</summary>
    public ImmutableArray<string> Parties { get; }

    public string Title => _trace.Header.ToString();

    /// <summary>The steps: the number of the actor, the action, and the changed cells.</summary>
    public IEnumerable<(int Party, string Action, ImmutableArray<string> Changes)> Steps =>
        from i in Enumerable.Range(1, _trace.Length - 1)
        let instance = _trace.States[i].Instance!
        select (Parties.IndexOf(instance.Action.Actor), $"{i + 1}. {instance}", Changes(i));

    /// <summary>The sentence about the property at the end of the trace; null if there is none.</summary>
    public string? Ending => _trace.Property is { } property ? Trace.Shown(property, _trace.Length) + property.Name : null;

    private ImmutableArray<string> Changes(int state)
    {
        var (before, after) = (_trace.States[state - 1].Cells, _trace.States[state].Cells);
        return
        [
            .. from cell in _trace.Scope.Cells
               where before[cell.Number] != after[cell.Number]
               select $"{cell} = {Printer.Value(cell.Variable.Type, after[cell.Number])}",
        ];
    }
}
