namespace Checker.Solver.Explicit.Checkpoints;

/// <summary>The exploration to which a checkpoint belongs. Only an equal exploration may continue from it.</summary>
/// <param name="Run">The name: protocol, design, sizes and dropped labels.</param>
/// <param name="Options">The options which change states or results, as a command line has them; empty for none.</param>
/// <param name="Model">The hash of the model's text (<see cref="Instance.ModelText"/>).</param>
/// <param name="Version">The version of Checker, for messages.</param>
/// <param name="Build">The identity of the engine's code, which chooses hashes and representatives of orbits.</param>
public sealed record CheckpointSubject(string Run, string Options, string Model, string Version, string Build)
{
    /// <summary>Returns the reason why a checkpoint of <paramref name="saved"/> cannot be continued here; null if it can.</summary>
    public string? Refuses(CheckpointSubject saved) =>
        saved.Run != Run ? $"it is a checkpoint of {saved.Run}, not of {Run}"
        : saved.Build != Build ? $"it was saved by another build of checker, {saved.Version}; this is {Version}"
        : saved.Options != Options ? $"it was saved with {Shown(saved.Options)}, and this run has {Shown(Options)}"
        : saved.Model != Model ? $"the model of {Run} or its properties are not those of the checkpoint"
        : null;

    private static string Shown(string options) => options.Length == 0 ? "no such option" : options;
}
