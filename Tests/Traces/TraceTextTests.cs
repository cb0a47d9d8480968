using System.Text.RegularExpressions;
using Checker.Solver.Traces.Text;

namespace Checker.Tests.Traces;

/// <summary>The text form of a trace, for kernel developers.</summary>
public sealed partial class TraceTextTests
{
    [Fact]
    public void A_fault_that_nobody_checked() => Golden.Matches("unchecked-fault.txt", Normalise(TraceText.Plain(Sample.UncheckedFault())));

    [Fact]
    public void A_lost_update_ends_with_the_values_that_differ()
    {
        string text = TraceText.Plain(Sample.LostUpdate());
        Assert.StartsWith("Counter, bounds 2, without lock\n\n 1          the initial state: ", text);
        Assert.Contains("\n 2  thread  Load(w=w0) ", text, StringComparison.Ordinal);
        Assert.Contains("\nstate 5 violates NoLostUpdate ", text, StringComparison.Ordinal);
        Assert.Contains("\n  2        count(w: done[w])   as done[w0] = true, done[w1] = true\n", text, StringComparison.Ordinal);
        Assert.Contains("            * total      0      -> 1\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_that_a_dropped_label_would_change_says_so()
    {
        Assert.Contains(" 3  thread  Load(w=w1) ", TraceText.Plain(Sample.LostUpdate()), StringComparison.Ordinal);
        Assert.Contains(
            "            ! lock would not have let this happen\n",
            TraceText.Plain(Sample.LostUpdate()),
            StringComparison.Ordinal);
        var flush = Sample.Found(new("GuestMemory", "snp,attribute,separate,spurious", "1,2,1,1,1", ["punch.flush"]));
        string text = string.Concat(flush.Where(t => t.Property!.Name == "NoMappingOutlivesItsFrame").Select(t => TraceText.Plain(t)));
        Assert.Contains("           ! punch.flush would have made this step another\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "!",
            string.Concat(TraceText.Write(Sample.Walk(Sample.Header("Counter", ""), [0, 0, 0])).Select(l => l.ToString())),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_witness_is_called_one()
    {
        var found = Sample.Found(Sample.Header("Counter", ""));
        Assert.Contains("\nstate 7 is a witness of AllDone ", Text("AllDone"), StringComparison.Ordinal);
        Assert.Contains("\nthese 4 steps are a witness of scenario TwoIncrements ", Text("TwoIncrements"), StringComparison.Ordinal);

        string Text(string property) => TraceText.Plain(found.Single(t => t.Property!.Name == property));
    }

    [Fact]
    public void A_violation_by_a_step_is_called_one()
    {
        string text = TraceText.Plain(Sample.SomebodyElseUnshares());
        Assert.Contains("\nthe step to state 3 violates OnlyTheGuestUnshares", text, StringComparison.Ordinal);
        Assert.Contains("as spte[p0] = None -> f0\n", text, StringComparison.Ordinal);
        Assert.Contains("as state[p0] = Shared -> Tainted\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_behaviour_without_a_property_has_no_verdict()
    {
        string text = TraceText.Plain(Sample.Walk(Sample.Header("Counter", ""), [0, 0]), new() { Heading = false });
        Assert.StartsWith(" 1          the initial state: ", text);
        Assert.DoesNotContain("violates", text, StringComparison.Ordinal);
        Assert.DoesNotContain('*', text);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(72)]
    public void Lines_are_ascii_and_fit(int width)
    {
        var traces = Sample.Found(new("GuestMemory", "snp,attribute,separate,spurious", "1,2,1,1,1", ["fault.check_private"]));
        foreach (var line in traces.SelectMany(t => TraceText.Write(t, new(width))))
        {
            string text = line.ToString();
            Assert.True(text.Length <= width, $"{text.Length} columns: {text}");
            Assert.All(text, c => Assert.InRange(c, ' ', '~'));
        }
    }

    [Fact]
    public void The_pieces_say_what_they_are()
    {
        var segments = TraceText.Write(Sample.UncheckedFault()).SelectMany(l => l.Segments).ToList();
        foreach (var role in new[]
        {
            TextRole.Heading, TextRole.Number, TextRole.Actor, TextRole.Action, TextRole.Parameter, TextRole.Cell, TextRole.Old,
            TextRole.New, TextRole.Source, TextRole.Property, TextRole.Formula, TextRole.True, TextRole.False, TextRole.Mark,
            TextRole.Note,
        })
        {
            Assert.Contains(segments, s => s.Role == role);
        }

        Assert.Contains(segments, s => s is { Role: TextRole.Action, Text: "FaultInstall" });
        Assert.Contains(segments, s => s is { Role: TextRole.Actor } && s.Text.Trim() == "KVM");
    }

    /// <summary>Removes line numbers, which change with every edit of the source.</summary>
    private static string Normalise(string text) => SourceLine().Replace(text, "  $1:LINE");

    [GeneratedRegex(@" {2,}(\S+\.cs):\d+")]
    private static partial Regex SourceLine();
}
