using System.Collections.Immutable;
using Checker.Solver.Instance;

namespace Checker.Solver.Walk;

/// <summary>
/// Where labels matter. Of a label that is there, an instance's guard has inputs that it would not have without it: where they alone
/// are false, the label refuses the instance. And an instance that fires may do something else than it would without the label, or,
/// if the label was dropped, than it would with it: that is a <see cref="Mark"/> for each instance and label. What does not fit
/// this picture (a guard that becomes weaker in one place and stronger in another) goes without, so a label may matter unseen.
/// </summary>
internal sealed class LabelMarks(FiniteModel model, Gates gates, Effects effects)
{
    private readonly List<string> _labels = [];
    private readonly List<Mark> _marks = [];
    private readonly List<Contrast> _contrasts = [];
    private readonly List<int> _first = [0];
    private readonly List<Dictionary<int, int>> _labelled = [];

    public ImmutableArray<string> Labels => [.. _labels];

    public int[] First => [.. _first];

    public Mark[] All => [.. _marks];

    public Contrast[] Contrasts => [.. _contrasts];

    public bool IsLabelled(int instance, int signal) => _labelled[instance].ContainsKey(signal);

    /// <summary>The label that a guard's input is there for; -1 for none.</summary>
    public int LabelOf(int instance, int signal) => _labelled[instance].GetValueOrDefault(signal, -1);

    public IEnumerable<int> LabelsOf(int instance) => _labelled[instance].Values;

    /// <summary>The instances have to come in the order of their numbers.</summary>
    /// <param name="guard">The signals of the parts of its guard.</param>
    public void Add(GroundAction action, int[] guard)
    {
        var (system, labelled) = (model.Scope.System, new Dictionary<int, int>());
        foreach (string label in action.Instance.Action.Labels)
        {
            int number = Number(label);
            bool dropped = system.Dropped.Contains(label);
            var other = model.GroundOf(action.Instance, l => l == label ? dropped : !system.Dropped.Contains(l));
            int[]? others = other is null ? null : [.. (other.Guard is All all ? all.Operands.AsEnumerable() : [other.Guard]).Select(p => gates.Of(p)).Where(s => s != Gates.True)];
            int signal = others is null ? Gates.True : Gates.Not(gates.And(others.Except(guard)));
            int first = _contrasts.Count;
            if (signal != Gates.True)
            {
                AddContrasts(action, other!);
            }

            if (signal != Gates.False || _contrasts.Count > first)
            {
                _marks.Add(new(number, signal, first, _contrasts.Count));
            }

            if (!dropped && others is not null && others.All(guard.Contains))
            {
                foreach (int input in guard.Except(others))
                {
                    labelled.TryAdd(input, number);
                }
            }
        }

        _labelled.Add(labelled);
        _first.Add(_marks.Count);
    }

    private void AddContrasts(GroundAction here, GroundAction otherwise)
    {
        foreach (int cell in here.Updates.Concat(otherwise.Updates).Select(u => u.Cell).Distinct())
        {
            var (one, other) = (model.ValueOf(here, cell), model.ValueOf(otherwise, cell));
            if (!one.Equals(other))
            {
                _contrasts.Add(new(effects.ValueOf(one), effects.ValueOf(other)));
            }
        }
    }

    private int Number(string label)
    {
        if (!_labels.Contains(label))
        {
            _labels.Add(label);
        }

        return _labels.IndexOf(label);
    }
}
