using Checker.Model.Ir;

namespace Checker.Solver.Proof;

/// <summary>
/// The part of a model with an encoding for any size. Integers have none, and neither has a variable updated with a value computed from
/// integers. A guard without an encoding is left out. The action is then possible more often and has more steps; a fact proved for all
/// of these steps holds for the real ones.
/// </summary>
public sealed class Encodable
{
    private readonly Dictionary<Variable, string> _refused = [];

    public Encodable(TransitionSystem system)
    {
        foreach (var variable in system.Variables.Where(v => v.Type is RangeType))
        {
            _refused[variable] = $"{variable.Name} is an integer; integers have no proof for any size here (an enum of its values has one)";
        }

        int before;
        do
        {
            before = _refused.Count;
            foreach (var update in system.Actions.SelectMany(a => a.Updates).Where(u => !_refused.ContainsKey(u.Variable)))
            {
                if (update.When.Concat(update.Index)
                    .Append(update.Value)
                    .Select(Refusal)
                    .Append(PostState.Refusal(update))
                    .FirstOrDefault(r => r is not null) is { } reason)
                {
                    _refused[update.Variable] = $"{update.Variable.Name} gets a value that has no encoding: {reason}";
                }
            }
        }
        while (_refused.Count > before);
    }

    public bool Has(Variable variable) => !_refused.ContainsKey(variable);

    /// <summary>Returns the reason why the expression has no encoding, as a sentence without a full stop; null if it has one.</summary>
    public string? Refusal(Node node) => Fold.Descendants(node).Select(n => n switch
    {
        Count => $"{n}: integers have no proof for any size here",
        Less or Plus or Minus => $"{n}: integers have no proof for any size here",
        Read r => _refused.GetValueOrDefault(r.Variable),
        _ => null,
    }).FirstOrDefault(r => r is not null);
}
