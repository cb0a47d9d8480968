using Checker.Model.Check;
using Checker.Protocols.PageLifecycle;
using Checker.Solver.Instance;
using Checker.Tests.Agreement;
using static Checker.Model.Language.Logic;

namespace Checker.Tests.Language;

/// <summary>A formula can ask if an action is possible, and the answer equals the interpreter's.</summary>
public sealed class EnabledTests
{
    private const int Pages = 2;

    [Theory]
    [InlineData("Fill", "")]
    [InlineData("Fill", "fill.free")]
    [InlineData("Punch", "")]
    [InlineData("Map", "")]
    [InlineData("Map", "map.no_fill")]
    public void An_action_is_enabled_for_as_many_pages_as_the_interpreter_finds(string action, string dropped)
    {
        var model = new PageLifecycleModel(inplace: false, spurious: true);
        for (int n = 0; n <= Pages; n++)
        {
            int pages = n;
            model.Reachable($"Pages({n})", Count<Page>(p => model.Enabled(action, p)) == pages);
        }

        model.Reachable("Some", Exists<Page, Frame>((p, f) => model.Enabled(action, p, f)));
        var system = model.Build().Without(dropped.Split(',', StringSplitOptions.RemoveEmptyEntries));
        var scope = new Scope(system, new Dictionary<string, int>(StringComparer.Ordinal) { ["Page"] = Pages, ["Frame"] = 2 });
        var interpreter = new Interpreter(scope);
        var seen = new HashSet<int>();
        foreach (int[] state in new InterpreterSearch(scope).States)
        {
            int found = scope.Instances.Where(i => i.Action.Name == action && interpreter.Enabled(i, state))
                .Select(i => i.Arguments[0])
                .Distinct()
                .Count();
            Assert.True(interpreter.Holds(system.Property($"Pages({found})").Formula, state));
            Assert.Equal(found > 0, interpreter.Holds(system.Property("Some").Formula, state));
            seen.Add(found);
        }

        Assert.True(seen.Count > 1);
    }

    [Fact]
    public void The_formula_names_the_action()
    {
        var model = new PageLifecycleModel(inplace: false, spurious: false);
        Assert.Equal("exists p: CanFill(p)", Exists<Page>(p => model.Enabled("Fill", p)).ToString());
    }

    [Fact]
    public void An_action_or_a_parameter_that_is_not_there_is_refused()
    {
        var model = new PageLifecycleModel(inplace: false, spurious: false);
        model.Invariant("NoAction", Exists<Page>(p => model.Enabled("Convert", p)));
        model.Invariant("NoParameter", Exists<Frame>(f => model.Enabled("Share", f)));
        var refused = Assert.Throws<ModelException>(model.Build).Diagnostics;
        Assert.Equal(["M113", "M113"], refused.Select(d => d.Code));
        Assert.Contains("an action Convert that does not exist", refused[0].Message, StringComparison.Ordinal);
        Assert.Contains("an action Share with a Frame", refused[1].Message, StringComparison.Ordinal);
    }
}
