namespace Checker.Solver.Proof;

/// <summary>The failure to encode a part of a model for any size. The message names the part and the reason in a sentence.</summary>
public sealed class NotEncodableException(string message) : NotSupportedException(message);
