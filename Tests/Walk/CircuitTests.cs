using Checker.Model.Ir;
using Checker.Solver.Explicit;
using Checker.Solver.Instance;
using Checker.Solver.Walk;
using Checker.Tests.Agreement;
using Checker.Tests.Explicit;
using Checker.Tests.Generators;
using FsCheck.Xunit;

namespace Checker.Tests.Walk;

/// <summary>On every step of random walks the circuit says what the interpreter says: what is enabled, where it leads, and what is violated.</summary>
[Properties(Arbitrary = [typeof(RandomModel)], MaxTest = 200, QuietOnSuccess = true)]
public sealed class CircuitTests
{
    [Property]
    [Trait("Tier", "slow")]
    public void Random_models_agree_with_the_interpreter(RandomModel model, int[] choices) => AssertAgree(model.Scope, [.. choices, .. Enumerable.Range(0, 30)]);

    [Theory, Trait("Tier", "slow")]
    [InlineData("snp,attribute,inplace,spurious", "2,3,2,2,1", "")]
    [InlineData("tdx,hole,separate,spurious", "2,2,2,1,1", "punch.flush")]
    [InlineData("pkvm,attribute,inplace,honest", "2,2,1,2,0", "")]
    [InlineData("sw,attribute,separate,spurious", "1,2,1,1,1", "")]
    public void Designs_agree_with_the_interpreter(string design, string bounds, string dropped)
    {
        var random = new Random(7);
        AssertAgree(Explore.GuestMemory(design, bounds, dropped.Split(',', StringSplitOptions.RemoveEmptyEntries)), [.. Enumerable.Range(0, 250).Select(_ => random.Next())]);
    }

    [Fact]
    public void Small_protocols_agree_with_the_interpreter()
    {
        AssertAgree(Subject.ScopeOf("Counter", "", "3", "lock"), [4, 3, 2, 1, 0, 1, 2, 3, 4]);
        AssertAgree(Subject.ScopeOf("PageLifecycle", "inplace,spurious", "2,2"), [.. Enumerable.Range(3, 60).Select(i => i * i)]);
    }

    /// <summary>Going to any state says the same as walking there.</summary>
    [Fact]
    public void Moving_to_a_state_is_as_good_as_walking_there()
    {
        var playback = new Playback(Circuit(Subject.ScopeOf("PageLifecycle", "separate,spurious", "2,2")));
        var other = new Walker(playback.Circuit);
        foreach (int _ in playback.Follow(Enumerable.Range(0, 80).Select(i => i * 7)))
        {
            other.MoveTo([.. playback.Walker.State.Select(c => (byte)c)]);
            Assert.Equal(playback.Walker.State, other.State);
            Assert.Equal(Enabled(playback.Walker), Enabled(other));
        }
    }

    internal static Circuit Circuit(Scope scope) => CircuitBuilder.Build(new FiniteModel(scope), scope.System.Properties);

    internal static void AssertAgree(Scope scope, IReadOnlyList<int> choices)
    {
        var (interpreter, circuit) = (new Interpreter(scope), Circuit(scope));
        var walker = new Walker(circuit);
        int[] state = scope.InitialState();
        AssertSame(walker, interpreter, null, state);
        foreach (int choice in choices)
        {
            int count = walker.EnabledCount;
            if (count == 0)
            {
                break;
            }

            int place = (int)(unchecked((uint)choice) % (uint)count);
            int number = walker.EnabledAt(place);
            Assert.Equal(place, walker.PlaceOf(number));
            int[] next = interpreter.Step(circuit.Instances[number].Instance, state)!;
            bool violated = walker.Fire(number);
            Assert.Equal(next, walker.State);
            Assert.Equal(violated, walker.Violated().Any());
            AssertSame(walker, interpreter, state, next);
            state = next;
        }
    }

    private static void AssertSame(Walker walker, Interpreter interpreter, int[]? before, int[] state)
    {
        var scope = interpreter.Scope;
        Assert.Equal(interpreter.Successors(state).Select(s => s.Instance.Number), Enabled(walker).Select(i => walker.Circuit.Instances[i].Instance.Number));
        var violated = scope.System.Properties.Where(p => p.Kind switch
        {
            PropertyKind.Invariant or PropertyKind.WellFormed or PropertyKind.Lemma => !interpreter.Holds(p.Formula, state),
            PropertyKind.StepInvariant => before is not null && !interpreter.Holds(p.Formula, before, state),
            _ => false,
        });
        Assert.Equal(violated.Select(p => p.Name), walker.Violated().Select(w => w.Property.Name));
        var stuck = scope.System.Properties.Where(p => p.Kind == PropertyKind.Terminal && !interpreter.Holds(p.Formula, state));
        Assert.Equal(stuck.Select(p => p.Name), walker.ViolatedIfStuck().Select(w => w.Property.Name));
    }

    private static int[] Enabled(Walker walker) => [.. Enumerable.Range(0, walker.EnabledCount).Select(place => walker.EnabledAt(place))];
}
