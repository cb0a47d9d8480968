using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Checker.Model.Ir;
using Checker.Solver.Instance;
using Checker.Solver.Traces;

namespace Checker.App.Reports;

/// <summary>A property in the states of a trace.</summary>
/// <param name="Reasons">
/// The value of the formula with its parts in each state; null in the first state for a property about steps.
/// </param>
public sealed record PropertyReadings(PropertyDeclaration Property, ImmutableArray<Reason?> Reasons)
{
    /// <summary>The first state in which the formula is false, from 0; null if it is true in all of them.</summary>
    public int? FirstFalse =>
        Reasons.Index().Where(r => r.Item is { Value: "false" }).Select(r => (int?)r.Index).FirstOrDefault();
}

/// <summary>The values of an expression in the states of a trace.</summary>
/// <param name="Text">The expression, with elements in place of variables: "Free(f1)".</param>
public sealed record Watch(string Text, ImmutableArray<string> Values);

/// <summary>
/// The truth of every property in every state of a trace, and the values of the model's definitions. All values come from the
/// interpreter. An instance serves all traces of one model, because states alike in the cells of a formula share one result.
/// </summary>
public sealed class TraceReadings
{
    /// <summary>The largest number of elements of a quantifier whose bodies are shown.</summary>
    private const int MostElements = 6;

    /// <summary>The largest number of states in a trace whose formulas are taken apart. In longer ones only their truth is known.</summary>
    public const int MostExplained = 300;

    /// <summary>The largest number of expressions to watch.</summary>
    private const int MostWatches = 200;

    private readonly Scope _scope;
    private readonly Interpreter _interpreter;
    private readonly ImmutableArray<(string Text, Node Node, ImmutableDictionary<Binder, int> Bound, Memo<string> Memo)> _watched;
    private readonly Dictionary<(PropertyDeclaration Property, bool Whole), Memo<Reason>> _reasons = [];

    public TraceReadings(Scope scope)
    {
        (_scope, _interpreter) = (scope, new(scope));
        foreach (var property in scope.System.Properties)
        {
            int[] cells = CellsOf(property.Formula);
            (_reasons[(property, true)], _reasons[(property, false)]) = (new(cells), new(cells));
        }

        _watched = [.. Watched().DistinctBy(w => w.Text).Take(MostWatches)];
    }

    /// <summary>Returns the properties and the watches of each trace. The models are evaluated in parallel.</summary>
    public static IReadOnlyDictionary<Trace, (ImmutableArray<PropertyReadings> Properties, ImmutableArray<Watch> Watches)> Of(
        IEnumerable<Trace> traces)
    {
        var known = new ConcurrentDictionary<Trace, (ImmutableArray<PropertyReadings> Properties, ImmutableArray<Watch> Watches)>(
            ReferenceEqualityComparer.Instance);
        Parallel.ForEach(traces.Distinct<Trace>(ReferenceEqualityComparer.Instance).ToLookup(t => t.Scope), model =>
        {
            var readings = new TraceReadings(model.Key);
            foreach (var trace in model)
            {
                known[trace] = (readings.Properties(trace), readings.Watches(trace));
            }
        });
        return known;
    }

    public ImmutableArray<PropertyReadings> Properties(Trace trace) =>
        [.. from property in _scope.System.Properties select new PropertyReadings(property, Reasons(property, trace))];

    public ImmutableArray<Watch> Watches(Trace trace) =>
    [
        .. from watch in _watched
           select new Watch(
               watch.Text,
               [
                   .. from state in trace.States
                      let cells = ImmutableCollectionsMarshal.AsArray(state.Cells)!
                      select watch.Memo.Of(cells, null, () => Value(watch.Node, watch.Bound, cells)),
               ]),
    ];

    private ImmutableArray<Reason?> Reasons(PropertyDeclaration property, Trace trace)
    {
        bool whole = trace.Length <= MostExplained;
        var memo = _reasons[(property, whole)];
        return
        [
            .. Enumerable.Range(0, trace.Length).Select(i =>
            {
                int[] cells = ImmutableCollectionsMarshal.AsArray(trace.States[i].Cells)!;
                int[]? before = i == 0 ? null : ImmutableCollectionsMarshal.AsArray(trace.States[i - 1].Cells);
                return !property.IsAboutSteps ? memo.Of(cells, null, () => Explain(property, cells, null, whole))
                    : before is null ? null
                    : memo.Of(before, cells, () => Explain(property, before, cells, whole));
            }),
        ];
    }

    private Reason Explain(PropertyDeclaration property, int[] state, int[]? next, bool whole) => whole
        ? Explanation.Whole(_interpreter, property.Formula, state, next, MostElements)
        : new("", property.Formula.ToString(), _interpreter.Holds(property.Formula, state, next) ? "true" : "false", [], [], []);

    private string Value(Node node, ImmutableDictionary<Binder, int> bound, int[] state) =>
        Printer.Value(node.Type, _interpreter.Value(node, bound, state));

    /// <summary>The operations in progress and the model's definitions, for every element.</summary>
    private IEnumerable<(string Text, Node Node, ImmutableDictionary<Binder, int> Bound, Memo<string> Memo)> Watched()
    {
        var system = _scope.System;
        foreach (var operation in system.Operations)
        {
            yield return Watch($"in progress: {operation.Name}", operation.InProgress, ImmutableDictionary<Binder, int>.Empty);
        }

        var formulas = system.Properties.Select(p => p.Formula).Concat(system.Actions.SelectMany(a => a.Guards.Select(g => g.Condition)));
        foreach (var definition in formulas.SelectMany(Fold.Descendants).OfType<Definition>().Where(IsOfOneState))
        {
            ImmutableArray<Binder> free = [.. Free(definition).Distinct()];
            foreach (var tuple in Scope.Tuples([.. free.Select(b => _scope.Cardinality(b.Type))]).Take(MostElements * MostElements))
            {
                var bound = ImmutableDictionary<Binder, int>.Empty.AddRange(free.Zip(tuple, KeyValuePair.Create));
                string text = Printer.Print(definition, bound.ToDictionary(b => b.Key, b => Printer.Value(b.Key.Type, b.Value)));
                yield return Watch(text, definition, bound);
            }
        }
    }

    private (string Text, Node Node, ImmutableDictionary<Binder, int> Bound, Memo<string> Memo) Watch(
        string text,
        Node node,
        ImmutableDictionary<Binder, int> bound) => (text, node, bound, new(CellsOf(node)));

    /// <summary>True for a definition which reads the state before the step alone, and reads it at all.</summary>
    private static bool IsOfOneState(Definition definition) =>
        Fold.Descendants(definition).OfType<Read>().Any() && !Fold.Descendants(definition).Any(n => n is Read { Primed: true });

    /// <summary>The variables of the definition which are bound outside of it.</summary>
    private static IEnumerable<Binder> Free(Node node) => node switch
    {
        Bound bound => [bound.Binder],
        Quantified q => Free(q.Body).Where(b => b != q.Binder),
        Count c => Free(c.Body).Where(b => b != c.Binder),
        _ => Fold.Children(node).SelectMany(Free),
    };

    /// <summary>The numbers of all cells of the variables in the formula.</summary>
    private int[] CellsOf(Node formula)
    {
        var read = Fold.Descendants(formula).OfType<Read>().Select(r => r.Variable).ToHashSet();
        return [.. _scope.Cells.Where(c => read.Contains(c.Variable)).Select(c => c.Number)];
    }

    /// <summary>Results by the values of the cells on which they depend.</summary>
    private sealed class Memo<T>(int[] cells)
    {
        private readonly Dictionary<string, T> _known = new(StringComparer.Ordinal);

        public T Of(int[] state, int[]? next, Func<T> compute)
        {
            // A code is less than 64, so it is one character.
            string key = string.Create(cells.Length * (next is null ? 1 : 2), (cells, state, next), static (chars, given) =>
            {
                for (int i = 0; i < chars.Length; i++)
                {
                    int cell = given.cells[i % given.cells.Length];
                    chars[i] = (char)(i < given.cells.Length ? given.state[cell] : given.next![cell]);
                }
            });
            return _known.TryGetValue(key, out var known) ? known : _known[key] = compute();
        }
    }
}
