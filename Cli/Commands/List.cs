using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using Checker.App;
using Checker.Cli.Options;
using Checker.Cli.Report;
using Checker.Model.Catalogue;
using Checker.Model.Check;
using Checker.Model.Ir;

namespace Checker.Cli.Commands;

/// <summary>The command <c>checker list</c>: the names used by other commands, each with its sentence.</summary>
internal sealed class List
{
    private readonly ProtocolSet _protocols;
    private static readonly string[] s_subjects = ["protocols", "designs", "labels", "properties"];

    private readonly Argument<string?> _subject = new("subject")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = $"{string.Join(", ", s_subjects)}; all of them if not given"
    };
    private readonly Option<string> _protocol = CommonOptions.Protocol();
    private readonly Option<bool> _json = new("--json") { Description = "prints one JSON object, and nothing else" };

    private List(ProtocolSet protocols) => _protocols = protocols;

    public static Command Create(ProtocolSet protocols, string name, string description)
    {
        var list = new List(protocols);
        var command = new Command(name, description) { list._subject, list._protocol, list._json };
        command.SetAction(list.Run);
        return command;
    }

    private int Run(ParseResult given)
    {
        string[] subjects = given.GetValue(_subject) is { } subject ? [Choice.Of("subject", subject, s_subjects, "of list")] : s_subjects;
        ImmutableArray<Protocol> protocols = given.GetValue(_protocol) is { } name
            ? [Plan.ProtocolNamed(_protocols, name)]
            : [.. _protocols];
        return Print(protocols, subjects, given.GetValue(_json), given.InvocationConfiguration.Output, given.InvocationConfiguration.Error);
    }

    /// <summary>Prints the lists. A wrong model does not prevent listing the others.</summary>
    internal static int Print(ImmutableArray<Protocol> protocols, string[] subjects, bool asJson, TextWriter output, TextWriter error)
    {
        // Protocols and designs are listed without their models, which take much longer to build than the list takes to print.
        bool models = subjects.Contains("labels") || subjects.Contains("properties");
        var contents = protocols.Select(p => Contents.Of(p, models)).ToList();
        if (asJson)
        {
            Json.Write(output, "list", json => Write(json, contents, subjects));
        }
        else
        {
            Write(new Terminal(output), contents, subjects);
        }

        var wrong = contents.SelectMany(c => c.Wrong).ToList();
        foreach (var (design, mistakes) in wrong)
        {
            error.WriteLine($"checker: {design.Protocol}{(design.Parts.IsEmpty ? "" : $" {design.Id}")} is not listed, "
                + $"since its model is wrong: {mistakes.Message}");
        }

        return wrong.Count == 0 ? ExitCode.Ok : ExitCode.BadInput;
    }

    private static void Write(Terminal terminal, List<Contents> contents, string[] subjects)
    {
        foreach (var (protocol, labels, properties, _) in contents)
        {
            terminal.Line((protocol.Name, Tone.Strong), ($": {protocol.Sentence}", Tone.Plain));
            if (subjects.Contains("protocols"))
            {
                var bounds = Bounds.DefaultOf(protocol);
                terminal.Line(bounds.Sorts.IsEmpty ? "  no sorts, and no --bounds" : $"  --bounds {bounds.Names}; {bounds} if not given");
            }

            if (subjects.Contains("designs") && !protocol.DesignKeys.IsEmpty)
            {
                terminal.Line();
                terminal.Line($"  Designs ({string.Join(',', protocol.DesignKeys)}):", Tone.Strong);
                foreach (var design in protocol.Designs)
                {
                    terminal.Line($"    {design}");
                }
            }

            if (subjects.Contains("labels"))
            {
                terminal.Line();
                terminal.Line("  Labels, which --drop leaves out:", Tone.Strong);
                terminal.Table(
                    ["label", "purpose"],
                    labels.Select(l => new[] { l.Declaration.Name, l.Declaration.Sentence }),
                    indent: 4);
            }

            if (subjects.Contains("properties"))
            {
                terminal.Line();
                terminal.Line("  Properties:", Tone.Strong);
                terminal.Table(["property", "kind", "sentence"],
                    properties.Select(p =>
                        new[] { p.Declaration.Name, p.Declaration.Kind.Traits().Name, Sentences.Of(protocol, p.Declaration) }),
                    indent: 4);
            }

            terminal.Line();
        }
    }

    private static void Write(Utf8JsonWriter json, List<Contents> contents, string[] subjects)
    {
        json.WriteStartArray("protocols");
        foreach (var (protocol, labels, properties, _) in contents)
        {
            json.WriteStartObject();
            json.WriteString("name", protocol.Name);
            json.WriteString("sentence", protocol.Sentence);
            Json.Strings(json, "designKeys", protocol.DesignKeys);
            Json.Strings(json, "boundNames", protocol.BoundSorts);
            json.WriteString("defaultBounds", Bounds.DefaultOf(protocol).ToString());
            if (subjects.Contains("designs"))
            {
                Json.Strings(json, "designs", protocol.Designs.Select(d => d.Id));
            }

            if (subjects.Contains("labels"))
            {
                Json.Objects(json, "labels", labels, label =>
                {
                    json.WriteString("name", label.Declaration.Name);
                    json.WriteString("sentence", label.Declaration.Sentence);
                    json.WriteString("source", label.Declaration.Source.ToString());
                    Json.Strings(json, "actions", label.Actions);
                    Json.Strings(json, "designs", label.Designs);
                });
            }

            if (subjects.Contains("properties"))
            {
                Json.Objects(json, "properties", properties, property =>
                {
                    json.WriteString("name", property.Declaration.Name);
                    json.WriteString("kind", property.Declaration.Kind.Traits().Name);
                    json.WriteString("sentence", Sentences.Of(protocol, property.Declaration));
                    json.WriteString("source", property.Declaration.Source.ToString());
                    Json.Strings(json, "designs", property.Designs);
                });
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private sealed record LabelListing(LabelDeclaration Declaration, ImmutableArray<string> Actions, ImmutableArray<string> Designs);

    private sealed record PropertyUse(PropertyDeclaration Declaration, ImmutableArray<string> Designs);

    /// <summary>The combined contents of a protocol's designs.</summary>
    private sealed record Contents(Protocol Protocol, ImmutableArray<LabelListing> Labels, ImmutableArray<PropertyUse> Properties,
        ImmutableArray<(Design Design, ModelException Mistakes)> Wrong)
    {
        /// <param name="built">True to build the models. Without them there are no labels and no properties.</param>
        public static Contents Of(Protocol protocol, bool built)
        {
            var models = new List<(string Id, TransitionSystem Model)>();
            var wrong = ImmutableArray.CreateBuilder<(Design, ModelException)>();
            foreach (var design in built ? protocol.Designs : [])
            {
                try
                {
                    models.Add((design.Id, protocol.Build(design)));
                }
                catch (ModelException mistakes)
                {
                    wrong.Add((design, mistakes));
                }
            }

            var uses = models.SelectMany(m =>
                m.Model.Actions.SelectMany(a => a.Labels.Select(l => (Label: l, Action: a.Name, Design: m.Id))))
                    .ToLookup(u => u.Label, StringComparer.Ordinal);
            return new(
                protocol,
                [
                    .. models.SelectMany(m => m.Model.Labels).DistinctBy(l => l.Name).Select(l => new LabelListing(l,
                        [.. uses[l.Name].Select(u => u.Action).Distinct(StringComparer.Ordinal)],
                        [.. uses[l.Name].Select(u => u.Design).Distinct(StringComparer.Ordinal)])),
                ],
                [
                    .. models.SelectMany(m => m.Model.Properties.Select(p => (Property: p, m.Id)))
                    .GroupBy(p => p.Property.Name, StringComparer.Ordinal)
                        .Select(p => new PropertyUse(p.First().Property, [.. p.Select(x => x.Id)])),
                ],
                wrong.ToImmutable());
        }
    }
}
