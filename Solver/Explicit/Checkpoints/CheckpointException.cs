namespace Checker.Solver.Explicit.Checkpoints;

/// <summary>The refusal of a checkpoint. The message is one line with the file and the reason.</summary>
public sealed class CheckpointException(string path, string reason, Exception? cause = null) : Exception($"{path}: {reason}", cause);
