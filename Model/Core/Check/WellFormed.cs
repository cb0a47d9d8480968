using System.Collections.Immutable;
using Checker.Model.Ir;

namespace Checker.Model.Check;

/// <summary>
/// Refuses a wrong model. Adds the properties required by the language (ranges, no location written twice);
/// they are explored and proved like any other.
/// </summary>
internal static class WellFormed
{
    public static TransitionSystem Check(TransitionSystem system, IEnumerable<Diagnostic> sofar)
    {
        var found = new List<Diagnostic>(sofar);
        if (system.Variables.IsEmpty || system.Actions.IsEmpty)
        {
            string missing = !system.Variables.IsEmpty ? "actions" : system.Actions.IsEmpty ? "variables and no actions" : "variables";
            found.Add(new(Code.Empty, $"{system.Name} has no {missing}", system.Source));
        }

        Names(system, found);
        foreach (var variable in system.Variables)
        {
            found.AddRange(variable.Index.Append(variable.Type).SelectMany(type => TooManyValues(type, variable.Name, variable.Source)));
        }

        foreach (var action in system.Actions)
        {
            CheckAction(system, action, found);
        }

        foreach (var operation in system.Operations)
        {
            CheckNode(system, operation.InProgress, $"the operation {operation.Name}", [], primes: false, operation.Source, found);
        }

        foreach (var property in system.Properties)
        {
            CheckNode(
                system,
                property.Formula,
                property.Name,
                [],
                property.Kind.Traits().Subject is PropertySubject.Step or PropertySubject.StateOrStep,
                property.Source,
                found);
            string? unknown = property.Steps.FirstOrDefault(name => system.Actions.All(a => a.Name != name));
            if (unknown is not null || (property.Subject == PropertySubject.Sequence && property.Steps.IsEmpty))
            {
                found.Add(new(
                    Code.NoSuchAction,
                    $"scenario {property.Name} names {(unknown is null ? "no action" : $"an action {unknown} that does not exist")}",
                    property.Source));
            }
        }

        if (found.Count > 0)
        {
            throw new ModelException([.. found.Distinct().OrderBy(d => d.Source.File, StringComparer.Ordinal).ThenBy(d => d.Source.Line)]);
        }

        return RequiredProperties.Renew(system);
    }

    private static void Names(TransitionSystem system, List<Diagnostic> found)
    {
        Unique("variable", system.Variables.Select(v => (v.Name, v.Source)));
        Unique("action", system.Actions.Select(a => (a.Name, a.Source)));
        Unique("property", system.Properties.Select(p => (p.Name, p.Source)));
        Unique("label", system.Labels.Select(l => (l.Name, l.Source)));
        Unique("operation", system.Operations.Select(o => (o.Name, o.Source)));
        foreach (var types in Types(system).GroupBy(t => t.Name, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            found.Add(new(
                Code.DuplicateName,
                $"two types are called {types.Key}: {string.Join(" and ", types.Select(FullName).Order(StringComparer.Ordinal))}; "
                    + "types of a model have names of their own, also in different namespaces",
                system.Source));
        }

        void Unique(string what, IEnumerable<(string Name, Source Source)> named)
        {
            foreach (var twice in named.OrderBy(n => n.Source.File, StringComparer.Ordinal)
                .ThenBy(n => n.Source.Line)
                .GroupBy(n => n.Name, StringComparer.Ordinal)
                .Where(g => g.Count() > 1))
            {
                found.Add(new(
                    Code.DuplicateName,
                    $"two {(what == "property" ? "properties" : what + "s")} are called {twice.Key}: here and at {twice.First().Source}",
                    twice.Last().Source));
            }
        }
    }

    /// <summary>The sorts and enums used by the model, each once.</summary>
    private static IEnumerable<ModelType> Types(TransitionSystem system)
    {
        var nodes = system.Expressions.SelectMany(Fold.Descendants);
        return system.Variables.SelectMany(v => v.Index.Append(v.Type))
            .Concat(system.Actions.SelectMany(a => a.Parameters.Concat(a.Updates.SelectMany(u => u.Bulk))).Select(b => b.Type))
            .Concat(nodes.Select(n => n switch { Quantified q => q.Binder.Type, Count c => c.Binder.Type, _ => n.Type }))
            .Select(t => t is OptionType option ? option.Element : t).Where(t => t is SortType or EnumType).Distinct();
    }

    private static string FullName(ModelType type) =>
        (type is EnumType e ? e.Clr : ((SortType)type).Clr)?.FullName?.Replace('+', '.') ?? type.Name;

    private static void CheckAction(TransitionSystem system, ActionDeclaration action, List<Diagnostic> found)
    {
        // An action which throws has not recorded all of its updates.
        if (action.Updates.IsEmpty && !found.Exists(d => d.Code == Code.NoField || (d.Code == Code.Throws && d.Source == action.Source)))
        {
            found.Add(new(Code.NoEffect, $"{action.Name} updates nothing", action.Source));
        }

        CheckBinders(action.Parameters.Concat(action.Updates.SelectMany(u => u.Bulk)), action.Name, action.Source, found);
        foreach (var guard in action.Guards)
        {
            CheckNode(system, guard.Condition, action.Name, action.Parameters, primes: false, guard.Source, found);
        }

        foreach (var update in action.Updates)
        {
            var scope = action.Parameters.AddRange(update.Bulk);
            if (update.Index.SelectMany(Fold.Descendants).Any(n => n is Read { Variable.Rigid: null }))
            {
                found.Add(new(
                    Code.StateDependentTarget,
                    $"{action.Name} updates {update.Variable.Name} at an index that depends on the state; "
                        + "take the element as a parameter and require that it is the one",
                    update.Source));
            }

            if (!Fits(update.Variable.Type, update.Value))
            {
                found.Add(new(
                    Code.IllTyped,
                    $"{action.Name} gives {update.Variable.Name}, of type {update.Variable.Type}, the value {update.Value}",
                    update.Source));
            }

            foreach (var node in update.When.Concat(update.Index).Append(update.Value))
            {
                CheckNode(system, node, action.Name, scope, primes: false, update.Source, found);
            }
        }

        found.AddRange(RequiredProperties.DoubleUpdates(action));
    }

    private static void CheckNode(
        TransitionSystem system,
        Node root,
        string where,
        IEnumerable<Binder> scope,
        bool primes,
        Source source,
        List<Diagnostic> found)
    {
        Visit(root, [.. scope]);
        if (Fold.Descendants(root).FirstOrDefault(IsNone) is { } misplaced
            && !found.Any(d => d.Code == Code.IllTyped && d.Source == source))
        {
            // For example in an index, or as the element of an option.
            found.Add(new(Code.IllTyped, $"{where} uses None as a value of type {misplaced.Type}, which has no such value", source));
        }

        void Visit(Node node, ImmutableHashSet<Binder> bound)
        {
            switch (node)
            {
                case Bound b when !bound.Contains(b.Binder):
                    found.Add(new(Code.Unbound, $"{where} uses {b.Binder.Name} outside the quantifier or action that binds it", source));
                    break;
                case HasLabel h when system.Labels.All(l => l.Name != h.Label):
                    found.Add(new(
                        Code.UndeclaredLabel,
                        $"{where} uses the label '{h.Label}', which is not declared: add Label(\"{h.Label}\", \"its purpose\")",
                        source));
                    break;
                case Read { Primed: true } r when !primes:
                    found.Add(new(
                        Code.MisplacedNext,
                        $"{where} reads {r.Variable.Name} after the step; Next(..) belongs into a step property",
                        source));
                    break;
                case Eq e when !Comparable(e.Left, e.Right):
                    var (value, none) = IsNone(e.Left) ? (e.Right, e.Left) : (e.Left, e.Right);
                    found.Add(new(Code.IllTyped, $"{where} compares {value} of type {value.Type} with {none}", source));
                    break;
                case Quantified q:
                    CheckBinders([q.Binder], where, source, found);
                    break;
                case Count c:
                    CheckBinders([c.Binder], where, source, found);
                    break;
                default:
                    break;
            }

            var inner = node switch
            {
                Quantified q => bound.Add(q.Binder),
                Count c => bound.Add(c.Binder),
                _ => bound,
            };
            foreach (var child in Fold.Children(node))
            {
                Visit(child, inner);
            }
        }
    }

    private static void CheckBinders(IEnumerable<Binder> binders, string where, Source source, List<Diagnostic> found)
    {
        foreach (var binder in binders)
        {
            if (binder.Type is IntType)
            {
                found.Add(new(Code.NoSuchType, $"{where} ranges over {binder.Name} of type int: use an enum or a sort", source));
            }

            if ((binder.Type is OptionType option ? option.Element : binder.Type) is EnumType { IsCounted: false } odd)
            {
                found.Add(new(Code.OddEnum, $"the members of {odd.Name} must be 0, 1, 2, ...", source));
            }

            found.AddRange(TooManyValues(binder.Type, where, source));
        }
    }

    /// <summary>The diagnostic for an enum with too many values, or an option of one. The size of a sort is not known here.</summary>
    private static IEnumerable<Diagnostic> TooManyValues(ModelType type, string where, Source source)
    {
        int values = type switch
        {
            EnumType e => e.Members.Length,
            OptionType { Element: EnumType e } => e.Members.Length + 1,
            _ => 0,
        };
        if (values > ModelType.MostValues)
        {
            yield return new(
                Code.TooManyValues,
                $"{where} uses {type}, which has {values} values; at most {ModelType.MostValues} are allowed",
                source);
        }
    }

    private static bool Comparable(Node left, Node right) => !IsNone(left) && !IsNone(right);

    /// <summary>True for None at a type without such a value (<see cref="Language.Types.None"/>).</summary>
    private static bool IsNone(Node node) => node is Lit { Code: < 0, Type: not (IntType or RangeType) };

    private static bool Fits(ModelType type, Node value) => (type, value) switch
    {
        (RangeType range, Lit lit) => lit.Code >= range.Min && lit.Code <= range.Max,
        (_, Lit { Code: < 0 }) => false,
        (_, Ite ite) => Fits(type, ite.Then) && Fits(type, ite.Else),
        _ => true,
    };
}
