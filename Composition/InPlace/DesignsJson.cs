using System.Text.Json;
using Checker.Cli.Report;
using Checker.Properties.GuestMemory.InPlace;
using Checker.Protocols.GuestMemory;

namespace Checker.Composition.InPlace;

/// <summary>
/// The output of <c>checker designs --json</c>: <c>{"finished", "runs": [{"platform", "vmm", "kind" (guards, order, change), "dropped",
/// "to_private", "to_shared", "change", "verdict" (safe, useless, unsafe, unfinished), "property", "length" (states), "bounds",
/// "states", "lost", "all_sizes" (null if no proof was tried), "not_proved"}]}</c>. "finished" is false if a question has no answer
/// because a run was stopped or never begun.
/// </summary>
internal static class DesignsJson
{
    public static void Write(TextWriter output, IEnumerable<VariantOutcome> runs, bool finished) => Json.Write(output, json =>
    {
        json.WriteStartObject();
        json.WriteBoolean("finished", finished);
        Json.Objects(json, "runs", runs, run => Run(json, run));
        json.WriteEndObject();
    });

    private static void Run(Utf8JsonWriter json, VariantOutcome run)
    {
        var variant = run.Variant;
        json.WriteString("platform", variant.Design.Parts[0]);
        json.WriteString("vmm", variant.Design.Parts[3]);
        json.WriteString("kind", variant.Kind.ToString().ToLowerInvariant());
        Json.Strings(json, "dropped", variant.Dropped);
        json.WriteString("to_private", OrderText.Of(variant.Conversion, Alias.Private));
        json.WriteString("to_shared", OrderText.Of(variant.Conversion, Alias.Shared));
        json.WriteString("change", variant.Name);
        json.WriteString("verdict", run.Standing.ToString().ToLowerInvariant());
        if (run.Standing == Standing.Unsafe)
        {
            json.WriteString("property", run.Property);
            json.WriteNumber("length", run.Length);
        }
        else
        {
            json.WriteNull("property");
            json.WriteNull("length");
        }

        json.WriteString("bounds", run.Bounds.ToString());
        json.WriteNumber("states", run.States);
        Json.Strings(json, "lost", run.Lost);
        if (run.AnySize is { } proof)
        {
            json.WriteBoolean("all_sizes", proof.Proved);
        }
        else
        {
            json.WriteNull("all_sizes");
        }

        Json.Strings(json, "not_proved", run.AnySize?.Missing ?? []);
    }
}
