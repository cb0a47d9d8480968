using Checker.Model.Language;
using Checker.Solver.Instance;
using static Checker.Model.Language.Logic;

namespace Checker.Tests.Export;

/// <summary>A sort whose name is a keyword of several languages.</summary>
public readonly struct Array : ISort;

/// <summary>An enum with members whose names occur elsewhere.</summary>
public enum Rule
{
    None,
    True,
    Array,
}

/// <summary>
/// A model which is awkward to write in another language: names that are keywords there, two variables which swap their values, a loop
/// which reads the cells it writes, an index read from the state, numbers below zero, and options of an enum.
/// </summary>
internal sealed class Awkward : Spec
{
    private readonly Var<Array, Rule> rule = new();
    private readonly Var<Array, bool> now = new();
    private readonly Var<Rule, Option<Rule>> var = new();
    private readonly Var<Array, bool, Option<Array>> @do = new();
    private readonly Var<int> old_now = new(min: 1, max: 4);
    private readonly Var<Rule> end = new();

    private Awkward()
    {
        Label("else", "an element is chosen only once");

        Action<Array, Array>("swap", (forall, x) =>
        {
            Require(forall != x);
            (rule[forall], rule[x]) = (rule[x], rule[forall]);
        });
        Action<Array, Rule>("begin", (exists, to) =>
        {
            Require("else", rule[exists] == Rule.None);
            Require(old_now.Value - 3 < 0 | now[exists]);
            (rule[exists], end.Value, var[to]) = (to, to, var[end.Value]);
        });
        Action<Array>("shift", p =>
        {
            Require(Count<Array>(a => now[a]) < 2);
            ForEach<Array>(a => now[a] = Cond(now[p], !now[a], a == p));
        });
        Action<bool>("rule", flag =>
        {
            If(flag & old_now.Value == 2, () => var[Rule.True] = end.Value);
            If(flag, () => old_now.Value = old_now.Value + 1, () => old_now.Value = old_now.Value - 1);
            ForEach<Array>(a => @do[a, flag] = Cond<Option<Array>>(now[a], None, a));
        });

        Invariant("NotAll", !Forall<Array>(a => rule[a] == Rule.Array));
        Invariant("Few", old_now.Value - 4 - 1 < 0);
        StepInvariant("Slowly", Next(old_now.Value) - old_now.Value < 1 | Exists<Array>(a => now[a]));
        Reachable("Full", Forall<Array>(a => @do[a, true] == a & @do[a, false] == None));
        Reachable("Falls", Next(old_now.Value) < old_now.Value & var[Rule.None] == end.Value);
        Terminal("Ends", old_now.Value == 1);
    }

    public static Scope Scope(int size) =>
        new(new Awkward().Build(), new Dictionary<string, int>(StringComparer.Ordinal) { [nameof(Array)] = size });
}
