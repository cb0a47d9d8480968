using Checker.Model.Ir;
using Checker.Solver.Explicit;
using Checker.Solver.Instance;
using Checker.Solver.Walk;
using Checker.Tests.Explicit;
using Checker.Tests.Generators;
using FsCheck.Xunit;

namespace Checker.Tests.Walk;

/// <summary>A label that a walk says was at work would have made a difference, by two runs of the interpreter: one with it, one without.</summary>
[Properties(Arbitrary = [typeof(RandomModel)], MaxTest = 100, QuietOnSuccess = true)]
public sealed class LabelTests
{
    [Property, Trait("Tier", "slow")]
    public void Marks_and_refusals_of_random_models_are_true(RandomModel model, int[] choices) => AssertTrue(model.Scope, model.ScopeOf, [.. choices, .. Enumerable.Range(0, 20)]);

    [Theory, Trait("Tier", "slow")]
    [InlineData("snp,attribute,inplace,spurious", "")]
    [InlineData("cca,hole,separate,honest", "")]
    [InlineData("pkvm,attribute,inplace,spurious", "convert.refcount")]
    public void Marks_and_refusals_of_designs_are_true(string design, string dropped)
    {
        var random = new Random(3);
        var scope = Explore.GuestMemory(design, "1,2,2,2,1", dropped.Split(',', StringSplitOptions.RemoveEmptyEntries));
        int seen = AssertTrue(scope, mutant => new(mutant, scope.System.Sorts.ToDictionary(s => s.Name, scope.SizeOf)), [.. Enumerable.Range(0, 400).Select(_ => random.Next())]);
        Assert.True(seen > 10, "the walk is there to see labels at work");
    }

    private static int AssertTrue(Scope scope, Func<TransitionSystem, Scope> scopeOf, IReadOnlyList<int> choices)
    {
        var circuit = CircuitTests.Circuit(scope);
        var (walker, here) = (new Walker(circuit), new Interpreter(scope));
        var dropped = scope.System.Dropped;
        var otherwise = circuit.Labels.Select(l => new Interpreter(scopeOf(scope.System with { Dropped = dropped.SymmetricExcept([l]) }))).ToArray();
        int seen = 0;
        foreach (int choice in choices)
        {
            int count = walker.EnabledCount;
            if (count == 0)
            {
                break;
            }

            int instance = walker.EnabledAt((int)(unchecked((uint)choice) % (uint)count));
            var action = circuit.Instances[instance].Instance;
            int[] state = walker.State;
            for (int m = circuit.FirstMark[instance]; m < circuit.FirstMark[instance + 1]; m++)
            {
                int[]? other = otherwise[circuit.Marks[m].Label].Step(action, state);
                bool differs = other is null || !other.AsSpan().SequenceEqual(here.Step(action, state));
                Assert.Equal(differs, walker.Shows(circuit.Marks[m]));
                seen += differs ? 1 : 0;
            }

            for (int a = 0; a < circuit.Actions.Length; a++)
            {
                for (int l = 0; l < circuit.Actions[a].Labelled.Length; l++)
                {
                    if (walker.Refuses(a, l))
                    {
                        var without = otherwise[circuit.Actions[a].Labelled[l].Label];
                        Assert.Contains(scope.Instances, i => i.Action == circuit.Actions[a].Action && here.Step(i, state) is null && without.Step(i, state) is not null);
                        seen++;
                    }
                }
            }

            walker.Fire(instance);
        }

        return seen;
    }
}
