namespace Checker.Testing;

/// <summary>An assertion that does not hold. The message has the trace, as the command line prints it.</summary>
public sealed class CheckFailedException(string message) : Exception(message);
