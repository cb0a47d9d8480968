using Checker.Model.Check;
using Checker.Model.Ir;
using Checker.Tests.Fuzz.Generator;

namespace Checker.Tests.Fuzz.Against;

/// <summary>A model with one injected mistake is refused, with the code of this mistake.</summary>
internal static class Refusing
{
    private static readonly Source s_here = new("./Tests/Fuzz/Random.cs", 1);

    public static void Check(Comparison compare)
    {
        foreach (var (code, wrong) in Wrong(compare.Subject.Model.Raw))
        {
            try
            {
                WellFormed.Check(wrong, []);
                compare.Holds(false, $"a model with the mistake {code} is accepted");
            }
            catch (ModelException refused)
            {
                compare.Holds(refused.Diagnostics.Any(d => d.Code == code),
                    $"the mistake {code} is called {string.Join(", ", refused.Diagnostics.Select(d => d.Code))}");
            }
        }
    }

    private static IEnumerable<(string Code, TransitionSystem Wrong)> Wrong(TransitionSystem system)
    {
        var (variable, action) = (system.Variables[0], system.Actions[0]);
        yield return (Code.DuplicateName,
            system with { Variables = system.Variables.Add(new(variable.Name, null, [], ModelType.Bool, s_here)) });
        yield return (Code.DuplicateName, system with { Actions = system.Actions.Add(action) });
        yield return (Code.DuplicateName, With(system, Node.True, "twice", "twice"));
        yield return (Code.NoEffect, system with { Actions = system.Actions.Add(action with { Name = "nothing at all", Updates = [] }) });
        yield return (Code.UndeclaredLabel, With(system, new HasLabel("a label that is not declared"), "claim"));
        yield return (Code.Unbound, With(system, new Bound(new("x", ModelType.Bool)), "claim"));
        yield return (Code.NoSuchType, With(system, new Quantified(QuantifierKind.Forall, new("n", ModelType.Int), Node.True), "claim"));
        yield return (Code.NoSuchAction,
            system with { Properties = system.Properties.Add(new("claim", PropertyKind.Scenario, Node.True, ["no such action"], s_here)) });
        yield return (Code.Empty, system with { Actions = [], Properties = [] });
        if (system.Variables.FirstOrDefault(v => v.Index.IsEmpty && v.Type is BoolType) is { } flag)
        {
            var read = new Read(flag, [], Primed: true);
            yield return (Code.MisplacedNext, With(system, read, "claim"));
            var twice = new Update(flag, [], Node.True, [], [], s_here);
            var other = twice with { Value = Node.False };
            yield return (Code.DoubleUpdate,
                system with { Actions = system.Actions.Replace(action, action with { Updates = [twice, other] }) });
        }

        if (system.Variables.FirstOrDefault(v => v is { Index.IsEmpty: true, Type: RangeType }) is { Type: RangeType range } number)
        {
            var beyond = new Update(number, [], new Lit(ModelType.Int, range.Max + 1), [], [], s_here);
            yield return (Code.IllTyped, system with { Actions = system.Actions.Replace(action, action with { Updates = [beyond] }) });
        }

        var large = FuzzEnums.Of(99, "Large", [.. Enumerable.Range(0, 65).Select(i => $"M{i}")]);
        yield return (Code.TooManyValues, system with { Variables = system.Variables.Add(new("large", null, [], large, s_here)) });
    }

    private static TransitionSystem With(TransitionSystem system, Node formula, params string[] names)
    {
        var more = names.Select(n => new PropertyDeclaration(n, PropertyKind.Invariant, formula, [], s_here));
        return system with { Properties = [.. system.Properties, .. more] };
    }
}
