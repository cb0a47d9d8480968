using Checker.Solver.Processes;

namespace Checker.Tests.Export;

/// <summary>The other checkers. A test which needs them is skipped where they are missing.</summary>
internal static class Tools
{
    private static readonly string[] s_programs = ["rumur", "spin", "gcc", "cvc5"];

    public static void Require()
    {
        string[] missing = [.. s_programs.Where(p => LimitedProcess.Find(p) is null)];
        Assert.SkipUnless(
            missing.Length == 0,
            $"not installed: {string.Join(", ", missing)}; eng/provision-checkers.sh and eng/provision-cvc5.sh install them");
    }
}
