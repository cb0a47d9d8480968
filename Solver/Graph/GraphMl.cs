using System.Globalization;
using System.Xml;

namespace Checker.Solver.Graph;

/// <summary>
/// A state graph as GraphML, for yEd, Gephi, NetworkX and others. QuikGraph itself is used without its package for writing files.
/// </summary>
public static class GraphMl
{
    private const string Namespace = "http://graphml.graphdrawing.org/xmlns";

    private static readonly (string Id, string For, string Type)[] s_keys =
    [
        ("label", "node", "string"), ("level", "node", "int"), ("initial", "node", "boolean"), ("violates", "node", "string"),
        ("trace", "node", "boolean"), ("cut", "node", "boolean"),
        ("action", "edge", "string"), ("actor", "edge", "string"), ("step-violates", "edge", "string"), ("step-trace", "edge", "boolean"),
    ];

    public static void Write(StateGraph graph, TextWriter writer)
    {
        // The declaration is spelt out. The XML writer would name the encoding of the text writer, which may differ from the file's.
        writer.Write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        using var xml = XmlWriter.Create(
            writer,
            new() { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true, CloseOutput = false });
        xml.WriteStartElement("graphml", Namespace);
        foreach (var (id, domain, type) in s_keys)
        {
            xml.WriteStartElement("key", Namespace);
            xml.WriteAttributeString("id", id);
            xml.WriteAttributeString("for", domain);
            xml.WriteAttributeString("attr.name", id.Replace("step-", "", StringComparison.Ordinal));
            xml.WriteAttributeString("attr.type", type);
            xml.WriteEndElement();
        }

        xml.WriteStartElement("graph", Namespace);
        xml.WriteAttributeString("id", graph.Scope.System.Name);
        xml.WriteAttributeString("edgedefault", "directed");
        foreach (var node in graph.Graph.Vertices)
        {
            xml.WriteStartElement("node", Namespace);
            xml.WriteAttributeString("id", node.Id);
            Data("label", string.Join('\n', graph.Describe(node)));
            Data("level", node.Level.ToString(CultureInfo.InvariantCulture));
            Data("initial", Bool(node.IsInitial));
            Data("violates", string.Join(' ', node.Violates));
            Data("trace", Bool(node.OnTrace));
            Data("cut", Bool(node.IsCut));
            xml.WriteEndElement();
        }

        int number = 0;
        foreach (var edge in graph.Graph.Edges)
        {
            xml.WriteStartElement("edge", Namespace);
            xml.WriteAttributeString("id", $"e{number++}");
            xml.WriteAttributeString("source", edge.Source.Id);
            xml.WriteAttributeString("target", edge.Target.Id);
            Data("action", edge.Tag.Instance.ToString());
            Data("actor", edge.Tag.Instance.Action.Actor);
            Data("step-violates", string.Join(' ', edge.Tag.Violates));
            Data("step-trace", Bool(edge.Tag.OnTrace));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.Flush();
        writer.Write('\n');

        void Data(string key, string value)
        {
            xml.WriteStartElement("data", Namespace);
            xml.WriteAttributeString("key", key);
            xml.WriteString(value);
            xml.WriteEndElement();
        }
    }

    private static string Bool(bool value) => value ? "true" : "false";
}
