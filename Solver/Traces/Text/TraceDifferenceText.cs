using System.Collections.Immutable;
using System.Globalization;
using Checker.Model.Ir;

namespace Checker.Solver.Traces.Text;

/// <summary>
/// The difference of two traces as text. Each step has a line: "-" marks those of the first trace alone and "+" those of the second alone,
/// and the two numbers are those of the state in each trace. Below a step of one trace are its changes. Below a common step are the
/// cells whose difference begins or changes there ("~") and those which are alike again ("=").
/// </summary>
public static class TraceDifferenceText
{
    /// <param name="first">The name of the first trace: its file.</param>
    /// <param name="second">The name of the second trace.</param>
    public static IReadOnlyList<TextLine> Write(TraceDifference difference, string first, string second, TextStyle? style = null) =>
        new Page(difference, (style ?? new()).Width).Lines(first, second);

    private sealed class Page
    {
        private readonly TraceDifference _difference;
        private readonly Flow _flow;
        private readonly int _numberWidth;
        private readonly int _actorWidth;
        private readonly int _actionColumn;

        /// <summary>The cells which differ after the last common step.</summary>
        private ImmutableArray<CellDifference> _known = [];

        public Page(TraceDifference difference, int width)
        {
            (_difference, _flow) = (difference, new(width));
            _numberWidth = Math.Max(2, Math.Max(difference.First.Length, difference.Second.Length)
                .ToString(CultureInfo.InvariantCulture).Length);
            _actorWidth = difference.First.States.Concat(difference.Second.States)
                .Max(s => s.Instance?.Action.Actor.Length ?? 0);
            _actionColumn = 2 + _numberWidth + 1 + _numberWidth + 2 + _actorWidth + 2;
        }

        public IReadOnlyList<TextLine> Lines(string first, string second)
        {
            _flow.Indent = 4;
            _flow.Put("- ", TextRole.False).Words($"{first}: {_difference.First.Header}", TextRole.Heading).EndLine();
            _flow.Put("+ ", TextRole.True).Words($"{second}: {_difference.Second.Header}", TextRole.Heading).EndLine();
            foreach (var (part, one, other) in _difference.Headers)
            {
                _flow.Put($"  {part}: ", TextRole.Note).Fit(Shown(one), TextRole.Old).Fit(" | ", TextRole.Note)
                    .Fit(Shown(other), TextRole.New).EndLine();
            }

            _flow.EndLine();
            foreach (var step in _difference.Steps)
            {
                Step(step);
            }

            return _flow.Lines;
        }

        /// <summary>An absent part has a mark, because a blank would look like a mistake.</summary>
        private static string Shown(string text) => text.Length == 0 ? "(none)" : text;

        private void Step(AlignedStep step)
        {
            var (trace, state) = step.First is { } index ? (_difference.First, index) : (_difference.Second, step.Second!.Value);
            var (mark, role) = step.IsCommon ? ("  ", TextRole.Plain)
                : step.First is not null ? ("- ", TextRole.False)
                : ("+ ", TextRole.True);
            _flow.Put(mark, role).Put($"{Number(step.First)} {Number(step.Second)}  ", TextRole.Number);
            _flow.Indent = _actionColumn + 4;
            if (trace.States[state].Instance is { } instance)
            {
                _flow.Put(instance.Action.Actor.PadRight(_actorWidth + 2), TextRole.Actor)
                    .Words(instance.ToString(), step.IsCommon ? TextRole.Action : role);
            }
            else
            {
                _flow.To(_actionColumn).Words("the initial state", TextRole.Note);
            }

            _flow.EndLine();
            if (step.IsCommon)
            {
                Common(step.Cells);
            }
            else
            {
                Changes(trace, state);
            }
        }

        private string Number(int? state) =>
            (state is { } index ? (index + 1).ToString(CultureInfo.InvariantCulture) : "").PadLeft(_numberWidth);

        private void Common(ImmutableArray<CellDifference> cells)
        {
            var begin = cells.Except(_known).ToList();
            var again = _known.Select(c => c.Cell).Except(cells.Select(c => c.Cell), StringComparer.Ordinal).ToList();
            int width = begin.Select(c => c.Cell).Concat(again).Select(c => c.Length).DefaultIfEmpty(0).Max();
            foreach (var cell in begin)
            {
                _flow.To(_actionColumn).Put("~ ", TextRole.Mark).Put(cell.Cell.PadRight(width), TextRole.Cell).Put("  ")
                    .Fit(cell.First ?? "(no such cell)", TextRole.Old).Fit(" | ", TextRole.Note)
                    .Fit(cell.Second ?? "(no such cell)", TextRole.New).EndLine();
            }

            foreach (string cell in again)
            {
                _flow.To(_actionColumn).Put("= ", TextRole.Note).Put(cell.PadRight(width), TextRole.Cell)
                    .Put("  alike again", TextRole.Note).EndLine();
            }

            _known = cells;
        }

        private void Changes(Trace trace, int state)
        {
            var (before, after) = (trace.States[state - 1].Cells, trace.States[state].Cells);
            var changed = trace.Scope.Cells.Where(c => before[c.Number] != after[c.Number]).ToList();
            int width = changed.Select(c => c.ToString().Length).DefaultIfEmpty(0).Max();
            foreach (var cell in changed)
            {
                var type = cell.Variable.Type;
                _flow.To(_actionColumn + 2).Put(cell.ToString().PadRight(width), TextRole.Cell).Put("  ")
                    .Fit(Printer.Value(type, before[cell.Number]), TextRole.Old).Fit(" -> ", TextRole.Note)
                    .Fit(Printer.Value(type, after[cell.Number]), TextRole.New).EndLine();
            }
        }
    }
}
