using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Checker.Solver.Explicit;

namespace Checker.App.Agreement;

/// <summary>
/// SPIN on exported Promela, breadth-first. It reports each violated property and each witness once and goes on, so one run counts all
/// states and decides all properties, with the lengths of their shortest traces.
/// </summary>
internal static partial class Spin
{
    /// <summary>The number of states from which a better compiled program saves more time than its compilation takes.</summary>
    private const long Many = 400_000;

    /// <summary>The smallest number of steps which SPIN shall follow. Its default is the same.</summary>
    private const int LeastDepth = 10_000;

    /// <param name="properties">The exported properties, in their order.</param>
    /// <param name="ours">The exploration, for the expected size of the search.</param>
    /// <exception cref="ToolFailedException">There is no result.</exception>
    public static Findings Run(string model, ImmutableArray<string> properties, ExplorationResult ours, AgreementOptions options)
    {
        long states = ours.Distinct;
        using var workshop = new Workshop(options, "spin");
        workshop.Write("model.pml", model);
        workshop.Require("spin", "-DREPORT", "-a", "model.pml");
        workshop.Require(
            "gcc", states < Many ? "-O0" : "-O2", "-w", "-DSAFETY", "-DNOREDUCE", "-DBFS",
            $"-DMEMLIM={Math.Max(1, options.Memory >> 20).ToString(CultureInfo.InvariantCulture)}", "-o", "pan", "pan.c");
        int slots = Math.Clamp(BitOperations.Log2((ulong)Math.Max(1, states)) + 1, 16, 28);
        var result = workshop.Run(
            "./pan",
            "-E",
            $"-w{slots.ToString(CultureInfo.InvariantCulture)}",
            $"-m{Math.Max(LeastDepth, 2 * ours.Depth).ToString(CultureInfo.InvariantCulture)}");
        return Read(result.Output, properties) ?? throw Workshop.Refused("SPIN's program", result);
    }

    /// <summary>Returns the findings in the output of a run; null if it is not complete.</summary>
    /// <param name="properties">The exported properties, in their order.</param>
    internal static Findings? Read(string output, ImmutableArray<string> properties)
    {
        if (output.Contains("Search not completed", StringComparison.Ordinal)
            || output.Contains("max search depth too small", StringComparison.Ordinal)
            || Stored().Match(output) is not { Success: true } stored
            || !double.TryParse(stored.Groups["states"].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double states))
        {
            return null;
        }

        return new(
            (long)states,
            null,
            Property().Matches(output).ToImmutableDictionary(
                m => properties[int.Parse(m.Groups["number"].Value, CultureInfo.InvariantCulture)],
                m => (int?)int.Parse(m.Groups["steps"].Value, CultureInfo.InvariantCulture) + 1,
                StringComparer.Ordinal),
            IsFirstOnly: false);
    }

    [GeneratedRegex(@"^ *(?<states>[0-9.e+]+) states, stored", RegexOptions.Multiline)]
    private static partial Regex Stored();

    [GeneratedRegex(@"^property (?<number>\d+) after (?<steps>\d+) steps\r?$", RegexOptions.Multiline)]
    private static partial Regex Property();
}
