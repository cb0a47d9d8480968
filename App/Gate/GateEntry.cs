using System.Collections.Immutable;
using Checker.Model.Catalogue;
using Checker.Solver;
using Checker.Solver.Traces.Files;

namespace Checker.App.Gate;

/// <summary>An entry of a gate's file: designs of one protocol at one size, and the engines which decide them.</summary>
/// <param name="Selection">The designs and properties. Every name in it exists.</param>
/// <param name="Expected">The expected verdicts by property, where they differ from the protocol's own.</param>
public sealed record GateEntry(
    string Name,
    Selection Selection,
    ImmutableArray<Engine> Engines,
    ImmutableDictionary<string, string> Expected,
    GateLimits Limits)
{
    private const int MostTimeout = 3600;

    private static readonly ImmutableArray<Engine> s_engines =
        [Engine.Exploration, Engine.Proof, Engine.Walks, Engine.BoundedModelChecking];

    private static readonly string[] s_verdicts = ["holds", "violated", "possible", "impossible"];

    /// <summary>The names of the engines in the file.</summary>
    public static ImmutableArray<string> EngineNames { get; } = ["explore", "prove", "walk", "bmc"];

    /// <summary>Returns the name of an engine in the file.</summary>
    public static string NameOf(Engine engine) => EngineNames[s_engines.IndexOf(engine)];

    /// <summary>Returns the designs for an engine. An engine is asked only about the properties which it decides.</summary>
    internal ImmutableArray<Job> Jobs(Engine engine) => Plan.Of(Selection with { Engine = engine });

    /// <summary>Returns the members of an object. An unknown one is reported at its own place.</summary>
    internal static Dictionary<string, JsonPlace> Known(
        JsonPlace place,
        IReadOnlyCollection<string> required,
        IReadOnlyCollection<string> optional)
    {
        string[] allowed = [.. required, .. optional];
        if (place.Element.ValueKind == System.Text.Json.JsonValueKind.Object
            && place.Element.EnumerateObject().Select(m => m.Name).FirstOrDefault(m => !allowed.Contains(m)) is { } unknown)
        {
            throw new TraceFormatException(
                JsonPlace.Member(place.Path, unknown),
                $"there is no such member{Suggestions.Hint(unknown, allowed)}");
        }

        return place.Members(required, optional);
    }

    /// <exception cref="TraceFormatException">A member is unknown, of another type, or has an unknown name.</exception>
    internal static GateEntry Read(JsonPlace place, ProtocolSet protocols)
    {
        var members = Known(
            place,
            ["name", "protocol", "engines"],
            [
                "designs", "bounds", "drop", "properties", "expect", "threads", "memory", "walks", "walkSteps", "seed", "bmcSteps",
                "proofTimeout",
            ]);
        string name = members["name"].String();
        if (name.Trim().Length == 0 || name.Any(char.IsControl))
        {
            throw members["name"].Wrong("a name is at least one visible character in one line");
        }

        string wanted = members["protocol"].String();
        var protocol = InputFile.At(members["protocol"], () => Plan.ProtocolNamed(protocols, wanted));
        var selection = new Selection(protocols, protocol.Name, [], null, [], []);
        selection = selection with { Designs = Names("designs", d => DesignPattern.Select(protocols, protocol, [d], "designs")) };
        selection = selection with { Bounds = members.TryGetValue("bounds", out var bounds) ? Bounds(bounds) : null };
        selection = selection with { Dropped = Names("drop", l => Plan.Of(selection with { Dropped = [l] })) };
        ImmutableArray<Engine> engines = [.. members["engines"].Items().Select(e => s_engines[e.OneOf(EngineNames, "engine")])];
        if (engines.IsEmpty || engines.Distinct().Count() < engines.Length)
        {
            throw members["engines"].Wrong($"name at least one engine, and each once: {string.Join(", ", EngineNames)}");
        }

        selection = selection with
        {
            Properties = Names("properties", p => engines.Select(e => Plan.Of(selection with { Properties = [p], Engine = e })).ToList()),
        };
        return new(name, selection, engines, Expectations(), Read(members));

        ImmutableArray<string> Names<T>(string member, Func<string, T> check) => !members.TryGetValue(member, out var list) ? [] :
        [
            .. list.Items().Select(item =>
            {
                string text = item.String();
                InputFile.At(item, () => check(text));
                return text;
            }),
        ];

        string Bounds(JsonPlace given)
        {
            string text = given.String();
            InputFile.At(given, () => BoundsOption.Parse(protocol, text));
            return text;
        }

        ImmutableDictionary<string, string> Expectations()
        {
            if (!members.TryGetValue("expect", out var given))
            {
                return ImmutableDictionary<string, string>.Empty;
            }

            var properties = Plan.Of(selection with { Engine = engines[0] }).SelectMany(j => j.Model.Properties)
                .DistinctBy(p => p.Name)
                .ToDictionary(p => p.Name, StringComparer.Ordinal);
            var names = given.Element.ValueKind == System.Text.Json.JsonValueKind.Object
                ? Known(given, [], properties.Keys)
                : given.Members([]);
            return names.ToImmutableDictionary(
                m => m.Key,
                m => s_verdicts[m.Value.OneOf(properties[m.Key].IsWitnessed ? s_verdicts : s_verdicts[..2], "verdict of this property")],
                StringComparer.Ordinal);
        }
    }

    private static GateLimits Read(Dictionary<string, JsonPlace> members)
    {
        var limits = new GateLimits();
        return limits with
        {
            Threads = Number("threads", 1, 64) ?? limits.Threads,
            Memory = Text("memory", t => Quantity.ParseBytes("memory", t, Machine.Memory().Total)) ?? limits.Memory,
            Walks = Number("walks", 1, int.MaxValue) ?? limits.Walks,
            WalkSteps = Number("walkSteps", 1, 100_000_000) ?? limits.WalkSteps,
            Seed = Text("seed", t => Quantity.ParseSeed("seed", t)) ?? limits.Seed,
            BmcSteps = Number("bmcSteps", 0, 1000) ?? limits.BmcSteps,
            ProofTimeout = Number("proofTimeout", 1, MostTimeout) ?? limits.ProofTimeout,
        };

        int? Number(string member, int least, int most) => !members.TryGetValue(member, out var given) ? null
            : given.Integer() is var number && number >= least && number <= most ? number
            : throw given.Wrong($"{number} is not allowed; allowed: {least} to {most}");

        T? Text<T>(string member, Func<string, T> read)
            where T : struct
        {
            if (!members.TryGetValue(member, out var given))
            {
                return null;
            }

            string text = given.String();
            return InputFile.At(given, () => read(text));
        }
    }
}

/// <summary>The limits of the engines, which <c>checker.json</c> may change for each entry.</summary>
public sealed record GateLimits
{
    public int Threads { get; init; } = Math.Min(Machine.Cores, 64);

    /// <summary>Bytes for the visited states of an exploration.</summary>
    public long Memory { get; init; } = Machine.DefaultBudget();

    public int Walks { get; init; } = 1000;

    public int WalkSteps { get; init; } = 2000;

    /// <summary>The seed of the walks. It is fixed, so that a gate has the same result each time.</summary>
    public ulong Seed { get; init; } = 1;

    public int BmcSteps { get; init; } = 8;

    /// <summary>Seconds for each obligation of a proof.</summary>
    public int ProofTimeout { get; init; } = 10;
}
