using Checker.Solver.Traces;

namespace Checker.Solver;

/// <summary>The behaviours which an answer is about.</summary>
public enum Extent
{
    /// <summary>The behaviours of one instance up to a number of steps.</summary>
    Steps,

    /// <summary>All behaviours of one instance.</summary>
    Instance,

    /// <summary>All behaviours, for any number of elements of every sort.</summary>
    AnySize,
}

/// <summary>
/// The answer to the question whether a property holds, or whether something is possible. Every engine gives one, beside its own
/// statistics. A missing answer is never a success.
/// </summary>
/// <param name="Extent">The behaviours which the question is about.</param>
public abstract record Answer(Extent Extent)
{
    /// <summary>The property holds in all behaviours of the extent.</summary>
    public sealed record Holds(Extent Extent) : Answer(Extent);

    /// <summary>The trace ends in a violation.</summary>
    public sealed record Violated(Trace Trace, Extent Extent) : Answer(Extent);

    /// <summary>The trace is a witness.</summary>
    public sealed record Possible(Trace Trace, Extent Extent) : Answer(Extent);

    /// <summary>There is no witness.</summary>
    public sealed record Impossible(Extent Extent) : Answer(Extent);

    /// <param name="Why">The reason, as a sentence without a full stop. Empty if there is nothing to add.</param>
    public sealed record Undecided(string Why, Extent Extent) : Answer(Extent);

    /// <summary>The word for the answer in every JSON output.</summary>
    public string Word => this switch
    {
        Holds => Extent == Extent.AnySize ? "proved" : "holds",
        Violated => Extent == Extent.AnySize ? "refuted" : "violated",
        Possible => "possible",
        Impossible => "impossible",
        _ => "undecided",
    };

    /// <summary>The counterexample or the witness; null if the answer has none.</summary>
    public Trace? Shown => this switch
    {
        Violated violated => violated.Trace,
        Possible possible => possible.Trace,
        _ => null,
    };

    /// <summary>The reason for which there is no answer; empty for every other answer.</summary>
    public string Reason => this is Undecided undecided ? undecided.Why : "";

    public bool IsDecided => this is not Undecided;

    public bool IsViolated => this is Violated;
}
