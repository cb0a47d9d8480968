using System.Globalization;
using System.Text;
using System.Xml;
using Checker.App.Gate;

namespace Checker.Cli.Gate;

/// <summary>
/// Results as JUnit XML, which every CI system shows: a test suite for each design and engine, a test case for each property. The
/// elements are those of the schema of Apache Ant's and Jenkins' reports.
/// </summary>
internal static class JUnit
{
    public static string Of(IReadOnlyCollection<GateRun> runs)
    {
        var text = new StringBuilder();
        using (var xml = XmlWriter.Create(text, new() { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true }))
        {
            xml.WriteStartElement("testsuites");
            Attribute(xml, "name", "checker");
            Counts(xml, [.. runs.SelectMany(r => r.Cases)], runs.Sum(r => r.Seconds));
            foreach (var run in runs)
            {
                Write(xml, run);
            }

            xml.WriteEndElement();
        }

        return $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{text}\n";
    }

    private static void Write(XmlWriter xml, GateRun run)
    {
        xml.WriteStartElement("testsuite");
        Attribute(xml, "name", $"{run.Name} ({run.Engine})");
        Counts(xml, run.Cases, run.Seconds);
        foreach (var one in run.Cases)
        {
            xml.WriteStartElement("testcase");
            // A viewer takes the text before the last dot as a package.
            Attribute(xml, "classname", $"{run.Protocol}.{(run.Design.Length == 0 ? run.Protocol : run.Design)}.{run.Engine}");
            Attribute(xml, "name", one.Property);
            // The engine decides all properties of a run together.
            Attribute(xml, "time", Seconds(run.Seconds / run.Cases.Length));
            Attribute(xml, "file", one.File);
            Attribute(xml, "line", one.Line.ToString(CultureInfo.InvariantCulture));
            Outcome(xml, one);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void Outcome(XmlWriter xml, GateCase one)
    {
        string? element = one.Status switch
        {
            CaseStatus.Failed => "failure",
            CaseStatus.Undecided => "error",
            CaseStatus.Skipped => "skipped",
            _ => null,
        };
        if (element is null)
        {
            xml.WriteElementString("system-out", Clean(one.Message));
            return;
        }

        xml.WriteStartElement(element);
        Attribute(xml, "message", one.Message);
        if (one.Status != CaseStatus.Skipped)
        {
            Attribute(xml, "type", one.Verdict);
            xml.WriteString(Clean($"{one.File}:{one.Line}\n{one.Trace}"));
        }

        xml.WriteEndElement();
    }

    private static void Counts(XmlWriter xml, IReadOnlyCollection<GateCase> cases, double seconds)
    {
        Attribute(xml, "tests", Number(cases.Count));
        Attribute(xml, "failures", Number(cases.Count(c => c.Status == CaseStatus.Failed)));
        Attribute(xml, "errors", Number(cases.Count(c => c.Status == CaseStatus.Undecided)));
        Attribute(xml, "skipped", Number(cases.Count(c => c.Status == CaseStatus.Skipped)));
        Attribute(xml, "time", Seconds(seconds));
    }

    private static void Attribute(XmlWriter xml, string name, string value) => xml.WriteAttributeString(name, Clean(value));

    /// <summary>Returns the text without the characters that XML cannot have.</summary>
    private static string Clean(string text) => text.All(XmlConvert.IsXmlChar) ? text
        : string.Concat(text.EnumerateRunes().Select(r => !r.IsBmp || XmlConvert.IsXmlChar((char)r.Value) ? r.ToString() : "\uFFFD"));

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
