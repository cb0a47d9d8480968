namespace Checker.App.Agreement;

/// <summary>The failure of another tool to give a result: it ran out of memory or time, or refused its input.</summary>
internal sealed class ToolFailedException(string message) : Exception(message);
