using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Checker.Solver.Traces.Files;

namespace Checker.Solver.Proof.Certificates;

/// <summary>A goal in a certificate's file, in the order of the file.</summary>
/// <param name="Uses">The assumptions sufficient for the goal.</param>
public sealed record CertifiedGoal(string Obligation, ImmutableArray<string> Uses);

public sealed record CertifiedFile(string Name, string Sha256, ImmutableArray<CertifiedGoal> Goals);

/// <summary>A file for readers: the invariant in words.</summary>
public sealed record CertifiedPage(string Name, string Sha256);

/// <param name="Design">The design as spelt in the registry; empty if the protocol has only one design.</param>
/// <param name="Dropped">The dropped labels, sorted.</param>
/// <param name="Model">The hash of the proved model: <see cref="Certificate.HashOf"/>.</param>
public sealed record CertifiedDesign(string Protocol, string Design, ImmutableArray<string> Dropped, string Model,
    ImmutableArray<string> Properties, ImmutableArray<string> Conjuncts, CertifiedPage Invariant, ImmutableArray<CertifiedFile> Files)
{
    [JsonIgnore]
    public int Obligations => Files.Sum(f => f.Goals.Length);
}

/// <summary>The table of contents of a certificate.</summary>
/// <param name="Checker">The version of this program which wrote it.</param>
/// <param name="Solver">The solver which found the proofs.</param>
/// <param name="Folder">The folder with the files, such as <c>run-1</c>. A later run writes to another folder.</param>
public sealed record Manifest(string Format, string Checker, string Solver, string Folder, ImmutableArray<CertifiedDesign> Designs)
{
    public const string FormatFamily = "checker-certificate/";
    public const string CurrentFormat = FormatFamily + "2";
    public const string FileName = "manifest.json";

    private const string FolderPrefix = "run-";

    /// <summary>Returns the name of the folder of the run with this number.</summary>
    public static string FolderOf(int run) => FolderPrefix + run.ToString(CultureInfo.InvariantCulture);

    /// <summary>Returns the number of the run with this folder; null if the folder is not of this form.</summary>
    public static int? RunOf(string folder) => folder.StartsWith(FolderPrefix, StringComparison.Ordinal)
        && int.TryParse(folder[FolderPrefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out int run)
        && FolderOf(run) == folder
            ? run
            : null;

    /// <summary>Reads a manifest in exactly the form written by this program: no other members, none missing, no name twice.</summary>
    /// <exception cref="TraceFormatException">The text has another form. The message names the place.</exception>
    internal static Manifest Parse(string text)
    {
        var root = JsonPlace.Parse(text);
        if (root.Element.ValueKind == JsonValueKind.Object && root.Element.TryGetProperty("format", out var format))
        {
            // This check comes first, because everything else may be different in another format.
            new JsonPlace("$.format", format).Must(CurrentFormat, "this program reads");
        }

        var at = root.Members(["format", "checker", "solver", "folder", "designs"]);
        if (RunOf(at["folder"].String()) is null)
        {
            throw at["folder"].Wrong($"{Suggestions.Quote(at["folder"].String())} is no folder of a certificate; one is '{FolderOf(1)}'");
        }

        return new(CurrentFormat, at["checker"].String(), at["solver"].String(), at["folder"].String(),
            Distinct(at["designs"], NotEmpty(at["designs"], "design"), Design, d => $"{d.Protocol} {d.Design}".TrimEnd()));
    }

    private static CertifiedDesign Design(JsonPlace place)
    {
        var at = place.Members(["protocol", "design", "dropped", "model", "properties", "conjuncts", "invariant", "files"]);
        return new(at["protocol"].String(), at["design"].String(), Names(at["dropped"]), at["model"].String(),
            Distinct(at["properties"], NotEmpty(at["properties"], "property"), p => p.String(), name => name), Names(at["conjuncts"]),
            Page(at["invariant"]), Distinct(at["files"], NotEmpty(at["files"], "file"), File, f => f.Name));
    }

    private static CertifiedPage Page(JsonPlace place)
    {
        var at = place.Members(["name", "sha256"]);
        return new(at["name"].String(), at["sha256"].String());
    }

    private static CertifiedFile File(JsonPlace place)
    {
        var at = place.Members(["name", "sha256", "goals"]);
        return new(at["name"].String(), at["sha256"].String(), Distinct(at["goals"], at["goals"].Items(), Goal, g => g.Obligation));
    }

    private static CertifiedGoal Goal(JsonPlace place)
    {
        var at = place.Members(["obligation", "uses"]);
        return new(at["obligation"].String(), Names(at["uses"]));
    }

    private static ImmutableArray<string> Names(JsonPlace place) => Distinct(place, place.Items(), p => p.String(), name => name);

    private static List<JsonPlace> NotEmpty(JsonPlace place, string what) =>
        place.Items() is { Count: > 0 } items ? items : throw place.Wrong($"there is no {what}, so there is nothing to check");

    private static ImmutableArray<T> Distinct<T>(JsonPlace place, List<JsonPlace> items, Func<JsonPlace, T> read, Func<T, string> name)
    {
        ImmutableArray<T> all = [.. items.Select(read)];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return all.FirstOrDefault(item => !seen.Add(name(item))) is { } twice
            ? throw place.Wrong($"{Suggestions.Quote(name(twice))} is there twice")
            : all;
    }
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Manifest))]
internal sealed partial class ManifestJson : JsonSerializerContext;
