using Checker.Solver.Traces;

namespace Checker.Solver;

/// <summary>
/// The answer to the question whether a property holds, or whether something is possible. A missing answer is never a success.
/// </summary>
public abstract record Answer
{
    /// <summary>The property holds in everything that the engine searched.</summary>
    public sealed record Holds : Answer;

    /// <summary>The trace ends in a violation.</summary>
    public sealed record Violated(Trace Trace) : Answer;

    /// <summary>The trace is a witness.</summary>
    public sealed record Possible(Trace Trace) : Answer;

    /// <summary>There is no witness.</summary>
    public sealed record Impossible : Answer;

    public sealed record Undecided : Answer;

    private Answer()
    {
    }

    /// <summary>The word for the answer in every JSON output.</summary>
    public string Word => this switch
    {
        Holds => "holds",
        Violated => "violated",
        Possible => "possible",
        Impossible => "impossible",
        _ => "undecided",
    };
}
