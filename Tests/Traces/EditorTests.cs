using Checker.Solver.Instance;
using Checker.Solver.Traces;
using FsCheck;
using FsCheck.Fluent;

namespace Checker.Tests.Traces;

/// <summary>A trace extended by hand: its steps, undo, jumps, and the properties which turn false.</summary>
public sealed class EditorTests
{
    private static readonly TraceHeader s_counter = new("Counter", "", "2", ["lock"]);

    [Fact]
    public void It_offers_exactly_the_enabled_instances()
    {
        var editor = TraceEditor.AtStart(Sample.Load(s_counter), s_counter);

        Assert.Equal(["Load(w=w0)", "Load(w=w1)"], Names(editor));
        Assert.Equal((1, 1), (editor.Present, editor.Trace.Length));
        Assert.Throws<ArgumentException>(() => editor.Take(editor.Trace.Scope.Instances[^1]));
    }

    [Fact]
    public void A_step_that_makes_a_property_false_says_so_before_and_after()
    {
        var lost = Sample.LostUpdate();
        var editor = TraceEditor.AtStart(lost.Scope, lost.Header);
        foreach (var state in lost.States.Skip(1).SkipLast(1))
        {
            editor = Take(editor, state.Instance!.ToString());
            Assert.Empty(editor.Violated());
        }

        string last = lost.States[^1].Instance!.ToString();
        Assert.Equal(["NoLostUpdate"], editor.Next.Single(s => s.Instance.ToString() == last).Falsified.Select(p => p.Name));
        editor = Take(editor, last);
        Assert.Equal(["NoLostUpdate"], editor.Violated().Select(p => p.Name));
        Sample.AssertSame(lost, editor.Result());
    }

    [Fact]
    public void A_step_property_is_violated_by_its_step_alone()
    {
        var trace = Sample.SomebodyElseUnshares();
        var before = TraceEditor.At(trace).Jump(trace.Length - 1);

        var step = before.Next.Single(s => s.Instance.ToString() == trace.States[^1].Instance!.ToString());

        Assert.Contains(step.Falsified, p => p.Name == "OnlyTheGuestUnshares");
        Assert.Contains(step.Missed, m => m.Label == "map.claim");
        var result = before.Take(step.Instance).Result();
        Assert.Equal(("OnlyTheGuestUnshares", true), (result.Property!.Name, result.LastStep));
    }

    [Fact]
    public void Undo_and_jumps_lose_nothing_until_another_step_is_taken()
    {
        var lost = Sample.LostUpdate();
        var end = TraceEditor.At(lost);

        var start = end.Jump(1);
        Assert.Equal((1, lost.Length), (start.Present, start.Trace.Length));
        Assert.Null(start.Result().Property);
        Assert.Same(end, start.Undo());
        Assert.Null(end.Undo());
        Assert.Equal(lost.Length, start.Jump(lost.Length).Present);

        var other = Take(start, "Load(w=w1)");
        Assert.Equal((2, 2), (other.Present, other.Trace.Length));
        Assert.Same(start, other.Undo());
        Assert.Throws<ArgumentOutOfRangeException>(() => other.Jump(3));
        Assert.Throws<ArgumentOutOfRangeException>(() => other.Jump(0));
    }

    [Fact]
    public void A_step_after_the_violation_drops_a_claim_that_is_not_shown_any_more()
    {
        var end = TraceEditor.At(Sample.SomebodyElseUnshares());
        Assert.Equal("OnlyTheGuestUnshares", end.Result().Property!.Name);

        var after = end.Take(end.Next.First(s => s.Falsified.IsEmpty).Instance);

        Assert.DoesNotContain(after.Violated(), p => p.Name == "OnlyTheGuestUnshares");
        Assert.Equal(after.Violated().FirstOrDefault(), after.Result().Property);
    }

    [Fact]
    public void A_trace_that_the_model_does_not_allow_is_refused()
    {
        var lost = Sample.LostUpdate();
        Assert.Throws<ReplayException>(() => TraceEditor.At(lost with { States = lost.States.RemoveAt(1) }));
        Assert.Throws<ArgumentException>(() => TraceEditor.At(lost with { BeginsAnywhere = true }));
    }

    /// <summary>Any sequence of choices and jumps gives a trace which the interpreter accepts.</summary>
    [Fact]
    public void Every_result_is_a_behaviour() =>
        Prop.ForAll(Sample.Choices(12), choices =>
        {
            var header = Sample.Header("PageLifecycle", "inplace,spurious", "punch.zap");
            var editor = TraceEditor.AtStart(Sample.Load(header), header);
            var interpreter = new Interpreter(editor.Trace.Scope);
            foreach (int choice in choices)
            {
                int[] state = [.. editor.Trace.States[editor.Present - 1].Cells];
                Assert.Equal(
                    interpreter.Successors(state).Select(s => $"{s.Instance} {string.Join(' ', s.Next)}"),
                    editor.Next.Select(s => $"{s.Instance} {string.Join(' ', s.After)}"));
                editor = choice % 5 == 0 ? editor.Jump(1 + (choice % editor.Trace.Length))
                    : choice % 7 == 0 ? editor.Undo() ?? editor
                    : editor.Next.IsEmpty ? editor
                    : editor.Take(editor.Next[choice % editor.Next.Length].Instance);
                var result = editor.Result();
                Assert.Equal(editor.Present, Solver.Traces.Replay.Check(result).Length);
                Assert.Equal(header.ToString(), result.Header.ToString());
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    private static TraceEditor Take(TraceEditor editor, string step) =>
        editor.Take(editor.Next.Single(s => s.Instance.ToString() == step).Instance);

    private static IEnumerable<string> Names(TraceEditor editor) => editor.Next.Select(s => s.Instance.ToString());
}
