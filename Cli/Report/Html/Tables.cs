using System.Globalization;
using System.Text;
using System.Text.Json;
using Checker.Solver.Traces;

namespace Checker.Cli.Report.Html;

/// <summary>
/// The texts and the explained formulas of a report, each stored once and named by its number. Neighbouring states share nearly all of
/// their explanations, which keeps the page small.
/// </summary>
internal sealed class Tables
{
    private readonly List<string> _texts = [];
    private readonly Dictionary<string, int> _textNumbers = new(StringComparer.Ordinal);
    private readonly List<string> _nodes = [];
    private readonly Dictionary<string, int> _nodeNumbers = new(StringComparer.Ordinal);
    private readonly Dictionary<Reason, int> _known = new(ReferenceEqualityComparer.Instance);

    /// <summary>The size of the tables in the page, in characters.</summary>
    public int Size { get; private set; }

    public int Text(string text)
    {
        if (!_textNumbers.TryGetValue(text, out int number))
        {
            // The default encoder writes <, > and & as \u003C and so on: the page contains the text, and never runs it.
            string json = $"\"{JsonEncodedText.Encode(text)}\"";
            number = _textNumbers[text] = _texts.Count;
            _texts.Add(json);
            Size += json.Length + 1;
        }

        return number;
    }

    /// <summary>
    /// Returns the number of an explanation: an array of value, role, formula, witnesses, read cells, deciding parts, and other parts.
    /// Missing members at the end are empty.
    /// </summary>
    public int Node(Reason reason)
    {
        if (_known.TryGetValue(reason, out int known))
        {
            return known;
        }

        string[] members =
        [
            Number(Text(reason.Value)), Number(Text(reason.Role)), Number(Text(reason.Formula)), Texts(reason.Witness),
            Texts(reason.Reads.Select(r => r.ToString())), Nodes(reason.Parts), Nodes(reason.Others),
        ];
        int count = members.Length;
        while (members[count - 1] == "[]")
        {
            count--;
        }

        string json = $"[{string.Join(',', members[..count])}]";
        if (!_nodeNumbers.TryGetValue(json, out int number))
        {
            number = _nodeNumbers[json] = _nodes.Count;
            _nodes.Add(json);
            Size += json.Length + 1;
        }

        return _known[reason] = number;
    }

    /// <summary>Marks the present contents, for <see cref="Return"/>.</summary>
    public (int Texts, int Nodes, int Size) Mark() => (_texts.Count, _nodes.Count, Size);

    /// <summary>Removes everything added since the mark.</summary>
    public void Return((int Texts, int Nodes, int Size) mark)
    {
        foreach (string text in _textNumbers.Where(t => t.Value >= mark.Texts).Select(t => t.Key).ToList())
        {
            _textNumbers.Remove(text);
        }

        foreach (string node in _nodes.Skip(mark.Nodes))
        {
            _nodeNumbers.Remove(node);
        }

        foreach (var reason in _known.Where(n => n.Value >= mark.Nodes).Select(n => n.Key).ToList())
        {
            _known.Remove(reason);
        }

        _texts.RemoveRange(mark.Texts, _texts.Count - mark.Texts);
        _nodes.RemoveRange(mark.Nodes, _nodes.Count - mark.Nodes);
        Size = mark.Size;
    }

    public void Write(Utf8JsonWriter json)
    {
        json.WritePropertyName("texts");
        json.WriteRawValue(Array(_texts));
        json.WritePropertyName("nodes");
        json.WriteRawValue(Array(_nodes));
    }

    private string Texts(IEnumerable<string> texts) => Array(texts.Select(t => Number(Text(t))));

    private string Nodes(IEnumerable<Reason> reasons) => Array(reasons.Select(r => Number(Node(r))));

    private static string Array(IEnumerable<string> items) => new StringBuilder("[").AppendJoin(',', items).Append(']').ToString();

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
