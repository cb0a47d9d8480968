using System.Collections.Immutable;
using System.CommandLine;
using System.Diagnostics;
using Checker.App;
using Checker.Cli.Options;
using Checker.Cli.Report;
using Checker.Cli.Signals;
using Checker.Composition.Protocols;
using Checker.Model.Catalogue;
using Checker.Properties.GuestMemory.InPlace;
using Checker.Protocols.GuestMemory;
using Checker.Solver.Files;
using Checker.Solver.Smt;
using Checker.Solver.Traces.Files;

namespace Checker.Composition.InPlace;

/// <summary>
/// The command <c>checker designs</c>: the design space of in-place conversion, with the needed guards and the safe orders of its
/// steps.
/// </summary>
internal sealed class Designs
{
    private const string All = "all";
    private const string None = "none";

    private readonly Option<string> _platform = new("--platform")
    {
        HelpName = "name",
        Description = "sw, snp, tdx, cca or pkvm; all if not given"
    };
    private readonly Option<string> _vmm = new("--vmm") { HelpName = "name", Description = "honest or spurious; both if not given" };
    private readonly Option<bool> _subsets = new("--subsets")
    {
        Description = "explores the subsets of the guards (without --subsets, --orders and --changes: everything)"
    };
    private readonly Option<bool> _orders = new("--orders") { Description = "explores the orders of the steps" };
    private readonly Option<bool> _pairs = new("--pairs")
    {
        Description = "with --orders: explores each safe order to private together with each safe one to shared, too"
    };
    private readonly Option<bool> _changes = new("--changes") { Description = "explores other changes to a conversion" };
    private readonly Option<string[]> _guards = new("--guards")
    {
        HelpName = "guards",
        Description = "shows one variant: with these guards alone (a list a,b; 'all' or 'none'), and its shortest trace"
    };
    private readonly Option<string> _order = new("--order")
    {
        HelpName = "steps",
        Description = "shows one variant: with the steps in this order, such as unmap,host_flush,check,zap,flush,store, "
            + "or zap,flush,reclaim,store to shared; of both with a semicolon between"
    };
    private readonly Option<string> _change = new("--change")
    {
        HelpName = "name",
        Description = $"shows one variant: {string.Join(", ", DesignSpace.Changes.Select(c => c.Name))}"
    };
    private readonly Option<bool> _allSizes = new("--all-sizes")
    {
        Description = "tries to prove everything that is safe for any size, not only the smallest safe sets of guards"
    };
    private readonly Option<bool> _noProofs = new("--no-proofs") { Description = "explores only" };
    private readonly Option<string> _threads = CommonOptions.Threads("how many variants are explored side by side");
    private readonly Option<bool> _json = new("--json") { Description = "prints one JSON object with the runs, and nothing else" };
    private readonly TraceFileOptions _traceFiles = new("the trace of one variant of one design");
    private readonly Option<string> _traces = new("--traces")
    {
        HelpName = "directory",
        Description = "writes the shortest trace of each unsafe order and change, and of each smallest set of guards that is missed"
    };
    private readonly Option<string> _write = new("--write")
    {
        HelpName = "file",
        Description = "brings the generated parts of docs/in-place.md up to date"
    };

    private Designs()
    {
    }

    public static Command Create(string name, string description)
    {
        var designs = new Designs();
        var command = new Command(name, description)
        {
            designs._platform, designs._vmm, designs._subsets, designs._orders, designs._pairs, designs._changes, designs._guards,
            designs._order, designs._change,
            designs._allSizes, designs._noProofs, designs._threads, designs._json, designs._traces, designs._write,
        };
        designs._traceFiles.AddTo(command);
        command.SetAction(designs.Run);
        return command;
    }

    private int Run(ParseResult given)
    {
        var (output, error) = (given.InvocationConfiguration.Output, given.InvocationConfiguration.Error);
        var chosen = Chosen(given);
        int threads = CommonOptions.Threads(given, _threads);
        var single = Single(given, chosen);
        Refuse(given, single is not null, chosen.Length);
        var interrupt = Interrupt.Of(given);
        return single is null
            ? Survey(given, chosen, threads, output, error, interrupt)
            : Show(given, chosen, single, output, error, interrupt);
    }

    private int Survey(
        ParseResult given,
        ImmutableArray<Design> chosen,
        int threads,
        TextWriter output,
        TextWriter error,
        Interrupt interrupt)
    {
        var parts = (given.GetValue(_subsets) ? Parts.Subsets : 0)
            | (given.GetValue(_orders) ? Parts.Orders : 0)
            | (given.GetValue(_changes) ? Parts.Changes : 0);
        parts = (parts == 0 ? Parts.All : parts) | (given.GetValue(_pairs) ? Parts.Pairs : 0);
        var proving = given.GetValue(_allSizes) ? ProofEffort.Safe
            : given.GetValue(_noProofs) || !NativeZ3.Probe().Found ? ProofEffort.None
            : ProofEffort.Minimal;
        if (proving == ProofEffort.Safe)
        {
            NativeZ3.Require();
        }

        string? directory = given.GetValue(_traces);
        if (directory is not null)
        {
            MakeFolder(directory);
        }

        string? page = given.GetValue(_write);
        var target = page is null ? null : new OutputFile("--write", page);
        var clock = Stopwatch.StartNew();
        var surveys = interrupt.Until(chosen, design =>
        {
            (int Done, int All) variants = (0, InPlace.Survey.SizeOf(design, parts));
            var reading = new Lock();
            using var line = new ProgressLine(error, _ =>
            {
                lock (reading)
                {
                    return $"{design}: {Quantity.Count(variants.Done)} of {Quantity.Count(variants.All)} variants";
                }
            });
            return InPlace.Survey.Of(design, parts, proving, threads, progress =>
            {
                lock (reading)
                {
                    variants = (Math.Max(variants.Done, progress.Done), progress.All);
                }
            }, interrupt.Token);
        });

        bool unfinished = interrupt.IsStopped
            || surveys.Count < chosen.Length
            || surveys.Any(s => s.All.Any(e => e.Standing == Standing.Unfinished));
        if (given.GetValue(_json))
        {
            DesignsJson.Write(output, surveys.SelectMany(s => s.All), !unfinished);
        }
        else
        {
            // A table with a variant that was not explored would look like one without it.
            var whole = surveys.Where(s => s.All.All(e => e.Standing != Standing.Unfinished)).ToList();
            if (whole.Count > 0)
            {
                new DesignsText(new(output)).Write(whole, parts, clock.Elapsed);
            }

            foreach (var part in surveys.Except(whole))
            {
                int[] counts = [.. new[] { Standing.Safe, Standing.Unsafe, Standing.Useless, Standing.Unfinished }
                    .Select(s => part.All.Count(e => e.Standing == s))];
                output.WriteLine($"{part.Design}: {counts[0]} variants safe, {counts[1]} unsafe, {counts[2]} useless, "
                    + $"{counts[3]} not explored to the end");
            }
        }

        if (directory is not null)
        {
            WriteTraces(directory, surveys, error, interrupt.Token);
        }

        if (unfinished)
        {
            if (!interrupt.IsStopped)
            {
                error.WriteLine("checker: not finished: a variant was not explored to its end");
            }

            return ExitCode.Unfinished;
        }

        if (target is not null)
        {
            target.Write(InPlacePage.Update(File.ReadAllText(page!), surveys, page!));
        }

        // The claim is that the design itself is safe. Unsafe variants are expected, and are the purpose of this command.
        return surveys.All(s => s.Guards is null || s.Subsets[0].Standing == Standing.Safe) ? ExitCode.Ok : ExitCode.Violated;
    }

    private int Show(
        ParseResult given,
        ImmutableArray<Design> chosen,
        Func<Design, Variant> variant,
        TextWriter output,
        TextWriter error,
        Interrupt interrupt)
    {
        var traceFiles = _traceFiles.Of(given, []);
        var text = new DesignsText(new(output));
        var found = interrupt.Until(chosen, design =>
        {
            var outcome = new VariantExploration(design).Explore(variant(design), interrupt.Token, trace: true);
            if (!given.GetValue(_json))
            {
                text.Write(outcome);
            }

            return outcome;
        });

        bool unfinished = found.Count < chosen.Length || found.Any(f => f.Standing == Standing.Unfinished);
        if (given.GetValue(_json))
        {
            DesignsJson.Write(output, found, !unfinished);
        }

        traceFiles.Write(
            [
                .. from one in found.Take(1)
                   from trace in one.Trace is { } shown ? [shown] : Array.Empty<Solver.Traces.Trace>()
                   select new NamedTrace(Registry.Get(trace.Header.Protocol), $"{one.Variant.Design}", $"{one.Property}", trace),
            ],
            error);

        return ExitCode.Of(
            violated: found.Any(f => f.Standing is Standing.Unsafe or Standing.Useless),
            unfinished: unfinished);
    }

    private static void MakeFolder(string directory)
    {
        try
        {
            AtomicFile.MakeFolder(directory);
        }
        catch (OutputException refused)
        {
            throw new BadInputException($"--traces {(directory.Length == 0 ? "''" : directory)}: {refused.Reason}");
        }
    }

    private static void WriteTraces(string directory, IEnumerable<Survey> surveys, TextWriter error, CancellationToken cancellation)
    {
        int written = 0;
        foreach (var survey in surveys)
        {
            var exploration = new VariantExploration(survey.Design);
            foreach (var unsafeOne in (survey.Guards?.Breaking ?? [])
                .Concat(survey.All.Where(e => e.Standing == Standing.Unsafe && e.Variant.Kind != VariantKind.Guards))
                .TakeWhile(_ => !cancellation.IsCancellationRequested))
            {
                // The variant is explored again, and its trace is replayed.
                var trace = exploration.Explore(unsafeOne.Variant, cancellation, trace: true).Trace;
                if (trace is not null)
                {
                    string variant = unsafeOne.Variant.Kind == VariantKind.Guards
                        ? $"without.{string.Join('+', unsafeOne.Variant.Dropped)}"
                        : unsafeOne.Variant.DesignId[(survey.Design.Id.Length + 1)..];
                    TraceFile.Write(Path.Combine(directory, $"{survey.Platform}.{survey.Vmm}.{variant}.json"), trace);
                    written++;
                }
            }
        }

        error.WriteLine($"checker: wrote {Quantity.Of(written, "trace")} to {directory}");
    }

    private ImmutableArray<Design> Chosen(ParseResult given)
    {
        string platform = Part(_platform, "platform", 0), vmm = Part(_vmm, "VMM", 3);
        return [.. DesignSpace.Designs.Where(d => (platform == All || d.Parts[0] == platform) && (vmm == All || d.Parts[3] == vmm))];

        string Part(Option<string> option, string what, int part) => given.GetValue(option) is { } name
            ? Choice.Of(what, name, [.. DesignSpace.Designs.Select(d => d.Parts[part]).Distinct(StringComparer.Ordinal)])
            : All;
    }

    /// <summary>The variant requested by the options, for each design; null if none was requested.</summary>
    private Func<Design, Variant>? Single(ParseResult given, ImmutableArray<Design> chosen)
    {
        int ways = new[]
        {
            given.GetValue(_guards) is { Length: > 0 },
            given.GetValue(_order) is not null,
            given.GetValue(_change) is not null
        }.Count(w => w);
        if (ways > 1)
        {
            throw new BadInputException("--guards, --order and --change each name a variant: give one of them");
        }

        if (given.GetValue(_change) is { } name)
        {
            string change = Choice.Of("change", name, [.. DesignSpace.Changes.Select(c => c.Name)]);
            return design => DesignSpace.ChangesOf(design).Single(v => v.Name == change);
        }

        if (given.GetValue(_order) is { } order)
        {
            var conversion = ConversionIn(order);
            return design => new(design, VariantKind.Order, [], conversion);
        }

        if (ways == 0)
        {
            return null;
        }

        var kept = CommonOptions.List(given, _guards, split: true);
        string[] known = [.. chosen.SelectMany(d => DesignSpace.Guards(d)).Distinct(StringComparer.Ordinal)];
        var names = kept is [All] ? [.. known]
            : kept is [None] ? []
            : kept.Select(g => Choice.Of("guard", g, known, "of in-place conversion")).ToImmutableHashSet(StringComparer.Ordinal);
        return design =>
            new(design, VariantKind.Guards, [.. DesignSpace.Guards(design).Where(g => !names.Contains(g))], Conversion.Standard);
    }

    private static Conversion ConversionIn(string order)
    {
        string[] steps = [.. Enum.GetValues<ConversionStep>().Select(OrderText.Of)];
        string[][] given = [.. order.Split(';').Select(o =>
            o.Split(',', '+')
                .Select(step => Choice.Of("step", step.Trim(), steps, $"in --order {order}"))
                .Order(StringComparer.Ordinal)
                .ToArray())];
        string[][] directions = [.. new[] { Conversion.StepsToPrivate, Conversion.StepsToShared }
            .Select(all => all.Select(OrderText.Of).Order(StringComparer.Ordinal).ToArray())];
        if (given.Length > 2 || given.Any(o => directions.Count(o.SequenceEqual) + given.Count(o.SequenceEqual) != 2))
        {
            throw new BadInputException($"--order {order}: an order has each of "
                + $"{string.Join(',', Conversion.StepsToPrivate.Select(OrderText.Of))} once, "
                + $"or to shared each of {string.Join(',', Conversion.StepsToShared.Select(OrderText.Of))}");
        }

        try
        {
            return OrderText.Parse(order);
        }
        catch (ArgumentException e)
        {
            throw new BadInputException($"--order {order}: {e.Message.Split(" (Parameter")[0]}");
        }
    }

    private void Refuse(ParseResult given, bool single, int designs)
    {
        bool partly = given.GetValue(_subsets) || given.GetValue(_orders) || given.GetValue(_changes);
        if (single && (partly || given.GetValue(_traces) is not null || given.GetValue(_write) is not null || given.GetValue(_allSizes)))
        {
            throw new BadInputException("--subsets, --orders, --changes, --all-sizes, --traces and --write are for many variants, "
                + "but one is named");
        }

        if (_traceFiles.FirstGiven(given) is { } option && (!single || designs != 1))
        {
            throw new BadInputException($"{option} is for one variant of one design: name it with --guards, --order or --change, "
                + "and --platform and --vmm");
        }

        if (given.GetValue(_write) is { } page
            && (partly || given.GetValue(_pairs) || designs != DesignSpace.Designs.Length || !File.Exists(page)))
        {
            throw new BadInputException(File.Exists(page) ? "--write takes the whole space: no --platform, --vmm, --subsets, "
                + "--orders or --changes"
                : $"--write {page}: there is no such file; it has to be there, with the parts that are written by hand");
        }

        if (given.GetValue(_pairs) && (single || (partly && !given.GetValue(_orders))))
        {
            throw new BadInputException("--pairs is for --orders");
        }

        if (given.GetValue(_allSizes) && given.GetValue(_noProofs))
        {
            throw new BadInputException("--all-sizes and --no-proofs contradict each other");
        }
    }
}
