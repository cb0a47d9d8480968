using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Checker.Solver.Export;

namespace Checker.App.Agreement;

/// <summary>
/// Rumur on exported Murphi. It stops at the first violation, which its breadth-first search finds on a shortest trace. Without a
/// violation it counts the states and the steps, and decides all properties.
/// </summary>
internal static partial class Rumur
{
    /// <summary>The number of states from which a better compiled program saves more time than its compilation takes.</summary>
    private const long Many = 50_000;

    /// <param name="properties">The names of the exported properties.</param>
    /// <param name="states">The expected number of states to search.</param>
    /// <exception cref="ToolFailedException">There is no result.</exception>
    public static Findings Run(string model, ImmutableArray<string> properties, long states, AgreementOptions options)
    {
        using var workshop = new Workshop(options, "rumur");
        workshop.Write("model.m", model);
        workshop.Require(
            "rumur", "--quiet", "--output-format", "machine-readable", "--deadlock-detection", "off", "--symmetry-reduction", "off",
            "--pack-state", "off", "--value-type", "int32_t", "--threads", "1", "--output", "model.c", "model.m");
        workshop.Require("gcc", states < Many ? "-O0" : "-O1", "-std=c11", "-mcx16", "-w", "-o", "model", "model.c", "-lpthread");
        var result = workshop.Run("./model");
        return Read(result.Output, properties) ?? throw Workshop.Refused("Rumur's program", result);
    }

    /// <summary>Returns the findings in the XML of a run; null if it is not complete.</summary>
    internal static Findings? Read(string xml, ImmutableArray<string> properties)
    {
        XElement run;
        try
        {
            run = XDocument.Parse(xml).Root!;
        }
        catch (XmlException)
        {
            return null;
        }

        if (run.Element("summary") is not { } summary)
        {
            return null;
        }

        if (run.Element("error") is { } error && error.Element("message") is { } message)
        {
            var found = ImmutableDictionary<string, int?>.Empty.Add(Named(PropertyOf(message.Value)), error.Elements("transition").Count());
            return new(null, null, found, IsFirstOnly: true);
        }

        return new(
            Number(summary, "states"),
            Number(summary, "rules_fired") + 1,
            run.Elements("cover_result").Where(c => Number(c, "count") > 0).Select(c => Named(c.Attribute("message")!.Value)).Distinct()
                .ToImmutableDictionary(name => name, _ => (int?)null, StringComparer.Ordinal),
            IsFirstOnly: false);

        string Named(string quoted) => properties.FirstOrDefault(p => Exporter.Quotable(p) == quoted) ?? quoted;
    }

    private static long Number(XElement element, string attribute) =>
        long.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);

    private static string PropertyOf(string message) => Message().Match(message) is { Success: true, Groups: var groups }
        ? groups["name"].Value
        : throw new ToolFailedException($"Rumur stopped for another reason: {message}");

    [GeneratedRegex("^(?:invariant \"(?<name>.*)\" failed|Assertion failed: [^:]*:[^:]*: (?<name>.*))$")]
    private static partial Regex Message();
}
