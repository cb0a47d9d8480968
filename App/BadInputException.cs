namespace Checker.App;

/// <summary>Something that the user gave cannot be used: one line that names it, and what is allowed. Exit code 2.</summary>
public sealed class BadInputException(string message) : Exception(message);
