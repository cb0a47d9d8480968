namespace Checker.Solver.Proof;

/// <summary>Part of a model has no encoding for any size. The message is a sentence for the user that says which, and why.</summary>
public sealed class NotEncodableException(string message) : NotSupportedException(message);
