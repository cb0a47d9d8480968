using System.Collections.Immutable;
using System.Reflection;
using Checker.Model.Catalogue;

namespace Checker.App;

/// <summary>What the program says of itself.</summary>
public static class Self
{
    public static string Version { get; } =
        typeof(Self).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>Without the commit.</summary>
    public static string ShortVersion { get; } = Version.Split('+')[0];

    /// <summary>How it is called from here: by the script in the repository's root, or by its name.</summary>
    public static string Command { get; } = File.Exists("Checker.sln") ? "./checker" : "checker";

    /// <summary>The command that shows the trace of a violation.</summary>
    public static string CommandFor(Job job, string property, bool symmetry) =>
        $"{CommandFor("verify", job, job.Protocol.DefaultBounds)} --property {Argument(property)}{(symmetry ? "" : " --no-symmetry")}";

    /// <summary>A command about a job, with what is not its default.</summary>
    /// <param name="bounds">What the command takes if no bounds are given.</param>
    public static string CommandFor(string name, Job job, ImmutableArray<int> bounds)
    {
        string command = $"{Command} {name}{From(job.Protocol)}";
        if (!job.Protocol.IsMain)
        {
            command += $" --protocol {job.Protocol.Name}";
        }

        if (!job.Design.Parts.IsEmpty)
        {
            command += $" --design {Argument(job.Design.Id)}";
        }

        if (!job.Bounds.Sizes.SequenceEqual(bounds))
        {
            command += $" --bounds {job.Bounds}";
        }

        return command + string.Concat(job.Dropped.Select(d => $" --drop {Argument(d)}"));
    }

    /// <summary>The option that loads the protocol, with a space before it; empty for one that the program has itself.</summary>
    public static string From(Protocol protocol) => protocol.From is { } from ? $" --from {Argument(from)}" : "";

    /// <summary>An argument as a shell takes it: in quotes if a shell would change it.</summary>
    public static string Argument(string text) => text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || "_-.,:/=+@%".Contains(c, StringComparison.Ordinal))
        ? text
        : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
