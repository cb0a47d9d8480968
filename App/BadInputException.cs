namespace Checker.App;

/// <summary>
/// The failure caused by unusable input of the user. The message is one line with the input and the allowed values. The exit code
/// is 2.
/// </summary>
public sealed class BadInputException(string message) : Exception(message);
