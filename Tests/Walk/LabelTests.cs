using Checker.Model.Ir;
using Checker.Solver.Instance;
using Checker.Solver.Walk;
using Checker.Tests.Explicit;
using Checker.Tests.Generators;
using FsCheck.Xunit;

namespace Checker.Tests.Walk;

/// <summary>
/// A label reported by a walk as effective makes a difference, as shown by two runs of the interpreter, with the label and without.
/// </summary>
[Properties(Arbitrary = [typeof(RandomModel)], MaxTest = 100, QuietOnSuccess = true)]
public sealed class LabelTests
{
    [Property, Trait("Tier", "slow")]
    public void Marks_and_refusals_of_random_models_are_true(RandomModel model, int[] choices) =>
        AssertTrue(model.Scope, model.ScopeOf, [.. choices, .. Enumerable.Range(0, 20)]);

    [Theory, Trait("Tier", "slow")]
    [InlineData("snp,attribute,inplace,spurious", "")]
    [InlineData("cca,hole,separate,honest", "")]
    [InlineData("pkvm,attribute,inplace,spurious", "convert.refcount")]
    public void Marks_and_refusals_of_designs_are_true(string design, string dropped)
    {
        var random = new Random(3);
        var scope = Explore.GuestMemory(design, "1,2,2,2,1", dropped.Split(',', StringSplitOptions.RemoveEmptyEntries));
        int seen = AssertTrue(
            scope,
            mutant => new(mutant, scope.System.Sorts.ToDictionary(s => s.Name, scope.SizeOf)),
            [.. Enumerable.Range(0, 400).Select(_ => random.Next())]);
        Assert.True(seen > 10, "the walk is there to see labels at work");
    }

    private static int AssertTrue(Scope scope, Func<TransitionSystem, Scope> scopeOf, IReadOnlyList<int> choices)
    {
        var code = CodeTests.Code(scope);
        var (walker, here) = (new Walker(code), new Interpreter(scope));
        var dropped = scope.System.Dropped;
        var otherwise = code.Labels.Select(l =>
            new Interpreter(scopeOf(scope.System with { Dropped = dropped.SymmetricExcept([l]) }))).ToArray();
        int seen = 0;
        foreach (int choice in choices)
        {
            int count = walker.EnabledCount;
            if (count == 0)
            {
                break;
            }

            int instance = walker.EnabledAt((int)(unchecked((uint)choice) % (uint)count));
            int[] state = walker.State;
            foreach (var label in code.Actions[code.ActionOf[instance]].Labels)
            {
                int[]? other = otherwise[label.Label].Step(scope.Instances[instance], state);
                bool differs = other is null || !other.AsSpan().SequenceEqual(here.Step(scope.Instances[instance], state));
                Assert.Equal(differs, walker.Shows(label, instance));
                seen += differs ? 1 : 0;
            }

            foreach (var action in code.Actions)
            {
                foreach (var label in action.Labels)
                {
                    bool refuses = !dropped.Contains(code.Labels[label.Label])
                        && scope.Instances.Any(i => i.Action == action.Action && here.Step(i, state) is null
                            && (otherwise[label.Label].Step(i, state) is not null
                            || (otherwise[label.Label].Enabled(i, state) && !here.Enabled(i, state))));
                    Assert.Equal(refuses, walker.Refuses(label));
                    seen += refuses ? 1 : 0;
                }
            }

            walker.Fire(instance);
        }

        return seen;
    }
}
