namespace Checker.Solver.Export;

/// <summary>The failure of a format to express a part of the model. The message names the part, with file and line.</summary>
public sealed class NotExportableException(string message) : Exception(message);
