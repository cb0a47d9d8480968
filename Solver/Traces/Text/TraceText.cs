using System.Globalization;
using Checker.Model.Ir;
using Checker.Solver.Instance;

namespace Checker.Solver.Traces.Text;

/// <summary>
/// A trace as text. Each step has a line with its actor, its action and the place in the source, followed by one line for each changed
/// cell. The columns are the same throughout, so the eye can follow an actor, a cell or a value down the page. The end explains the
/// violation, and <c>*</c> marks the cells it depends on. In a mutant's trace, <c>!</c> marks the steps in which the dropped label makes
/// a difference.
/// </summary>
public static class TraceText
{
    private const string AtZero = "None, false, 0 or the first member of an enum everywhere";

    public static IReadOnlyList<TextLine> Write(Trace trace, TextStyle? style = null) => new Page(trace, style ?? new()).Lines();

    /// <summary>Returns the text without colours, each line ended by a line feed.</summary>
    public static string Plain(Trace trace, TextStyle? style = null) => string.Concat(Write(trace, style).Select(l => l + "\n"));

    /// <summary>Returns the lines of one step: its action, and the cells that it changes. The marks are those of the whole trace.</summary>
    /// <param name="state">The number of the state after the step, from 1.</param>
    public static IReadOnlyList<TextLine> WriteStep(Trace trace, int state, TextStyle? style = null) =>
        new Page(trace, style ?? new()).StepLines(state);

    private sealed class Page
    {
        private readonly Trace _trace;
        private readonly TextStyle _style;
        private readonly Flow _flow;
        private readonly DroppedLabels _dropped;
        private readonly Reason? _reason;
        private readonly HashSet<int> _read;
        private readonly int _actionColumn;
        private readonly int _actorWidth;
        private readonly int _cellWidth;
        private readonly int _oldWidth;

        /// <summary>The column at which the places of all actions begin.</summary>
        private readonly int _sourceColumn;

        public Page(Trace trace, TextStyle style)
        {
            (_trace, _style, _flow, _dropped) = (trace, style, new(style.Width), new(trace.Scope));
            _reason = trace.Property is null ? null : Explanation.Why(trace);
            _read = [.. _reason?.AllReads.Select(r => r.Cell.Number) ?? []];

            var changes = Enumerable.Range(1, trace.Length - 1).SelectMany(Changes).ToList();
            _actorWidth = trace.States.Select(s => s.Instance?.Action.Actor.Length ?? 0).Max();
            _actionColumn = NumberWidth + 2 + _actorWidth + 2;
            _cellWidth = changes.Select(c => c.Cell.ToString().Length)
                .Concat(NotAtZero().Select(c => c.Name.Length))
                .DefaultIfEmpty(0)
                .Max();
            _oldWidth = changes.Select(c => c.Old.Length).DefaultIfEmpty(0).Max();
            _sourceColumn = style.Width - trace.States.Select(s => s.Instance?.Action.Source.ToString().Length ?? 0).Max();
        }

        private int NumberWidth => Math.Max(2, _trace.Length.ToString(CultureInfo.InvariantCulture).Length);

        public IReadOnlyList<TextLine> StepLines(int state)
        {
            Step(state);
            return _flow.Lines;
        }

        public IReadOnlyList<TextLine> Lines()
        {
            if (_style.Heading)
            {
                _flow.Words(_trace.Header.ToString(), TextRole.Heading).EndLine();
                if (_style.Remark.Length > 0)
                {
                    _flow.Words(_style.Remark, TextRole.Note).EndLine();
                }

                _flow.EndLine();
            }

            Initial();
            for (int i = 1; i < _trace.Length; i++)
            {
                Step(i);
            }

            if (_trace.Property is { } property)
            {
                _flow.Indent = 0;
                _flow.EndLine();
                Verdict(property);
                Because(_reason!, 0);
                if (Marks())
                {
                    _flow.Put("* ", TextRole.Mark).Put("read by the formula", TextRole.Note).EndLine();
                }
            }

            return _flow.Lines;
        }

        private void Initial()
        {
            var differ = NotAtZero().ToList();
            _flow.Indent = _actionColumn;
            Number(0)
                .To(_actionColumn)
                .Words(
                    $"{(_trace.BeginsAnywhere ? "a state, not necessarily reachable" : "the initial state")}: "
                        + $"{AtZero}{(differ.Count == 0 ? "" : ", but for")}",
                    TextRole.Note)
                .EndLine();
            foreach (var (name, value, read) in differ)
            {
                _flow.To(_actionColumn)
                    .Put(Mark(read), TextRole.Mark)
                    .Put(name.PadRight(_cellWidth), TextRole.Cell)
                    .Put("  ")
                    .Put(value, TextRole.New)
                    .EndLine();
            }
        }

        private void Step(int i)
        {
            var (action, arguments) = (_trace.States[i].Instance!.Action, _trace.States[i].Instance!.Arguments);
            _flow.Indent = _actionColumn + 4;
            Number(i).To(NumberWidth + 2).Put(action.Actor.PadRight(_actorWidth + 2), TextRole.Actor).Put(action.Name, TextRole.Action);
            for (int p = 0; p < arguments.Length; p++)
            {
                _flow.Fit($"{(p == 0 ? "(" : " ")}{action.Parameters[p].Name}=")
                    .Put(Printer.Value(action.Parameters[p].Type, arguments[p]), TextRole.Parameter)
                    .Put(p == arguments.Length - 1 ? ")" : ",");
            }

            _flow.At(_sourceColumn, action.Source.ToString(), TextRole.Source).EndLine();
            foreach (var (label, effect) in _dropped.Missed(
                _trace.States[i].Instance!,
                [.. _trace.States[i - 1].Cells],
                [.. _trace.States[i].Cells]))
            {
                _flow.To(_actionColumn).Put("! ", TextRole.Mark).Put(label, TextRole.Property).Put(" " + effect, TextRole.Note).EndLine();
            }

            foreach (var (cell, old, now) in Changes(i))
            {
                _flow.To(_actionColumn).Put(Mark(_read.Contains(cell.Number)), TextRole.Mark)
                    .Put(cell.ToString().PadRight(_cellWidth), TextRole.Cell).Put("  ")
                    .Put(old.PadRight(_oldWidth), TextRole.Old).Put(" -> ").Put(now, TextRole.New).EndLine();
            }
        }

        private void Verdict(PropertyDeclaration property)
        {
            var role = property.IsWitnessed ? TextRole.True : TextRole.False;
            _flow.Put(Trace.Shown(property, _trace.Length), role).Put(property.Name, TextRole.Property)
                .At(_sourceColumn, property.Source.ToString(), TextRole.Source)
                .EndLine();
        }

        /// <summary>
        /// Adds a line for the formula, and one for each deciding part: its value, its text, its role in the formula above.
        /// </summary>
        private void Because(Reason reason, int depth)
        {
            int column = 9 + (2 * depth);
            var value = reason.Value switch { "true" => TextRole.True, "false" => TextRole.False, _ => TextRole.New };
            _flow.Indent = column + 4;
            _flow.Put("  ").Put(reason.Value, value).To(Math.Max(column, reason.Value.Length + 4));
            _flow.Put(reason.Role.Length == 0 ? "" : reason.Role + ": ", TextRole.Note).Words(reason.Formula, TextRole.Formula);
            List("for", reason.Witness, TextRole.Parameter);
            List("as", [.. reason.Reads.Select(r => r.ToString()).Where(r => !Says(reason, r))], TextRole.Cell);
            _flow.EndLine();
            foreach (var part in reason.Parts)
            {
                Because(part, depth + 1);
            }
        }

        private void List(string word, IReadOnlyList<string> items, TextRole role)
        {
            for (int i = 0; i < items.Count; i++)
            {
                _flow.Fit($"{(i == 0 ? $"   {word}" : "")} {items[i]}{(i < items.Count - 1 ? "," : "")}", role);
            }
        }

        /// <summary>True if the line already contains the cell's value: <c>true  upte[p0] == f1</c>.</summary>
        private static bool Says(Reason reason, string reading) =>
            reason.Value == "true"
                && (reading == reason.Formula.Replace("==", "=", StringComparison.Ordinal) || reading == reason.Formula + " = true");

        private bool Marks() =>
            NotAtZero().Any(c => c.Read)
                || Enumerable.Range(1, _trace.Length - 1).SelectMany(Changes).Any(c => _read.Contains(c.Cell.Number));

        private static string Mark(bool read) => read ? "* " : "  ";

        private Flow Number(int state) =>
            _flow.Put((state + 1).ToString(CultureInfo.InvariantCulture).PadLeft(NumberWidth), TextRole.Number).Put("  ");

        private IEnumerable<(Cell Cell, string Old, string New)> Changes(int state)
        {
            var (before, after) = (_trace.States[state - 1].Cells, _trace.States[state].Cells);
            return from cell in _trace.Scope.Cells
                   where before[cell.Number] != after[cell.Number]
                   let type = cell.Variable.Type
                   select (cell, Printer.Value(type, before[cell.Number]), Printer.Value(type, after[cell.Number]));
        }

        /// <summary>
        /// The cells of the first state with another value than the zero of their type. Initially all cells of a variable are alike,
        /// so there is one line for each variable.
        /// </summary>
        private IEnumerable<(string Name, string Value, bool Read)> NotAtZero()
        {
            if (_trace.BeginsAnywhere)
            {
                return from cell in _trace.Scope.Cells
                       let code = _trace.States[0].Cells[cell.Number]
                       where code != 0 && cell.Variable.Rigid is null
                       select (cell.ToString(), Printer.Value(cell.Variable.Type, code), _read.Contains(cell.Number));
            }

            return from cells in _trace.Scope.Cells.GroupBy(c => c.Variable)
                   where cells.Key.Rigid is null && cells.Key.Initial != 0
                   select (cells.Count() == 1
                       ? cells.Single().ToString()
                       : Printer.Location(cells.Key, string.Join(',', cells.Key.Index.Select(_ => '*'))),
                       Printer.Value(cells.Key.Type, cells.Key.Initial), cells.Any(c => _read.Contains(c.Number)));
        }
    }
}
