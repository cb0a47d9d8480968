using Checker.Solver.Explicit.Checkpoints;

namespace Checker.Solver.Explicit;

/// <summary>The place and the rhythm of the checkpoints of one exploration.</summary>
/// <param name="Folder">The folder of this exploration alone.</param>
/// <param name="Subject">The exploration.</param>
/// <param name="Every">The time between two checkpoints. The first comes after this time.</param>
/// <param name="From">The checkpoint to continue from, which <see cref="Subject"/> does not refuse; null to begin anew.</param>
/// <param name="Failed">Receives the reason when checkpoints cannot be written any more. The search goes on without them.</param>
public sealed record CheckpointOptions(
    string Folder,
    CheckpointSubject Subject,
    TimeSpan Every,
    CheckpointHead? From,
    Action<string> Failed);
