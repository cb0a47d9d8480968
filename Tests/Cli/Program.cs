using System.Text.Json;
using Checker.Cli;
using Checker.Composition;
using Checker.Composition.Protocols;

namespace Checker.Tests.Cli;

/// <summary>The output of a command and its exit code.</summary>
internal sealed record Outcome(int Code, string Output, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    /// <summary>The one run of <c>verify --json</c>.</summary>
    public JsonElement Run => Assert.Single(Json.GetProperty("runs").EnumerateArray());
}

/// <summary>The program, running in this process.</summary>
internal static class Program
{
    public static Outcome Run(params string[] arguments)
    {
        var (output, error) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        int code = CommandLine.Run(arguments, Registry.All, ProtocolCommands.All, output, error);
        return new(code, output.ToString(), error.ToString());
    }

    /// <summary>Returns the output without the line breaks of the layout.</summary>
    public static string Words(string output) => string.Join(' ', output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Runs the program with the arguments in one string.</summary>
    public static Outcome Call(string arguments) => Run(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
