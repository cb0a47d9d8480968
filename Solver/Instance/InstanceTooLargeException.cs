namespace Checker.Solver.Instance;

/// <summary>An instance has more cells, action instances or bits than an engine can number or store. Smaller bounds help.</summary>
public sealed class InstanceTooLargeException(string message) : Exception(message);
