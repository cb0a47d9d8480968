using System.Collections.Immutable;
using Checker.Model.Ir;

namespace Checker.Solver.Mutation;

/// <summary>
/// Consecutive steps of an operation. The first requires that a variable, the program counter, has one value of an enum, and sets it
/// to the value required by the second. Swapping exchanges the places of the two.
/// </summary>
internal static class Swaps
{
    public static IEnumerable<Mutation> Of(TransitionSystem system) =>
        from first in system.Actions
        from step in Steps(first)
        from second in system.Actions
        where second != first
        from next in Steps(second)
        where next.Counter == step.Counter && next.From == step.To && next.To != step.From && step.From != step.To && next.From != next.To
        where Together(first, second, step.Counter)
        select Operators.With(MutationKind.Swap, $"{first.Name}<->{second.Name}", $"{second.Name} before {first.Name}", second.Source,
            system with
            {
                Properties = [.. system.Properties.Select(p => p with { Actions = Exchange(p.Actions, first.Name, second.Name) })]
            },
            Move(first, step, next.From, next.To), Move(second, next, step.From, step.To));

    /// <summary>
    /// Exchanges the two names in a scenario, which lists its actions in order. The mutant must make the exchanged scenario
    /// possible.
    /// </summary>
    private static ImmutableArray<string> Exchange(ImmutableArray<string> actions, string first, string second)
    {
        var result = actions.ToBuilder();
        for (int i = 0; i + 1 < result.Count; i++)
        {
            if (actions[i] == first && actions[i + 1] == second)
            {
                (result[i], result[i + 1]) = (second, first);
            }
        }

        return result.ToImmutable();
    }

    /// <summary>The transitions of program counters made by the action: the old and the new value.</summary>
    private static IEnumerable<(Variable Counter, int From, int To)> Steps(ActionDeclaration action) =>
        from update in action.Updates
        where update is { Variable.Type: EnumType, Value: Lit, When.IsEmpty: true, Bulk.IsEmpty: true }
        from test in Tests(action)
        where test.Read.Variable == update.Variable && test.Read.Index.Zip(update.Index).All(i => Node.Same(i.First, i.Second))
        select (update.Variable, test.Code, ((Lit)update.Value).Code);

    /// <summary>The tests in the guards which compare a variable with a constant.</summary>
    private static IEnumerable<(Read Read, int Code)> Tests(ActionDeclaration action) => action.Guards.SelectMany(g => Tests(g.Condition));

    private static IEnumerable<(Read Read, int Code)> Tests(Node condition) => condition switch
    {
        And and => and.Operands.SelectMany(Tests),
        Definition definition => Tests(definition.Body),
        Eq { Left: Read { Type: EnumType } read, Right: Lit literal } => [(read, literal.Code)],
        Eq { Left: Lit literal, Right: Read { Type: EnumType } read } => [(read, literal.Code)],
        _ => [],
    };

    /// <summary>True if both are steps of one operation: their other tests of the counter's record agree.</summary>
    private static bool Together(ActionDeclaration first, ActionDeclaration second, Variable counter)
    {
        var others = Tests(first)
            .Where(t => t.Read.Variable != counter && t.Read.Variable.Record == counter.Record)
            .ToLookup(t => t.Read.Variable, t => t.Code);
        return Tests(second).Where(t => others.Contains(t.Read.Variable)).All(t => others[t.Read.Variable].Contains(t.Code));
    }

    private static ActionDeclaration Move(ActionDeclaration action, (Variable Counter, int From, int To) step, int from, int to) =>
        action with
        {
            Guards = [.. action.Guards.Select(g => g with { Condition = Test(g.Condition, step, from) })],
            Updates = [.. action.Updates.Select(u =>
                u.Variable == step.Counter && u.Value is Lit literal ? u with { Value = literal with { Code = to } } : u)],
        };

    private static Node Test(Node condition, (Variable Counter, int From, int To) step, int from) => condition switch
    {
        And and => new And([.. and.Operands.Select(o => Test(o, step, from))]),
        Definition definition => Test(definition.Body, step, from),
        Eq { Left: Read read, Right: Lit literal } when read.Variable == step.Counter && literal.Code == step.From =>
            new Eq(read, literal with { Code = from }),
        Eq { Left: Lit literal, Right: Read read } when read.Variable == step.Counter && literal.Code == step.From =>
            new Eq(literal with { Code = from }, read),
        _ => condition,
    };
}
