using System.Text.RegularExpressions;
using Checker.Solver.Instance;
using Checker.Tests.Explicit;

namespace Checker.Tests.Reference;

/// <summary>A line of Data/expected.csv. Data/README.md describes the columns. Missing counts and depths are 0.</summary>
public sealed partial record Row(
    string Bounds,
    string Design,
    string Dropped,
    long Distinct,
    long Generated,
    int Depth,
    string Verdict,
    string Property,
    int Length)
{
    private const string Header = "bounds,platform,designation,backing,vmm,dropped,distinct,generated,depth,verdict,property,length";

    public static IReadOnlyList<Row> All { get; } = Read();

    /// <summary>The name of the line. No two lines have the same design, bounds and labels.</summary>
    public string Id => Dropped.Length == 0 ? $"{Design} {Bounds}" : $"{Design} {Bounds} without {Dropped}";

    public bool Violated => Verdict == "violated";

    public static Row Get(string id) => All.Single(r => r.Id == id);

    internal Scope Scope() => Explore.GuestMemory(Design, Bounds, Dropped.Split(',', StringSplitOptions.RemoveEmptyEntries));

    private static IReadOnlyList<Row> Read()
    {
        string[] lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Data", "expected.csv"));
        Assert.Equal(Header, lines[0]);
        return [.. lines.Skip(1).Select(Parse)];
    }

    private static Row Parse(string line)
    {
        string[] c = [.. Column().Matches(line).Select(m => m.Groups[1].Value + m.Groups[2].Value)];
        Assert.Equal(Header.Split(',').Length, c.Length);
        return new(c[0], string.Join(',', c[1..5]), c[5], Number(c[6]), Number(c[7]), (int)Number(c[8]), c[9], c[10], (int)Number(c[11]));
    }

    private static long Number(string text) => text.Length == 0 ? 0 : long.Parse(text);

    [GeneratedRegex("(?:^|,)(?:\"([^\"]*)\"|([^,]*))")]
    private static partial Regex Column();
}
