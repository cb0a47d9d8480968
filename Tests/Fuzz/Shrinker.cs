using System.Collections.Immutable;
using Checker.Model.Ir;
using Checker.Tests.Fuzz.Generator;

namespace Checker.Tests.Fuzz;

/// <summary>A smaller model on which the same engine fails in the same way.</summary>
internal static class Shrinker
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(60);

    public static FuzzModel Shrink(Finding finding)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var model = finding.Model;
        for (bool changed = true; changed;)
        {
            changed = false;
            foreach (var smaller in Smaller(model))
            {
                if (clock.Elapsed > s_longest)
                {
                    return model;
                }

                if (Fails(smaller, finding))
                {
                    (model, changed) = (smaller, true);
                    break;
                }
            }
        }

        return model;
    }

    private static bool Fails(FuzzModel model, Finding finding)
    {
        var tally = new Tally();
        return Models.IsUsable(model, tally) && Runner.Check(model, finding.Engine, tally).Exists(f => f.Engine == finding.Engine
            && f.Event == finding.Event && Kind(f) == Kind(finding));
    }

    /// <summary>The first words of a finding's message. They identify its kind: the comparison, or the type of the exception.</summary>
    private static string Kind(Finding finding) =>
        string.Concat(finding.Message.TakeWhile(c => c is not (':' or ',' or '(' or '#')).Take(24));

    /// <summary>The models with fewer parts, those with far fewer parts first.</summary>
    private static IEnumerable<FuzzModel> Smaller(FuzzModel model)
    {
        var raw = model.Raw;
        foreach (var property in raw.Properties)
        {
            yield return model.With(raw with { Properties = raw.Properties.Remove(property) });
        }

        foreach (var action in raw.Actions.Where(_ => raw.Actions.Length > 1))
        {
            ImmutableArray<PropertyDeclaration> others = [.. raw.Properties.Where(p => !p.Actions.Contains(action.Name))];
            yield return model.With(raw with { Actions = raw.Actions.Remove(action), Properties = others });
        }

        foreach (var variable in raw.Variables.Where(_ => raw.Variables.Length > 1))
        {
            if (!Expressions(raw).SelectMany(Fold.Descendants).OfType<Read>().Any(r => r.Variable == variable)
                && !raw.Actions.Any(a => a.Modifies.Contains(variable)))
            {
                yield return model.With(raw with { Variables = raw.Variables.Remove(variable) });
            }
        }

        foreach (var label in raw.Labels)
        {
            yield return model.With(Without(raw, label));
        }

        foreach (var (sort, size) in model.Sizes.Where(s => s.Value > 0))
        {
            yield return model.With(new Dictionary<string, int>(model.Sizes, StringComparer.Ordinal) { [sort] = size - 1 });
        }

        foreach (var sort in raw.Sorts.Where(s => !Types(raw).Contains(s)))
        {
            yield return model.With(raw with { Sorts = raw.Sorts.Remove(sort) });
        }

        foreach (var action in raw.Actions)
        {
            foreach (var smaller in Smaller(action))
            {
                yield return model.With(raw with { Actions = raw.Actions.Replace(action, smaller) });
            }
        }

        foreach (var property in raw.Properties)
        {
            foreach (var smaller in Smaller(property.Formula))
            {
                yield return model.With(raw with { Properties = raw.Properties.Replace(property, property with { Formula = smaller }) });
            }

            for (int i = 0; i < property.Actions.Length && property.Actions.Length > 1; i++)
            {
                var shorter = property with { Actions = property.Actions.RemoveAt(i) };
                yield return model.With(raw with { Properties = raw.Properties.Replace(property, shorter) });
            }
        }
    }

    private static TransitionSystem Without(TransitionSystem system, LabelDeclaration label)
    {
        bool has = !system.Dropped.Contains(label.Name);
        return Map(system, Decide) with { Labels = system.Labels.Remove(label), Dropped = system.Dropped.Remove(label.Name) };

        Node Decide(Node node) => node is HasLabel h && h.Label == label.Name ? (has ? Node.True : Node.False) : Fold.Map(node, Decide);
    }

    private static TransitionSystem Map(TransitionSystem system, Func<Node, Node> map) => system with
    {
        Actions = [.. system.Actions.Select(a => a with
        {
            Guards = [.. a.Guards.Select(g => g with { Condition = map(g.Condition) })],
            Updates = [.. a.Updates.Select(u => u with { Index = [.. u.Index.Select(map)], Value = map(u.Value),
                When = [.. u.When.Select(map)] })],
        })],
        Properties = [.. system.Properties.Select(p => p with { Formula = map(p.Formula) })],
    };

    private static IEnumerable<ActionDeclaration> Smaller(ActionDeclaration action)
    {
        foreach (var guard in action.Guards)
        {
            yield return action with { Guards = action.Guards.Remove(guard) };
        }

        foreach (var update in action.Updates.Where(_ => action.Updates.Length > 1))
        {
            yield return action with { Updates = action.Updates.Remove(update) };
        }

        var used = action.Guards.Select(g =>
            g.Condition).Concat(action.Updates.SelectMany(Expressions)).SelectMany(Fold.Descendants).OfType<Bound>().Select(b =>
            b.Binder).ToHashSet();
        foreach (var parameter in action.Parameters.Where(p => !used.Contains(p)))
        {
            yield return action with { Parameters = action.Parameters.Remove(parameter) };
        }

        foreach (var guard in action.Guards)
        {
            foreach (var smaller in Smaller(guard.Condition))
            {
                yield return action with { Guards = action.Guards.Replace(guard, guard with { Condition = smaller }) };
            }
        }

        foreach (var update in action.Updates)
        {
            foreach (var smaller in Smaller(update, used))
            {
                yield return action with { Updates = action.Updates.Replace(update, smaller) };
            }
        }
    }

    private static IEnumerable<Update> Smaller(Update update, HashSet<Binder> used)
    {
        foreach (var when in update.When)
        {
            yield return update with { When = update.When.Remove(when) };
        }

        foreach (var bulk in update.Bulk.Where(b => !used.Contains(b)))
        {
            yield return update with { Bulk = update.Bulk.Remove(bulk) };
        }

        foreach (var value in Smaller(update.Value))
        {
            yield return update with { Value = value };
        }

        for (int i = 0; i < update.When.Length; i++)
        {
            foreach (var smaller in Smaller(update.When[i]))
            {
                yield return update with { When = update.When.SetItem(i, smaller) };
            }
        }

        for (int i = 0; i < update.Index.Length; i++)
        {
            foreach (var smaller in Smaller(update.Index[i]))
            {
                yield return update with { Index = update.Index.SetItem(i, smaller) };
            }
        }
    }

    /// <summary>The smaller expressions of the same type. The language refuses one with an unbound variable.</summary>
    private static IEnumerable<Node> Smaller(Node node)
    {
        if (node is Lit or Bound)
        {
            yield break;
        }

        if (node.Type is BoolType)
        {
            yield return Node.True;
            yield return Node.False;
        }
        else if (node.Type is EnumType or OptionType)
        {
            yield return new Lit(node.Type, 0);
        }
        else if (node.Type is IntType or RangeType)
        {
            yield return new Lit(ModelType.Int, 0);
        }

        foreach (var part in Fold.Descendants(node).Skip(1).Where(d => d.Type == node.Type))
        {
            yield return part;
        }

        if (node is And { Operands.Length: > 1 } and)
        {
            for (int i = 0; i < and.Operands.Length; i++)
            {
                yield return new And(and.Operands.RemoveAt(i));
            }
        }

        if (node is Or { Operands.Length: > 1 } or)
        {
            for (int i = 0; i < or.Operands.Length; i++)
            {
                yield return new Or(or.Operands.RemoveAt(i));
            }
        }

        var children = Fold.Children(node).ToImmutableArray();
        for (int i = 0; i < children.Length; i++)
        {
            foreach (var smaller in Smaller(children[i]))
            {
                int at = 0, wanted = i;
                yield return Fold.Map(node is Definition d ? d with { Arguments = [] } : node, child => at++ == wanted ? smaller : child);
            }
        }
    }

    private static IEnumerable<Node> Expressions(Update update) => update.When.Concat(update.Index).Append(update.Value);

    private static IEnumerable<Node> Expressions(TransitionSystem system) => system.Properties.Select(p => p.Formula)
        .Concat(system.Actions.SelectMany(a => a.Guards.Select(g => g.Condition).Concat(a.Updates.SelectMany(Expressions))));

    private static HashSet<ModelType> Types(TransitionSystem system)
    {
        var binders = system.Actions.SelectMany(a => a.Parameters.Concat(a.Updates.SelectMany(u => u.Bulk)))
            .Concat(Expressions(system).SelectMany(Fold.Descendants).Select(n =>
                n switch { Quantified q => q.Binder, Count c => c.Binder, _ => null }).OfType<Binder>());
        return [.. system.Variables.SelectMany(v => v.Index.Append(v.Type)).Concat(binders.Select(b => b.Type)).Select(t =>
            t is OptionType o ? o.Element : t)];
    }
}
