using System.Collections.Immutable;
using System.Reflection;
using Checker.Model.Catalogue;

namespace Checker.App;

/// <summary>The program's data about itself.</summary>
public static class Self
{
    public static string Version { get; } =
        typeof(Self).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>The version without the commit.</summary>
    public static string ShortVersion { get; } = Version.Split('+')[0];

    /// <summary>The command which calls the program from here: the script in the repository's root, or its name.</summary>
    public static string Command { get; } = File.Exists("Checker.sln") ? "./checker" : "checker";

    /// <summary>Returns the command which shows the trace of a violation.</summary>
    public static string CommandFor(Job job, string property, bool symmetry) =>
        $"{CommandFor("verify", job, job.Protocol.DefaultBounds)} --property {Argument(property)}{(symmetry ? "" : " --no-symmetry")}";

    /// <summary>Returns a command for a job, with the options which differ from their defaults.</summary>
    /// <param name="bounds">The bounds used by the command by default.</param>
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

    /// <summary>Returns the option which loads the protocol, after a space; empty for a protocol of the program itself.</summary>
    public static string From(Protocol protocol) => protocol.From is { } from ? $" --from {Argument(from)}" : "";

    /// <summary>Returns an argument for a shell, in quotes if a shell would change it.</summary>
    public static string Argument(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || "_-.,:/=+@%".Contains(c, StringComparison.Ordinal))
        ? text
        : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
