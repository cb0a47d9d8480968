using System.Text;
using Checker.Solver.Traces;
using Checker.Solver.Traces.Files;

namespace Checker.Tests.Traces;

/// <summary>The message for a damaged file: one line with the place, the mistake, and the remedy.</summary>
public sealed class DamagedFileTests : IDisposable
{
    private static readonly string s_json = TraceJson.Write(Sample.LostUpdate());
    private static readonly string s_itf = Itf.Write(Sample.LostUpdate());

    private readonly string _folder = Directory.CreateTempSubdirectory("checker-traces-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    // The head.
    [InlineData("checker-trace/1", "checker-trace/2", "$.schema: is 'checker-trace/2'; this program reads 'checker-trace/1'")]
    [InlineData(
        "\"protocol\": \"Counter\"",
        "\"protocol\": \"Conuter\"",
        "$: no protocol 'Conuter'; there are PageLifecycle, GuestMemory, RangeConversion, Binding, TdxSept, SnpRmp, "
            + "CcaRealm, PkvmOwnership, GuestConversion, VmmDevices, Counter")]
    [InlineData("\"design\": \"\"", "\"design\": \"snp\"", "$: no design 'snp'")]
    [InlineData("\"bounds\": \"2\"", "\"bounds\": \"two\"", "$: no bound 'two'")]
    [InlineData("\"bounds\": \"2\"", "\"bounds\": \"3\"", "$.sizes.Worker: is 2, but with bounds 3 it is 3")]
    [InlineData("\"lock\"", "\"lok\"", "$: Counter has no label 'lok'")]
    [InlineData(
        "\"NoLostUpdate\"",
        "\"NoLostUpdat\"",
        "$.property.name: 'NoLostUpdat' is no property of Counter; did you mean 'NoLostUpdate'?")]
    [InlineData("\"Invariant\"", "\"Scenario\"", "$.property.kind: is 'Scenario', but NoLostUpdate is of kind 'Invariant'")]
    [InlineData("\"length\": 5", "\"length\": 6", "$.states: there are 5 states, but 'length' is 6")]
    [InlineData("\"length\": 5", "\"length\": \"5\"", "$.length: must be an integer, not a string")]
    [InlineData("\"length\": 5,", "", "$: the member 'length' is missing")]
    [InlineData("\"length\"", "\"lenght\"", "$: 'lenght' is no member here; did you mean 'length'?")]
    // Steps.
    [InlineData(
        "\"action\": \"Load\"",
        "\"action\": \"Laod\"",
        "$.states[1].step.action: 'Laod' is no action of Counter; did you mean 'Load'?")]
    [InlineData(
        "\"action\": \"Load\"",
        "\"action\": \"Nothing\"",
        "$.states[1].step.action: 'Nothing' is no action of Counter; allowed are Load, Store")]
    [InlineData("\"actor\": \"thread\"", "\"actor\": \"thead\"", "$.states[1].step.actor: is 'thead', but Load is an action of 'thread'")]
    [InlineData("\"w\": \"w0\"", "\"w\": \"w2\"", "$.states[1].step.parameters.w: 'w2' is no element of Worker; did you mean 'w0'?")]
    [InlineData("\"w\": \"w0\"", "\"w\": 0", "$.states[1].step.parameters.w: must be a string, not the number '0'")]
    [InlineData("\"w\": \"w0\"", "\"v\": \"w0\"", "$.states[1].step.parameters: 'v' is no parameter of Load here; did you mean 'w'?")]
    // Cells.
    [InlineData("\"total\": 0", "\"totla\": 0", "$.states[0].cells: 'totla' is no cell here; did you mean 'total'?")]
    [InlineData("\"total\": 0,", "", "$.states[0].cells: the cell 'total' is missing")]
    [InlineData("\"total\": 0", "\"total\": 4", "$.states[0].cells.total: is 4, outside 0..3")]
    [InlineData("\"total\": 0", "\"total\": 0.5", "$.states[0].cells.total: must be an integer, not the number '0.5'")]
    [InlineData("\"total\": 0", "\"total\": 1e99", "$.states[0].cells.total: must be an integer, not the number '1e99'")]
    [InlineData("\"total\": 0", "\"total\": null", "$.states[0].cells.total: must be an integer, not null")]
    [InlineData("\"done[w0]\": false", "\"done[w0]\": 0", "$.states[0].cells['done[w0]']: must be true or false, not the number '0'")]
    [InlineData(
        "\"phase[w0]\": \"Loaded\"",
        "\"phase[w0]\": \"loaded\"",
        "$.states[1].cells['phase[w0]']: 'loaded' is no value of Phase; did you mean 'Loaded'?")]
    [InlineData(
        "\"phase[w0]\": \"Loaded\"",
        "\"phase[w0]\": \"\\u001b[31m\"",
        "$.states[1].cells['phase[w0]']: '\\u001b[31m' is no value of Phase; allowed are Idle, Loaded")]
    [InlineData(
        "\"phase[w0]\": \"Loaded\"",
        "\"phase[w0]\": \"\\ud800\"",
        "$.states[1].cells['phase[w0]']: a string holds half of a surrogate pair")]
    [InlineData("\"state\": 2", "\"state\": 3", "$.states[1].state: is 3, but this is state 2")]
    public void A_json_trace_is_refused(string old, string now, string message) => Refused(s_json, old, now, message, TraceJson.Read);

    [Theory]
    [InlineData(
        "\"checker\":",
        "\"chequer\":",
        "$['#meta']: has no member 'checker' with the model's name: only ITF files written by this program can be replayed")]
    [InlineData(
        "checker-trace/1",
        "checker-trace/9",
        "$['#meta'].checker.schema: is 'checker-trace/9'; this program reads 'checker-trace/1'")]
    [InlineData("\"states\":", "\"loop\":0,\"states\":", "$.loop: a trace with a loop cannot be replayed here: every behaviour is finite")]
    [InlineData("[\"total\",", "[\"totl\",", "$.vars[0]: 'totl' is no variable; did you mean 'total'?")]
    [InlineData("[\"total\",", "[", "$.vars: the variable 'total' is missing")]
    [InlineData("[\"total\",", "[\"total\",\"total\",", "$.vars: a variable is named twice")]
    [InlineData("\"total\":{\"#bigint\":\"0\"}", "\"total\":{\"#bigint\":\"x\"}", "$.states[0].total['#bigint']: 'x' is no small integer")]
    [InlineData("\"total\":{\"#bigint\":\"0\"}", "\"total\":{\"#bigint\":\"5\"}", "$.states[0].total: is 5, outside 0..3")]
    [InlineData(
        "\"mbt::actionTaken\":\"init\"",
        "\"mbt::actionTaken\":\"Load\"",
        "$.states[0]['mbt::actionTaken']: 'Load' is no beginning; allowed is init")]
    [InlineData(
        "\"mbt::actionTaken\":\"Load\"",
        "\"mbt::actionTaken\":\"Lod\"",
        "$.states[1]['mbt::actionTaken']: 'Lod' is no action of Counter; did you mean 'Load'?")]
    [InlineData(
        "\"value\":\"w0_OF_WORKER\"",
        "\"value\":\"w7_OF_WORKER\"",
        "$.states[1]['mbt::nondetPicks'].w.value: 'w7_OF_WORKER' is no element of Worker; did you mean 'w0_OF_WORKER'?")]
    [InlineData(
        "{\"tag\":\"Some\",\"value\":\"w0_OF_WORKER\"}",
        "{\"tag\":\"None\",\"value\":\"U_OF_UNIT\"}",
        "$.states[1]['mbt::nondetPicks'].w: is None, but the action has this parameter")]
    [InlineData("[\"w0_OF_WORKER\",false]", "[\"w1_OF_WORKER\",false]", "$.states[0].done['#map'][1][0]: done[w1] has a value already")]
    [InlineData("[\"w0_OF_WORKER\",false],", "", "$.states[0].done['#map']: done[w0] is missing")]
    [InlineData("[\"w0_OF_WORKER\",false]", "[\"w0_OF_WORKER\"]", "$.states[0].done['#map'][0]: must be a key and a value, not 1 items")]
    [InlineData("\"index\":1", "\"index\":2", "$.states[1]['#meta'].index: is 2, but this is state 1")]
    [InlineData("\"format\":\"ITF\"", "\"format\":\"ITX\"", "$['#meta'].format: is 'ITX', but the format is 'ITF'")]
    [InlineData("\"format\":\"ITF\",", "", "$['#meta']: the member 'format' is missing")]
    [InlineData("\"total\":\"Int\"", "\"total\":\"Bool\"", "$['#meta'].varTypes.total: is 'Bool', but total has the type 'Int'")]
    [InlineData("\"total\":\"Int\",", "", "$['#meta'].varTypes: the variable 'total' is missing")]
    [InlineData("\"description\":", "\"descriptio\":", "$['#meta']: 'descriptio' is no member here; did you mean 'description'?")]
    public void An_itf_trace_is_refused(string old, string now, string message) => Refused(s_itf, old, now, message, Itf.Read);

    [Fact]
    public void An_itf_trace_with_another_description_is_refused()
    {
        var refused = Assert.Throws<TraceFormatException>(() =>
            Itf.Read(s_itf.Replace("A violation of", "A witness of", StringComparison.Ordinal), Sample.Load));
        Assert.Equal("$['#meta'].description", refused.Place);
    }

    [Theory]
    [InlineData("", "line 1, column 1")]
    [InlineData("{\n  \"schema\": checker", "line 2, column 13")]
    [InlineData("{\"schema\":\"checker-trace/1\"", "line 1")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "line 1")]
    [InlineData("{\"length\":1,\"length\":2}", "not readable as JSON: Duplicate property 'length'")]
    [InlineData("{\"schema\":1}", "$.schema")]
    [InlineData("{\"\\ud800\":1}", "")]
    [InlineData("[]", "$")]
    [InlineData("42", "$")]
    [InlineData("{}", "$")]
    [InlineData("{\"vars\":[]}", "$")]
    [InlineData("{\"#meta\":7,\"vars\":[],\"states\":[]}", "$['#meta']")]
    public void What_is_no_trace_is_refused_with_the_file_and_the_place(string text, string place)
    {
        string path = Put(Encoding.UTF8.GetBytes(text));
        var refused = Assert.Throws<TraceFormatException>(() => TraceFile.Read(path, Sample.Load));
        Assert.StartsWith(path + ": " + place, refused.Message);
        Assert.DoesNotContain('\n', refused.Message);
        Assert.NotEmpty(refused.Reason);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused()
    {
        string path = Put([0x7b, 0x22, 0xff, 0x22, 0x7d]);
        Assert.Equal(
            $"{path}: byte 2: not UTF-8 text",
            Assert.Throws<TraceFormatException>(() => TraceFile.Read(path, Sample.Load)).Message);
    }

    [Fact]
    public void A_huge_file_is_refused_before_it_is_read()
    {
        string path = Put([]);
        using (var file = File.OpenWrite(path))
        {
            file.SetLength(TraceFile.LargestFile + 1);
        }

        Assert.Equal(
            $"{path}: larger than 64 MiB; no trace is",
            Assert.Throws<TraceFormatException>(() => TraceFile.Read(path, Sample.Load)).Message);
    }

    [Fact]
    public void A_trace_that_the_model_does_not_allow_is_read_and_then_refused_by_the_replay()
    {
        string text = s_json.Replace("\"total\": 1", "\"total\": 2", StringComparison.Ordinal);
        var refused = Assert.Throws<ReplayException>(() => Replay.Check(TraceJson.Read(text, Sample.Load)));
        Assert.Equal("state 4: total is 1, not 2", refused.Message);
    }

    [Fact]
    public void A_step_property_without_a_step_is_refused()
    {
        var trace = Sample.SomebodyElseUnshares();
        string text = TraceJson.Write(trace with { States = trace.States[..1] });
        var refused = Assert.Throws<ReplayException>(() => Replay.Check(TraceJson.Read(text, Sample.Load)));
        Assert.Equal("state 1: the trace does not show its claim about OnlyTheGuestUnshares", refused.Message);
    }

    [Fact]
    public void What_a_file_says_does_not_reach_the_terminal()
    {
        string text = s_json.Replace("\"protocol\": \"Counter\"", "\"protocol\": \"a\\nb\\u001b[31m\"", StringComparison.Ordinal);
        Assert.All(
            Assert.Throws<TraceFormatException>(() => TraceJson.Read(text, Sample.Load)).Message,
            c => Assert.False(char.IsControl(c)));
    }

    [Fact]
    public void A_step_that_is_not_enabled_is_refused_with_the_guard()
    {
        var trace = Sample.LostUpdate();
        var again = trace with { States = trace.States.Insert(2, trace.States[1]) };
        var refused = Assert.Throws<ReplayException>(() => Replay.Check(again));
        Assert.StartsWith("state 3: Load(w=w0) is not enabled: Model/Protocols/Counter/Counter.cs:", refused.Message);
        Assert.EndsWith("phase[w] == Phase.Idle & !done[w] does not hold", refused.Message);
    }

    private static void Refused(
        string text,
        string old,
        string now,
        string message,
        Func<string, Func<TraceHeader, Solver.Instance.Scope>, Trace> read)
    {
        int at = text.IndexOf(old, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{old} does not occur in {text}");
        string damaged = text[..at] + now + text[(at + old.Length)..];
        Assert.Equal(message, Assert.Throws<TraceFormatException>(() => read(damaged, Sample.Load)).Message);
    }

    private string Put(byte[] content)
    {
        string path = Path.Combine(_folder, "trace.json");
        File.WriteAllBytes(path, content);
        return path;
    }
}
