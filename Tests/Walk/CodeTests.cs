using Checker.Model.Ir;
using Checker.Model.Language;
using Checker.Solver.Instance;
using Checker.Solver.Walk;
using Checker.Solver.Walk.Compile;
using Checker.Tests.Agreement;
using Checker.Tests.Explicit;
using Checker.Tests.Generators;
using FsCheck.Xunit;
using static Checker.Model.Language.Logic;

namespace Checker.Tests.Walk;

/// <summary>
/// On every step of random walks the compiled code agrees with the interpreter: on enabled instances, their targets, and
/// violations.
/// </summary>
[Properties(Arbitrary = [typeof(RandomModel)], MaxTest = 200, QuietOnSuccess = true)]
public sealed class CodeTests
{
    [Property]
    [Trait("Tier", "slow")]
    public void Random_models_agree_with_the_interpreter(RandomModel model, int[] choices) =>
        AssertAgree(model.Scope, [.. choices, .. Enumerable.Range(0, 30)]);

    [Theory, Trait("Tier", "slow")]
    [InlineData("snp,attribute,inplace,spurious", "2,3,2,2,1", "")]
    [InlineData("tdx,hole,separate,spurious", "2,2,2,1,1", "punch.flush")]
    [InlineData("pkvm,attribute,inplace,honest", "2,2,1,2,0", "")]
    [InlineData("sw,attribute,separate,spurious", "1,2,1,1,1", "")]
    [InlineData("cca,attribute,inplace,spurious", "2,10,1,1,1", "convert.zap")]
    public void Designs_agree_with_the_interpreter(string design, string bounds, string dropped)
    {
        var random = new Random(7);
        AssertAgree(
            Explore.GuestMemory(design, bounds, dropped.Split(',', StringSplitOptions.RemoveEmptyEntries)),
            [.. Enumerable.Range(0, 250).Select(_ => random.Next())]);
    }

    [Fact]
    public void Small_protocols_agree_with_the_interpreter()
    {
        AssertAgree(Subject.ScopeOf("Counter", "", "3", "lock"), [4, 3, 2, 1, 0, 1, 2, 3, 4]);
        AssertAgree(Subject.ScopeOf("PageLifecycle", "inplace,spurious", "2,2"), [.. Enumerable.Range(3, 60).Select(i => i * i)]);
    }

    /// <summary>Moving directly to a state gives the same answers as walking there.</summary>
    [Fact]
    public void Moving_to_a_state_is_as_good_as_walking_there()
    {
        var playback = new Playback(Code(Subject.ScopeOf("PageLifecycle", "separate,spurious", "2,2")));
        var other = new Walker(playback.Code);
        foreach (int _ in playback.Follow(Enumerable.Range(0, 80).Select(i => i * 7)))
        {
            other.MoveTo([.. playback.Walker.State.Select(c => (byte)c)]);
            Assert.Equal(playback.Walker.State, other.State);
            Assert.Equal(Enabled(playback.Walker), Enabled(other));
        }
    }

    /// <summary>The step after a direct move is judged from the new state, and not from the one before.</summary>
    [Property, Trait("Tier", "slow")]
    public void A_step_from_a_state_that_was_gone_to_is_judged_like_any(RandomModel model, int[] choices)
    {
        var (interpreter, code) = (new Interpreter(model.Scope), Code(model.Scope));
        var (there, walker) = (new Playback(code), new Walker(code));
        int[] before = model.Scope.InitialState();
        foreach (int taken in there.Follow([.. choices, .. Enumerable.Range(0, 20)]))
        {
            walker.MoveTo([.. before.Select(c => (byte)c)]);
            AssertSame(walker, interpreter, null, before);
            walker.Fire(taken);
            AssertSame(walker, interpreter, before, there.Walker.State);
            before = there.Walker.State;
        }
    }

    /// <summary>A guided draw is enabled. Nothing is drawn only if nothing is enabled.</summary>
    [Property, Trait("Tier", "slow")]
    public void What_is_drawn_is_enabled(RandomModel model, int seed)
    {
        var (interpreter, walker) = (new Interpreter(model.Scope), new Walker(Code(model.Scope)));
        foreach (bool guided in (ReadOnlySpan<bool>)[true, false])
        {
            AssertDraws(interpreter, walker, new(walker, guided), unchecked((ulong)seed));
        }
    }

    [Theory, Trait("Tier", "slow")]
    [InlineData("snp,hole,separate,spurious", "2,3,2,2,1")]
    [InlineData("tdx,attribute,inplace,honest", "2,9,2,1,0")]
    public void What_is_drawn_of_a_design_is_enabled(string design, string bounds)
    {
        var scope = Explore.GuestMemory(design, bounds);
        var walker = new Walker(Code(scope));
        AssertDraws(new(scope), walker, new(walker, guided: true), 5);
    }

    /// <summary>There may be more actions and more properties than bits in a machine word.</summary>
    [Fact]
    public void There_may_be_many_actions_and_properties()
    {
        var scope = new Scope(new Crowd().Build(), new Dictionary<string, int> { [nameof(Hand)] = 2 });
        AssertAgree(scope, [.. Enumerable.Range(0, 300).Select(i => i * 31)]);
        var walker = new Walker(Code(scope));
        AssertDraws(new(scope), walker, new(walker, guided: true), 1);
        AssertDraws(new(scope), walker, new(walker, guided: false), 1);
    }

    private readonly struct Hand : ISort;

    /// <summary>
    /// Seventy hands on a clock, each of which advances it from its own hour; and seventy claims that no two of them have this
    /// hour.
    /// </summary>
    private sealed class Crowd : Spec
    {
        private readonly Var<Hand, int> tens = new(0, 9);
        private readonly Var<Hand, int> ones = new(0, 9);

        public Crowd()
        {
            for (int hour = 0; hour < 70; hour++)
            {
                var (ten, one) = (hour / 10, hour % 10);
                int next = (hour + 1) % 70;
                Action<Hand>($"Move{hour}", h =>
                {
                    Require(tens[h] == ten & ones[h] == one);
                    tens[h] = next / 10;
                    ones[h] = next % 10;
                });
                Invariant($"Never{hour}", !Forall<Hand>(h => tens[h] == ten & ones[h] == one));
            }
        }
    }

    internal static WalkCode Code(Scope scope) => new(scope, scope.System.Properties);

    internal static void AssertAgree(Scope scope, IReadOnlyList<int> choices)
    {
        var (interpreter, walker) = (new Interpreter(scope), new Walker(Code(scope)));
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
            int[] next = interpreter.Step(scope.Instances[number], state)!;
            bool violated = walker.Fire(number);
            Assert.Equal(next, walker.State);
            Assert.Equal(violated, walker.Violated().Any());
            AssertSame(walker, interpreter, state, next);
            state = next;
        }
    }

    private static void AssertDraws(Interpreter interpreter, Walker walker, Guidance guidance, ulong seed)
    {
        var scope = interpreter.Scope;
        for (int walk = 0; walk < 3; walk++)
        {
            int[] state = scope.InitialState();
            walker.Reset();
            guidance.Begin(seed, walk);
            for (int step = 0; step < 60; step++)
            {
                int drawn = guidance.Pick();
                if (drawn < 0)
                {
                    Assert.Empty(interpreter.Successors(state));
                    break;
                }

                int[]? next = interpreter.Step(scope.Instances[drawn], state);
                Assert.NotNull(next);
                walker.Fire(drawn);
                AssertSame(walker, interpreter, state, next, enabled: step % 3 == 2);
                state = next;
            }
        }
    }

    private static void AssertSame(Walker walker, Interpreter interpreter, int[]? before, int[] state, bool enabled = true)
    {
        var scope = interpreter.Scope;
        Assert.Equal(state, walker.State);
        if (enabled)
        {
            Assert.Equal(interpreter.Successors(state).Select(s => s.Instance.Number), Enabled(walker));
        }

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

    private static int[] Enabled(Walker walker) =>
        [.. Enumerable.Range(0, walker.EnabledCount).Select(place => walker.EnabledAt(place)).Order()];
}
