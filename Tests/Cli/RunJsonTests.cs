using System.Text.Json;

namespace Checker.Tests.Cli;

/// <summary><c>verify --json</c> answers for every property of a run.</summary>
public sealed class RunJsonTests
{
    [Fact]
    public void Every_property_has_its_answers()
    {
        var run = Program.Call("verify --protocol PageLifecycle --design separate,honest --json").Json.GetProperty("runs")[0];
        var properties = run.GetProperty("properties").EnumerateArray().ToList();

        Assert.Equal("holds", run.GetProperty("verdict").GetString());
        Assert.Contains(properties, p => Text(p, "exploredVerdict") == "holds"
            && p.GetProperty("provedForAllSizes").ValueKind == JsonValueKind.True);
        Assert.Contains(properties, p => Text(p, "exploredVerdict") == "possible" && p.GetProperty("length").GetInt32() > 0);
        Assert.All(properties, p => Assert.Equal(Text(p, "expected"), Text(p, "exploredVerdict")));
    }

    [Fact]
    public void A_violated_property_names_its_trace_and_its_file()
    {
        using var folder = new Folder();
        string file = folder["trace.json"];
        string arguments = $"verify --protocol PageLifecycle --design separate,honest --drop punch.zap --json --trace-out {file}";
        var run = Program.Call(arguments).Json.GetProperty("runs")[0];
        var violated = run.GetProperty("properties").EnumerateArray().Single(p => Text(p, "exploredVerdict") == "violated");

        Assert.Equal(run.GetProperty("property").GetString(), Text(violated, "name"));
        Assert.Equal(run.GetProperty("length").GetInt32(), violated.GetProperty("length").GetInt32());
        Assert.Equal(file, Text(violated, "traceFile"));
        Assert.True(File.Exists(file));
        Assert.Null(Text(violated, "expected"));
        Assert.Equal(JsonValueKind.Null, violated.GetProperty("provedForAllSizes").ValueKind);
    }

    private static string? Text(JsonElement property, string key) => property.GetProperty(key).GetString();
}
