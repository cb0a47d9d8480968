using System.Text.Json;
using Checker.Cli.Report;
using Checker.Properties.GuestMemory.InPlace;
using Checker.Protocols.GuestMemory;

namespace Checker.Composition.InPlace;

/// <summary>The variants as one JSON object: <c>designs</c> in docs/schema.</summary>
internal static class DesignsJson
{
    public static void Write(TextWriter output, IEnumerable<VariantOutcome> runs, bool finished) => Json.Write(output, "designs", json =>
    {
        json.WriteBoolean("finished", finished);
        Json.Objects(json, "runs", runs, run => Run(json, run));
    });

    private static void Run(Utf8JsonWriter json, VariantOutcome run)
    {
        var variant = run.Variant;
        json.WriteString("platform", variant.Design.Parts[0]);
        json.WriteString("vmm", variant.Design.Parts[3]);
        json.WriteString("kind", Json.Word(variant.Kind));
        Json.Strings(json, "dropped", variant.Dropped);
        json.WriteString("toPrivate", OrderText.Of(variant.Conversion, Alias.Private));
        json.WriteString("toShared", OrderText.Of(variant.Conversion, Alias.Shared));
        json.WriteString("change", variant.Name);
        json.WriteString("verdict", run.Standing == Standing.Unfinished ? "undecided" : Json.Word(run.Standing));
        bool isUnsafe = run.Standing == Standing.Unsafe;
        json.WriteString("property", isUnsafe ? run.Property : null);
        Json.Number(json, "length", isUnsafe ? run.Length : null);
        json.WriteString("bounds", run.Bounds.ToString());
        json.WriteNumber("states", run.States);
        Json.Strings(json, "lost", run.Lost);
        Json.Boolean(json, "provedForAllSizes", run.AnySize?.Proved);
        Json.Strings(json, "notProved", run.AnySize?.Missing ?? []);
    }
}
