using Checker.App;
using Checker.Composition.Protocols;
using Checker.Model.Ir;
using Checker.Model.Language;
using Checker.Solver.Explicit;

namespace Checker.Tests.Explicit;

/// <summary>Scenarios with gaps: the named actions in this order, and others between them.</summary>
public sealed class GapTests
{
    private sealed class Steps : Spec
    {
        private readonly Var<int> at = new(0, 4);

        public Steps(params string[] scenario)
        {
            Step("A", 0);
            Step("B", 1);
            Step("C", 2);
            Action("Back", () =>
            {
                Require(at.Value == 3);
                at.Value = 0;
            });
            Scenario("Some", scenario, at.Value == 3);

            void Step(string name, int from) => Action(name, () =>
            {
                Require(at.Value == from);
                at.Value = from + 1;
            });
        }
    }

    [Theory]
    [InlineData("A,B,C", "A,B,C")]
    [InlineData("A,...,C", "A,B,C")]
    [InlineData("...,C", "A,B,C")]
    [InlineData("A,...,A,...", "A,B,C,Back,A,B,C")]
    [InlineData("...,C,...,C", "A,B,C,Back,A,B,C")]
    [InlineData("A,C", null)]
    [InlineData("A,...,B", null)]
    [InlineData("...,Back,B,...", null)]
    public void The_shortest_behaviour_with_the_named_actions_is_found(string scenario, string? found)
    {
        var result = new Exhaustive(Explore.Scope(new Steps(scenario.Split(',')).Build()), new() { Explained = true }).Run()
            .Properties.Single(p => p.Property.Kind == PropertyKind.Scenario);

        Assert.Equal(found is not null, result.Holds);
        var steps = result.Trace?.States.Skip(1).Select(s => s.Instance!.Action.Name);
        Assert.Equal(found, steps is null ? null : string.Join(',', steps));
    }

    [Theory]
    [InlineData(
        "A,...,Back,B",
        "cannot go on after Back (action 2 of 3): B is not enabled, because at == 1 is false (at = 0)",
        "B is possible one step later, after A")]
    [InlineData("A,...,B", "all 2 actions are possible, but the formula after them never holds, because at == 3 is false", "")]
    public void An_impossible_one_is_explained_at_its_first_impossible_action(string scenario, string reason, string advice)
    {
        var result = new Exhaustive(Explore.Scope(new Steps(scenario.Split(',')).Build()), new() { Explained = true }).Run()
            .Properties.Single(p => p.Property.Kind == PropertyKind.Scenario);

        string text = ObstacleText.Of(result.Obstacle!);
        Assert.Contains(reason, text, StringComparison.Ordinal);
        Assert.Contains(advice, text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stopped_search_decides_nothing()
    {
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();
        var result = new Exhaustive(
            Explore.Scope(new Steps("A", "...", "C").Build()),
            new() { Cancellation = stopped.Token }).Run();

        Assert.Null(result.Properties.Single(p => p.Property.Kind == PropertyKind.Scenario).Holds);
    }

    /// <summary>A scenario of GuestMemory with every second action left out is possible, and not longer than the scenario.</summary>
    [Theory]
    [InlineData("snp,hole,separate,honest")]
    [InlineData("pkvm,attribute,inplace,honest")]
    public void Gaps_replace_actions_of_a_possible_scenario(string design)
    {
        var protocol = Registry.Get("GuestMemory");
        var system = protocol.Build(protocol.Designs.Single(d => d.Id == design));
        var scenario = system.Properties.First(p => p.Kind == PropertyKind.Scenario);
        string[] some = [.. scenario.Actions.SelectMany((a, i) => i % 2 == 0 ? new[] { a } : [PropertyDeclaration.Gap])];
        var gapped = scenario with { Actions = [.. some, PropertyDeclaration.Gap] };
        var scope = Explore.Scope(system, [.. protocol.BoundSorts.Zip([1, 2, 1, 1, 0])]);

        var trace = Scenarios.Find(scope, gapped, new());

        Assert.NotNull(trace);
        Assert.InRange(trace.Length, scenario.Steps.Where((_, i) => i % 2 == 0).Count() + 1, scenario.Actions.Length + 1);
    }
}
