using System.Collections.Immutable;
using Checker.Model.Ir;
using Checker.Solver.Export;
using Checker.Solver.Instance;

namespace Checker.App;

/// <summary>An instance in the language of another tool.</summary>
public static class Exported
{
    /// <summary>The names of the formats, as options give them.</summary>
    public static ImmutableArray<string> Formats { get; } = [.. Enum.GetValues<ExportFormat>().Select(NameOf)];

    /// <exception cref="BadInputException">There is no such format.</exception>
    public static ExportFormat Format(string name) => Enum.Parse<ExportFormat>(Choice.Of("format", name, Formats, "of --to"), true);

    /// <param name="named">The properties named by the user. A format which leaves one of them out refuses the instance.</param>
    /// <param name="name">The name of the module, for a language which has one.</param>
    /// <param name="steps">The largest number of steps of a question, for SMT-LIB alone; null for the default.</param>
    /// <exception cref="BadInputException">The format cannot express a part of the model.</exception>
    public static ExportedText Of(
        Job job,
        ExportFormat format,
        ImmutableArray<string> named,
        string? name = null,
        int? steps = null)
    {
        if (job.Model.Properties.FirstOrDefault(p => p.Subject == PropertySubject.Sequence && named.Contains(p.Name)) is { } sequence)
        {
            throw new BadInputException(
                $"--property {sequence.Name}: no format expresses a {sequence.Kind.Traits().Name}; `{Self.CommandFor("verify", job, [])} "
                    + $"--property {Self.Argument(sequence.Name)}` decides it");
        }

        if (steps is not null && format != ExportFormat.SmtLib)
        {
            throw new BadInputException(
                $"--steps is for --to smtlib, and a file for {NameOf(format)} has no number of steps");
        }

        if (format is ExportFormat.SmtLib or ExportFormat.Btor2
            && job.Model.Properties.FirstOrDefault(p => p.IsWitnessed && named.Contains(p.Name)) is { } witnessed)
        {
            throw new BadInputException(
                $"--property {witnessed.Name}: --to {NameOf(format)} expresses violations, and {witnessed.Name} "
                    + "asks for a witness; --to tla, murphi and promela express it");
        }

        try
        {
            return Exporter.Write(format, job.Scope(), Head(job), name ?? job.Protocol.Name, steps ?? Exporter.DefaultSteps);
        }
        catch (InstanceTooLargeException tooLarge)
        {
            throw job.TooLarge(tooLarge);
        }
        catch (NotExportableException refused)
        {
            throw new BadInputException($"--to {NameOf(format)}: {refused.Message}");
        }
    }

    private static string NameOf(ExportFormat format) => format.ToString().ToLowerInvariant();

    private static IEnumerable<string> Head(Job job) =>
    [
        $"{job.Protocol.Name}{(job.Design.Parts.IsEmpty ? "" : $" {job.Design.Id}")}{job.Bounds.At}"
            + (job.Dropped.IsEmpty ? "" : $", without {string.Join(", ", job.Dropped)}"),
        "Written by `checker export`; docs/agreement.md explains how to run it and what it says.",
    ];
}
