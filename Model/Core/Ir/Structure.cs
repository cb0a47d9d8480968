using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Checker.Model.Ir;

/// <summary>
/// The content of an action or a formula, as a key. Two keys are equal exactly if the two differ only in the names of bound
/// variables, even if they belong to separately built models. Definitions are opened, labels are replaced by true or false,
/// and decided parts are dropped.
/// </summary>
public sealed class Structure
{
    private readonly StringBuilder _text = new();
    private readonly Dictionary<Variable, int> _variables;
    private readonly Dictionary<Binder, int> _binders = [];
    private readonly ImmutableHashSet<string> _dropped;

    private Structure(TransitionSystem system)
    {
        _variables = system.Variables.Select((v, i) => (v, i)).ToDictionary(p => p.v, p => p.i);
        _dropped = system.Dropped;
    }

    /// <summary>Returns the key of the action's parameters, guards and updates. The action's name is not part of it.</summary>
    public static string Of(TransitionSystem system, ActionDeclaration action)
    {
        var structure = new Structure(system);
        structure.Bind(action.Parameters);
        structure.Write(structure.Reduce(new And([.. action.Guards.Select(g => g.Condition)])));
        foreach (var update in action.Updates)
        {
            var when = structure.Reduce(new And(update.When));
            if (when == Node.False)
            {
                continue;
            }

            structure._text.Append('\n').Append(structure._variables[update.Variable]).Append(':');
            structure.Bind(update.Bulk);
            structure.Write([.. update.Index.Select(structure.Reduce)]);
            structure.Write(when);
            structure.Write(structure.Reduce(update.Value));
        }

        return structure._text.ToString();
    }

    /// <summary>Returns the key of a closed formula.</summary>
    public static string Of(TransitionSystem system, Node formula)
    {
        var structure = new Structure(system);
        structure.Write(structure.Reduce(formula));
        return structure._text.ToString();
    }

    /// <summary>Returns the key of the state variables. Two systems with the same key have the same states at the same sizes.</summary>
    public static string OfState(TransitionSystem system) => string.Join('\n', system.Variables.Select(v =>
        $"{v.Name}[{string.Join(",", v.Index.Select(TypeOf))}]:{TypeOf(v.Type)}={v.Rigid?.ToString() ?? $"{v.Initial}"}"));

    private static string TypeOf(ModelType type) => type is EnumType e ? $"{e.Name}({string.Join(",", e.Members)})" : type.ToString();

    private void Bind(ImmutableArray<Binder> binders)
    {
        foreach (var binder in binders)
        {
            _binders[binder] = _binders.Count;
            _text.Append(TypeOf(binder.Type)).Append(',');
        }
    }

    private void Write(ImmutableArray<Node> nodes)
    {
        _text.Append('[');
        foreach (var node in nodes)
        {
            Write(node);
        }

        _text.Append(']');
    }

    private Node Reduce(Node node) => Reduction.Reduce(node, label => !_dropped.Contains(label));

    private void Write(Node node)
    {
        _text.Append('(');
        switch (node)
        {
            case Lit n:
                _text.Append(CultureInfo.InvariantCulture, $"{n.Code}:{n.Type}");
                break;
            case Bound n:
                _text.Append('$').Append(_binders[n.Binder]);
                break;
            case Read n:
                _text.Append('#').Append(_variables[n.Variable]).Append(n.Primed ? "'" : "");
                break;
            case Quantified n:
                _text.Append(n.Kind);
                Bind([n.Binder]);
                break;
            case Count n:
                _text.Append("Count");
                Bind([n.Binder]);
                break;
            default:
                _text.Append(node.GetType().Name);
                break;
        }

        foreach (var child in Fold.Children(node))
        {
            Write(child);
        }

        _text.Append(')');
    }
}
