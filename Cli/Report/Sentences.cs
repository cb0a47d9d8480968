using Checker.Properties;

namespace Checker.Cli.Report;

internal static class Sentences
{
    public static string Of(Protocol protocol, string property) => $"{protocol.Name}.{property}";
}
