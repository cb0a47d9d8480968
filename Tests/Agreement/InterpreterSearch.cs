using Checker.Model.Ir;
using Checker.Solver.Instance;

namespace Checker.Tests.Agreement;

/// <summary>
/// Breadth-first search with the interpreter alone, without any part of the explorer. All other engines are compared with it.
/// </summary>
internal sealed class InterpreterSearch
{
    private readonly Interpreter _interpreter;
    private readonly Dictionary<string, int> _fired = new(StringComparer.Ordinal);

    public InterpreterSearch(Scope scope)
    {
        Scope = scope;
        _interpreter = new Interpreter(scope);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        List<int[]> level = [scope.InitialState()];
        seen.Add(Key(level[0]));
        while (level.Count > 0)
        {
            Levels.Add(level);
            var next = new List<int[]>();
            foreach (int[] state in level)
            {
                var steps = _interpreter.Successors(state).ToList();
                Generated += steps.Count;
                Deadlocks += steps.Count == 0 ? 1 : 0;
                foreach (var (instance, after) in steps)
                {
                    _fired[instance.Action.Name] = _fired.GetValueOrDefault(instance.Action.Name) + 1;
                    if (seen.Add(Key(after)))
                    {
                        next.Add(after);
                    }
                }

                Judge(state, steps);
            }

            level = next;
        }
    }

    public Scope Scope { get; }

    public List<List<int[]>> Levels { get; } = [];

    public IEnumerable<int[]> States => Levels.SelectMany(l => l);

    public int Distinct => Levels.Sum(l => l.Count);

    /// <summary>The number of steps of all states, plus one for the initial state.</summary>
    public int Generated { get; private set; } = 1;

    public int Deadlocks { get; private set; }

    /// <summary>
    /// The number of states of a shortest trace, for each property with a violation (or a witness, for a reachability property).
    /// </summary>
    public Dictionary<PropertyDeclaration, int> Lengths { get; } = [];

    /// <summary>The number of states of a shortest trace to any violation; null if there is none.</summary>
    public int? FirstViolation =>
        Lengths.Where(l => l.Key.Kind is not (PropertyKind.Reachable or PropertyKind.Scenario or PropertyKind.Lemma))
        .Select(l => (int?)l.Value).Min();

    public int Fired(ActionDeclaration action) => _fired.GetValueOrDefault(action.Name);

    /// <summary>True if these actions are possible in this order.</summary>
    public bool IsPossible(PropertyDeclaration scenario)
    {
        IEnumerable<int[]> ends = [Scope.InitialState()];
        foreach (string action in scenario.Actions)
        {
            ends = [.. ends.SelectMany(_interpreter.Successors)
                .Where(s => s.Instance.Action.Name == action)
                .Select(s => s.Next)
                .DistinctBy(Key)];
        }

        return ends.Any(s => _interpreter.Holds(scenario.Formula, s));
    }

    public static string Key(int[] state) => string.Create(state.Length, state, (text, codes) =>
    {
        for (int i = 0; i < codes.Length; i++)
        {
            text[i] = (char)codes[i];
        }
    });

    private void Judge(int[] state, List<(ActionInstance Instance, int[] Next)> steps)
    {
        foreach (var property in Scope.System.Properties.Where(p => p.Kind != PropertyKind.Scenario && !Lengths.ContainsKey(p)))
        {
            bool ofSteps = property.Kind == PropertyKind.StepInvariant
                || Fold.Descendants(property.Formula).Any(n => n is Read { Primed: true });
            bool wanted = property.Kind == PropertyKind.Reachable;
            bool found = ofSteps ? steps.Exists(s => _interpreter.Holds(property.Formula, state, s.Next) == wanted)
                : (property.Kind != PropertyKind.Terminal || steps.Count == 0) && _interpreter.Holds(property.Formula, state) == wanted;
            if (found)
            {
                Lengths[property] = Levels.Count + (ofSteps ? 1 : 0);
            }
        }
    }
}
