using Checker.Solver;
using Checker.Solver.Bounded;
using Checker.Solver.Explicit;
using Checker.Solver.Instance;

namespace Checker.Tests.Fuzz.Against;

/// <summary>Bounded model checking and k-induction, of each property and of all together; and the cross-check of exploration.</summary>
internal static class Bounded
{
    private const int Depth = 3;
    private const int LargestK = 2;

    /// <summary>The number of properties checked one by one. All are also checked together.</summary>
    private const int Most = 4;

    /// <summary>The number of properties for k-induction, which is the slowest of all engines.</summary>
    private const int MostByInduction = 1;

    private static BmcOptions Options(Comparison compare) =>
        new() { Timeout = TimeSpan.FromSeconds(10), Cancellation = compare.Subject.Cancellation };

    public static void CheckBmc(Comparison compare)
    {
        var properties = FiniteBmc.Checked(compare.Subject.System);
        var model = new FiniteModel(compare.Subject.Scope);
        foreach (var some in properties.Take(Most).Select(p => new[] { p }).Append([.. properties]))
        {
            string names = string.Join(", ", some.Select(p => p.Name));
            int? length = compare.Subject.FirstViolation(some);
            int? within = length - 1 <= Depth ? length : null;
            var result = FiniteBmc.Run(model, some, Depth, Options(compare));
            switch (result.Answer)
            {
                case Answer.Violated violated:
                    compare.Same(within, violated.Trace.Length, $"the first violation of {names}");
                    var named = violated.Trace.Property!;
                    compare.Holds(some.Contains(named), $"a violation of {named.Name}, which was not asked");
                    Bridge.Confirm(violated.Trace);
                    compare.Subject.Traces.Add(violated.Trace);
                    break;
                case Answer.Holds:
                    compare.Same(within, null, $"the first violation of {names}");
                    compare.Same(Depth, result.Exhausted, "depth");
                    break;
                default:
                    compare.Met.Add(Event.Timeout);
                    break;
            }
        }
    }

    public static void CheckInduction(Comparison compare)
    {
        var properties = FiniteBmc.Checked(compare.Subject.System);
        var model = new FiniteModel(compare.Subject.Scope);
        foreach (var some in properties.Take(MostByInduction).Select(p => new[] { p }).Append([.. properties]))
        {
            string names = string.Join(", ", some.Select(p => p.Name));
            int? length = compare.Subject.FirstViolation(some);
            var result = KInduction.Run(model, some, LargestK, Options(compare));
            switch (result.Answer)
            {
                case Answer.Holds:
                    compare.Same(null, length, $"the first violation of {names}, which is said to be proved; the length");
                    break;
                case Answer.Violated violated:
                    compare.Same(length, violated.Trace.Length, $"the first violation of {names}");
                    Bridge.Confirm(violated.Trace);
                    break;
                case Answer.Undecided undecided:
                    compare.Holds(length is null || length - 1 > result.K
                        || !undecided.Why.StartsWith("not inductive", StringComparison.Ordinal),
                        $"{names} is violated within {result.K} steps and not found: {undecided.Why}");
                    break;
                default:
                    throw new System.Diagnostics.UnreachableException();
            }
        }
    }

    public static void CheckCrossCheck(Comparison compare)
    {
        var properties = FiniteBmc.Checked(compare.Subject.System);
        var explored = new Exhaustive(compare.Subject.Scope, new() { Vacuity = false, Cancellation = compare.Subject.Cancellation }).Run();
        var check = CrossCheck.Compare(explored, FiniteBmc.Run(new FiniteModel(compare.Subject.Scope), properties, Depth,
            Options(compare)));
        if (check.Accord == Accord.Undecided)
        {
            compare.Met.Add(Event.Timeout);
            return;
        }

        compare.Same(Accord.Agree, check.Accord, check.Message);
    }
}
