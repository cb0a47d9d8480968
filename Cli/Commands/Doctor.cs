using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Checker.App;
using Checker.Cli.Report;
using Checker.Solver.Processes;
using Checker.Solver.Smt;

namespace Checker.Cli.Commands;

/// <summary>
/// The command <c>checker doctor</c>: the parts of the environment, the missing ones, and the commands which install them.
/// </summary>
internal static class Doctor
{
    private const string SdkRemedy = "https://dotnet.microsoft.com/download/dotnet/10.0";

    /// <summary>The optional programs, each with its use.</summary>
    private static readonly (string[] Names, string Use)[] s_optional =
    [
        (["cvc5"], "`certify` asks it about every obligation"),
        (["cadical"], "an independent SAT solver"),
        (["spin"], "`agree` runs it on exported Promela"),
        (["rumur"], "`agree` runs it on exported Murphi"),
        (["gcc"], "`agree` compiles the programs of spin and rumur"),
        (["chromium", "chromium-browser", "google-chrome"], "shows pictures"),
        (["qemu-system-x86_64"], "runs a kernel"),
    ];

    /// <param name="Remedy">The command which solves the problem; null if there is none.</param>
    private sealed record Finding(string Name, string Value, string? Remedy = null);

    public static Command Create(string name, string description)
    {
        var json = new Option<bool>("--json") { Description = "prints one JSON object, and nothing else" };
        var command = new Command(name, description) { json };
        command.SetAction(given => Run(new Terminal(given.InvocationConfiguration.Output), given.GetValue(json)));
        return command;
    }

    private static int Run(Terminal terminal, bool asJson)
    {
        var memory = Machine.Memory();
        Finding[] findings =
        [
            new("checker", Self.Version),
            Sdk(),
            new(
                ".NET runtime",
                $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.RuntimeIdentifier} "
                    + $"({RuntimeInformation.OSDescription})"),
            Z3(NativeZ3.Probe()),
            new("memory", $"{Quantity.Bytes(memory.Available)} free of {Quantity.Bytes(memory.Total)}"),
            new("cores", $"{Machine.Cores}"),
            new(
                "terminal",
                terminal.IsTerminal
                    ? $"{Environment.GetEnvironmentVariable("TERM") ?? "yes"}, {terminal.Width} columns"
                    : "no (plain output)"),
            .. s_optional.Select(o => new Finding(
                o.Names[0],
                o.Names.Select(LimitedProcess.Find).FirstOrDefault(p => p is not null) ?? $"not found (optional: {o.Use})")),
        ];
        if (asJson)
        {
            Json.Write(terminal.Writer, "doctor", json =>
            {
                json.WriteBoolean("complete", findings.All(f => f.Remedy is null));
                Json.Objects(json, "findings", findings, f =>
                {
                    json.WriteString("name", f.Name);
                    json.WriteString("value", f.Value);
                    json.WriteString("remedy", f.Remedy);
                });
            });
            return findings.All(f => f.Remedy is null) ? ExitCode.Ok : ExitCode.Environment;
        }

        foreach (var finding in findings)
        {
            terminal.Line(($"{finding.Name,-20}", Tone.Strong), (finding.Value, finding.Remedy is null ? Tone.Plain : Tone.Bad));
        }

        var missing = findings.Where(f => f.Remedy is not null).ToList();
        terminal.Line();
        if (missing.Count == 0)
        {
            terminal.Line("Nothing is missing.", Tone.Good);
            return ExitCode.Ok;
        }

        foreach (var finding in missing)
        {
            terminal.Line(($"Missing: {finding.Name}. To mend it: ", Tone.Bad), (finding.Remedy!, Tone.Strong));
        }

        return ExitCode.Environment;
    }

    private static Finding Z3(NativeZ3Status z3) => z3.Found
        ? new("libz3", $"{z3.Version} ({z3.Path})")
        : new("libz3", z3.Problem!, z3.Remedy);

    private static Finding Sdk()
    {
        // Running the program needs only the runtime. Building it needs the SDK.
        string[] sdks = [.. Output("dotnet", "--list-sdks")
            .Select(l => l.Split(' ')[0])
            .Where(v => v.StartsWith("10.", StringComparison.Ordinal))];
        return sdks is [.., var newest] ? new(".NET SDK", newest) : new(".NET SDK", "no SDK 10 is found", SdkRemedy);
    }

    private static string[] Output(string program, string argument)
    {
        // If `dotnet` is not on the path, the one running this program is used.
        string? self = Environment.ProcessPath;
        string name = self is not null && Path.GetFileNameWithoutExtension(self) == program ? self : program;
        try
        {
            using var process = Process.Start(new ProcessStartInfo(name, argument)
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true
            });
            string[] lines = process?.StandardOutput.ReadToEnd()
                .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                ?? [];
            process?.WaitForExit();
            return lines;
        }
        catch (Win32Exception)
        {
            return [];
        }
    }
}
