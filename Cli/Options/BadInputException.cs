namespace Checker.Cli.Options;

/// <summary>Something that the user gave cannot be used: one line that names it, and what is allowed. Exit code 2.</summary>
internal sealed class BadInputException(string message) : Exception(message);
