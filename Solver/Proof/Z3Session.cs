using System.Collections.Immutable;
using System.Diagnostics;
using Checker.Solver.Smt;
using Z3 = Microsoft.Z3;

namespace Checker.Solver.Proof;

/// <summary>
/// One Z3 context. It is not thread-safe, and costly to make, so each worker uses one for all its scripts. A script is parsed as a
/// whole. Then its goals are asked one by one between push and pop.
/// </summary>
internal sealed class Z3Session : IDisposable
{
    private readonly Z3.Context _context = new();
    private readonly TimeSpan _timeout;
    private readonly CancellationToken _cancellation;

    public Z3Session(TimeSpan timeout, CancellationToken cancellation = default) => (_timeout, _cancellation) = (timeout, cancellation);

    public void Dispose() => _context.Dispose();

    /// <param name="vacuous">Called if the assumptions alone are contradictory; null to omit this question.</param>
    /// <param name="cores">True to find a sufficient set of assumptions for each goal.</param>
    /// <param name="quick">
    /// True to answer unknown where a model would have to be built (MBQI off): for questions to which only "it holds" is of use.
    /// </param>
    public void Run(
        ImmutableArray<string> declarations,
        Script script,
        Action<ObligationResult> report,
        Action? vacuous,
        bool cores,
        bool quick = false)
    {
        foreach (var settled in script.Goals.Where(g => g.ByFrame))
        {
            report(new(settled.Obligation, ProofStatus.Proved, "", ByFrame: true, TimeSpan.Zero, [settled.Obligation.Conjunct.Name]));
        }

        var goals = script.Goals.Where(g => !g.ByFrame).ToList();
        if (goals.Count == 0)
        {
            return;
        }

        var lines = declarations.Concat(script.Declarations)
            .Concat(script.Assumptions.Select(a => $"(assert {a.Formula})"))
            .Concat(goals.SelectMany(g => g.Declarations))
            .Concat(goals.SelectMany(g => g.Assertions).Select(a => $"(assert {a})"));
        var parsed = _context.ParseSMTLIB2String(string.Join('\n', lines));
        // There are thousands of terms. The finalizer would free them one by one, while other threads work.
        using var terms = new Disposal(parsed);
        using var solver = _context.MkSolver();
        using var parameters = Interruption.WithoutSignals(_context);
        parameters.Add("timeout", (uint)_timeout.TotalMilliseconds);
        if (quick)
        {
            parameters.Add("smt.mbqi", false);
        }

        solver.Parameters = parameters;
        using var interruption = new Interruption(_context, _cancellation);
        int at = script.Assumptions.Length;
        var trackers = new Dictionary<string, string>(StringComparer.Ordinal);
        Assume(onDemand: false);
        foreach (var goal in goals)
        {
            var clock = Stopwatch.StartNew();
            solver.Push();
            solver.Assert(parsed[at..(at + goal.Assertions.Length)]);
            at += goal.Assertions.Length;
            var (answer, reason) = Check();
            if (answer != Z3.Status.UNSATISFIABLE && script.Assumptions.Any(a => a.OnDemand))
            {
                Assume(onDemand: true);
                answer = Check() is var (more, _) && more == Z3.Status.UNSATISFIABLE ? more : answer;
            }

            ImmutableArray<string> used = cores && answer == Z3.Status.UNSATISFIABLE
                ? [.. solver.UnsatCore.Select(c => trackers[c.ToString()])]
                : [];
            solver.Pop();
            report(answer == Z3.Status.UNKNOWN
                && _cancellation.IsCancellationRequested ? ObligationResult.Stopped(goal.Obligation, clock.Elapsed)
                : new(goal.Obligation, answer switch
                {
                    Z3.Status.UNSATISFIABLE => ProofStatus.Proved,
                    Z3.Status.SATISFIABLE => ProofStatus.Failed,
                    _ => ProofStatus.Unknown,
                }, reason, ByFrame: false, clock.Elapsed, used));
        }

        if (vacuous is not null && Check().Answer == Z3.Status.UNSATISFIABLE)
        {
            vacuous();
        }

        (Z3.Status Answer, string Reason) Check()
        {
            if (_cancellation.IsCancellationRequested)
            {
                return (Z3.Status.UNKNOWN, "");
            }

            var answer = solver.Check();
            return (answer, answer == Z3.Status.UNKNOWN ? solver.ReasonUnknown : "");
        }

        void Assume(bool onDemand)
        {
            for (int i = 0; i < script.Assumptions.Length; i++)
            {
                if (script.Assumptions[i].OnDemand != onDemand)
                {
                    continue;
                }

                if (cores)
                {
                    using var tracker = _context.MkBoolConst(Symbol.Fresh(SymbolKind.Tracker, "assumption", i).ToString());
                    trackers[tracker.ToString()] = script.Assumptions[i].Name;
                    solver.AssertAndTrack(parsed[i], tracker);
                }
                else
                {
                    solver.Assert(parsed[i]);
                }
            }
        }
    }

    /// <summary>Disposes of the terms at the end of their use.</summary>
    private readonly struct Disposal(Z3.BoolExpr[] terms) : IDisposable
    {
        public void Dispose()
        {
            foreach (var term in terms)
            {
                term.Dispose();
            }
        }
    }
}
