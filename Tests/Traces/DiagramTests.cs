using Checker.Composition.Protocols;
using Checker.Solver.Traces;
using Checker.Solver.Traces.Files;
using Checker.Testing;

namespace Checker.Tests.Traces;

/// <summary>Traces as sequence diagrams and as tests.</summary>
public sealed class DiagramTests
{
    private static readonly Trace s_trace =
        CheckerAssert.Violates(Registry.Get("PageLifecycle"), "NoMappingOutlivesItsFrame", "separate,honest", drop: "punch.zap");

    [Fact]
    public void Mermaid_has_a_line_for_each_actor_and_step()
    {
        string[] lines = Written(Mermaid.Write);
        Assert.Equal("sequenceDiagram", lines[0]);
        Assert.Equal("    title PageLifecycle separate,honest, bounds 2,2, without punch.zap", lines[1]);
        Assert.Contains("    participant A1 as VMM", lines);
        Assert.Equal(s_trace.Length - 1, lines.Count(l => l.Contains("->>", StringComparison.Ordinal)));
        Assert.Contains($"state {s_trace.Length} violates NoMappingOutlivesItsFrame", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Mermaid_escapes_its_syntax()
    {
        var evil = s_trace with { Header = s_trace.Header with { Protocol = "a;b<script>#c\nd" } };
        using var writer = new StringWriter();
        Mermaid.Write(evil, writer);
        Assert.Contains("title a#59;b#60;script#62;#35;c#10;d", writer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void PlantUml_has_a_line_for_each_actor_and_step()
    {
        string[] lines = Written(PlantUml.Write);
        Assert.Equal(("@startuml", "@enduml"), (lines[0], lines[^1]));
        Assert.Contains("participant \"VMM\" as A1", lines);
        Assert.Equal(s_trace.Length - 1, lines.Count(l => l.Contains(" -> ", StringComparison.Ordinal)));
        Assert.DoesNotContain(lines, l => l.Contains("p=p0", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.Contains("p<U+003D>p0", StringComparison.Ordinal));
    }

    [Fact]
    public void A_test_has_the_steps_and_names()
    {
        string[] lines = Written((trace, writer) => XunitTest.Write(trace, writer));
        Assert.Contains("    public void NoMappingOutlivesItsFrame_is_violated_in_4_steps() => CheckerAssert.Replays(", lines);
        Assert.Contains("        PageLifecycleProtocol.Definition,", lines);
        Assert.Contains("        drop: [\"punch.zap\"],", lines);
        Assert.All(s_trace.States.Skip(1), s => Assert.Contains($"            \"{s.Instance}\",", lines));
    }

    [Fact]
    public void A_test_escapes_names()
    {
        var evil = s_trace with { Header = s_trace.Header with { Protocol = "1\"\\\n</summary>" } };
        evil = evil with { Header = evil.Header with { Mutant = "a\"\\\nb" } };
        string text = string.Join('\n', Written((_, writer) => XunitTest.Write(evil, writer)));
        Assert.Contains("mutant: \"a\\\"\\\\\\u000ab\",", text, StringComparison.Ordinal);
        Assert.Contains("&lt;/summary&gt;", text, StringComparison.Ordinal);
        Assert.Contains("_1_____summaryProtocol.Definition", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_steps_are_replayed() =>
        Assert.Equal(
            s_trace.States.Select(s => string.Join(',', s.Cells)),
            Replayed("punch.zap", Steps()).States.Select(s => string.Join(',', s.Cells)));

    [Fact]
    public void A_model_that_does_not_allow_the_steps_fails()
    {
        var failed = Assert.Throws<CheckFailedException>(() => Replayed(null, Steps()));
        Assert.Contains("does not show its claim about NoMappingOutlivesItsFrame", failed.Message, StringComparison.Ordinal);
        failed = Assert.Throws<CheckFailedException>(() => Replayed("punch.zap", [.. Steps().Reverse()]));
        Assert.Contains("is not enabled: Model/Protocols/PageLifecycle/PageLifecycle.cs:", failed.Message, StringComparison.Ordinal);
        failed = Assert.Throws<CheckFailedException>(() => Replayed("punch.zap", ["Vanish(p=p0)"]));
        Assert.Contains("step 1: there is no action instance Vanish(p=p0) any more", failed.Message, StringComparison.Ordinal);
    }

    private static string[] Steps() => [.. s_trace.States.Skip(1).Select(s => s.Instance!.ToString())];

    private static Trace Replayed(string? drop, string[] steps) => CheckerAssert.Replays(
        Registry.Get("PageLifecycle"),
        "NoMappingOutlivesItsFrame",
        "separate,honest",
        "2,2",
        drop is null ? [] : [drop],
        "",
        steps);

    private static string[] Written(Action<Trace, TextWriter> write)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        write(s_trace, writer);
        return writer.ToString().TrimEnd('\n').Split('\n');
    }
}
