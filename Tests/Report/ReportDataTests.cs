using System.Text;
using System.Text.Json;
using Checker.App.Reports;
using Checker.Cli.Report.Html;
using Checker.Composition.Protocols;
using Checker.Model.Catalogue;
using Checker.Solver.Instance;
using Checker.Solver.Traces;

namespace Checker.Tests.Report;

/// <summary>The data in a report: complete, small, equal for equal runs, and harmless.</summary>
public sealed class ReportDataTests
{
    private static readonly App.Reports.Report s_mutant = Reported.Of("PageLifecycle", "separate,honest", "punch.zap");

    [Fact]
    public void Every_state_has_the_value_that_the_interpreter_gives_to_every_property()
    {
        var data = Reported.DataOf(s_mutant);
        int compared = 0;
        foreach (var (report, written) in s_mutant.Traces.Zip(data.GetProperty("traces").EnumerateArray()))
        {
            var (trace, interpreter) = (report.Trace, new Interpreter(report.Trace.Scope));
            foreach (var (property, runs) in trace.Scope.System.Properties.Zip(written.GetProperty("properties").EnumerateArray()))
            {
                for (int i = property.IsAboutSteps ? 1 : 0; i < trace.Length; i++)
                {
                    int[] state = [.. trace.States[property.IsAboutSteps ? i - 1 : i].Cells];
                    bool holds = interpreter.Holds(property.Formula, state, property.IsAboutSteps ? [.. trace.States[i].Cells] : null);
                    var node = data.GetProperty("nodes")[Reported.At(runs, i)];
                    Assert.Equal(holds ? "true" : "false", Reported.Text(data, node[0]));
                    compared++;
                }
            }
        }

        Assert.True(compared > 1000, $"{compared} values were compared");
    }

    [Fact]
    public void The_states_are_those_of_the_trace()
    {
        var data = Reported.DataOf(s_mutant);
        foreach (var (report, written) in s_mutant.Traces.Zip(data.GetProperty("traces").EnumerateArray()))
        {
            int[] state = [.. written.GetProperty("initial").EnumerateArray().Select(v => v.GetInt32())];
            foreach (var (reached, step) in report.Trace.States.Skip(1).Zip(written.GetProperty("steps").EnumerateArray()))
            {
                int[] pairs = [.. step.EnumerateArray().Skip(3).Select(n => n.GetInt32())];
                for (int i = 0; i < pairs.Length; i += 2)
                {
                    state[pairs[i]] = pairs[i + 1];
                }

                Assert.Equal(
                    report.Trace.Scope.Cells.Select(c => Model.Ir.Printer.Value(c.Variable.Type, reached.Cells[c.Number])),
                    state.Select(v => data.GetProperty("texts")[v].GetString()!));
            }
        }
    }

    [Fact]
    public void The_first_state_in_which_a_violated_invariant_is_false_is_the_last()
    {
        var violation = s_mutant.Traces[0];
        Assert.Equal(TracePurpose.Violation, violation.Purpose);
        var readings = new TraceReadings(violation.Trace.Scope).Properties(violation.Trace);
        Assert.Equal(violation.Trace.Length - 1, readings.Single(r => r.Property == violation.Trace.Property).FirstFalse);
    }

    [Fact]
    public void A_whole_explanation_has_all_parts_and_the_same_deciding_ones()
    {
        var trace = s_mutant.Traces[0].Trace;
        int[] last = [.. trace.States[^1].Cells];
        var plain = Explanation.Why(trace);
        var whole = Explanation.Whole(new(trace.Scope), trace.Property!.Formula, last, null, 6);
        Assert.Equal((plain.Value, plain.Formula), (whole.Value, whole.Formula));
        Assert.Equal(plain.Witness, whole.Witness);
        Assert.Equal(Deciding(plain), Deciding(whole));
        Assert.Empty(All(plain).SelectMany(r => r.Others));
        Assert.NotEmpty(All(whole).SelectMany(r => r.Others));

        static IEnumerable<string> Deciding(Reason reason) =>
            reason.Parts.SelectMany(Deciding).Prepend($"{reason.Role}: {reason.Formula} = {reason.Value}");
        static IEnumerable<Reason> All(Reason reason) => reason.Parts.Concat(reason.Others).SelectMany(All).Prepend(reason);
    }

    [Fact]
    public void Equal_runs_give_equal_bytes() =>
        Assert.Equal(ReportPage.Of(Reported.Of("Counter")), ReportPage.Of(Reported.Of("Counter")));

    [Fact]
    public void Traces_which_do_not_fit_are_left_out_and_counted()
    {
        string whole = ReportData.Of(s_mutant, ReportPage.MostBytes);
        var small = JsonDocument.Parse(ReportData.Of(s_mutant, whole.Length * 2 / 3)).RootElement;
        int shown = small.GetProperty("traces").GetArrayLength();
        Assert.InRange(shown, 1, s_mutant.Traces.Length - 1);
        Assert.Equal(s_mutant.Traces.Length - shown, small.GetProperty("omitted").GetInt32());
        Assert.True(small.GetRawText().Length <= (whole.Length * 2 / 3) + 1000);
        // The numbers of those which remain still name their texts.
        foreach (var trace in small.GetProperty("traces").EnumerateArray())
        {
            int texts = small.GetProperty("texts").GetArrayLength();
            Assert.All(trace.GetProperty("initial").EnumerateArray(), v => Assert.True(v.GetInt32() < texts));
        }
    }

    [Fact]
    public void Text_is_shown_and_never_run()
    {
        const string Evil = "</script><script>alert(1)</script><!--";
        var counter = Registry.Get("Counter");
        var evil = counter with
        {
            Name = Evil,
            Designs = [new(Evil, [])],
            Sentence = Evil,
            Claims = [.. counter.Claims.Select(c => c with { Protocol = Evil, Sentence = Evil })],
        };
        string page = ReportPage.Of(Reported.Of(evil));
        Assert.DoesNotContain("alert(1)</script>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<!--DATA", page, StringComparison.Ordinal);
        var data = Reported.DataIn(page);
        Assert.Equal(Evil, Reported.Text(data, data.GetProperty("overview").GetProperty("protocols")[0].GetProperty("name")));
    }

    [Fact]
    public void A_page_has_its_policy_and_no_address_of_another_place()
    {
        string page = ReportPage.Of(Reported.Of("Counter"));
        Assert.Contains("default-src 'none'; script-src 'sha256-", page, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", page[..page.IndexOf("<style>", StringComparison.Ordinal)], StringComparison.Ordinal);
        Assert.DoesNotMatch("(src|href)=\"?https?:", page);
        Assert.True(Encoding.UTF8.GetByteCount(page) <= ReportPage.MostBytes);
    }

    [Fact]
    public void What_has_never_happened_is_in_the_report()
    {
        var design = Reported.Of("PageLifecycle", "separate,honest").Designs.Single();
        Assert.Contains(design.Notes, n => n.Sentence.StartsWith("Touch never happens, as expected: ", StringComparison.Ordinal));
        Assert.Contains("punch.zap", design.LabelsAtWork!.Value);
        Assert.DoesNotContain("accept.once", design.LabelsAtWork!.Value);
        Assert.Equal(0, design.Fired[design.Model.Actions.IndexOf(design.Model.Action("Touch"))]);
    }

    [Fact]
    public void Every_picture_names_what_its_models_have() => Assert.All(
        Registry.All.Where(p => p.Picture is not null),
        p => Assert.Empty(p.Picture!.Unknown([.. p.Designs.Select(p.Build)])));

    [Fact]
    public void A_picture_with_unknown_names_is_refused()
    {
        var picture = new Picture(
            new BoxGroup("Worker", "worker", 0)
            {
                Marks = [new("phse", "phase"), new("phase", "phase")],
                Arrows = [new("phase", "x", "y")],
            },
            new BoxGroup("Wrker", "worker", 0))
        {
            Marks = [new("total", "sum"), new("totl", "sum")],
        };
        var protocol = Registry.Get("Counter") with { Picture = picture };
        Assert.Equal(
            [
                "the picture: there is no variable phse of a Worker", "the picture: phase leads to no box",
                "the picture: there is no sort Wrker", "the picture: there is no variable totl without an index",
            ],
            ProtocolCheck.Of(protocol).Select(d => d.Message));
    }
}
