using System.Reflection;
using Checker.Cli.Verification;

namespace Checker.Cli.Report;

/// <summary>What the program says of itself.</summary>
internal static class Self
{
    public static string Version { get; } =
        typeof(Self).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>Without the commit.</summary>
    public static string ShortVersion { get; } = Version.Split('+')[0];

    /// <summary>How it is called from here: by the script in the repository's root, or by its name.</summary>
    public static string Command { get; } = File.Exists("Checker.sln") ? "./checker" : "checker";

    /// <summary>The command that shows the trace of a violation.</summary>
    public static string CommandFor(Job job, string property, bool symmetry)
    {
        string command = $"{Command} verify";
        if (job.Protocol.Name != Plan.MainProtocol)
        {
            command += $" --protocol {job.Protocol.Name}";
        }

        if (!job.Design.Parts.IsEmpty)
        {
            command += $" --design {job.Design.Id}";
        }

        if (!job.Bounds.Equals(Options.Bounds.DefaultOf(job.Protocol)))
        {
            command += $" --bounds {job.Bounds}";
        }

        command += string.Concat(job.Dropped.Select(d => $" --drop {d}"));
        return $"{command} --property {property}{(symmetry ? "" : " --no-symmetry")}";
    }
}
