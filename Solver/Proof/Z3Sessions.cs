using System.Collections.Immutable;

namespace Checker.Solver.Proof;

/// <summary>A Z3 context for each thread of a proof.</summary>
internal sealed class Z3Sessions(ProofOptions options) : IDisposable
{
    public ImmutableArray<Z3Session> All { get; } =
        [.. Enumerable.Range(0, options.Threads).Select(_ => new Z3Session(options.Timeout, options.Cancellation))];

    public void Dispose()
    {
        foreach (var session in All)
        {
            session.Dispose();
        }
    }
}
