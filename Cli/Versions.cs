using Checker.App;
using Checker.Solver.Proof.Certificates;
using Checker.Solver.Smt;

namespace Checker.Cli;

/// <summary>The output of <c>--version</c>. Scripts ask for it often, so it needs no protocol and no command.</summary>
internal static class Versions
{
    /// <summary>Prints the versions of this program, of libz3 and of cvc5, one line each.</summary>
    public static int Print(TextWriter output)
    {
        // cvc5 takes as long to start as the rest of this together.
        var second = Task.Run(Second);
        var z3 = NativeZ3.Probe();
        output.WriteLine($"checker {Self.Version}");
        output.WriteLine(z3.Found ? $"libz3 {z3.Version} ({z3.Path})" : "libz3 not found");
        output.WriteLine(second.GetAwaiter().GetResult());
        return ExitCode.Ok;
    }

    /// <summary>Returns the version of the second solver, which <c>certify</c> asks.</summary>
    private static string Second()
    {
        try
        {
            return new SecondSolver(null, TimeSpan.FromSeconds(1)).Describe(CancellationToken.None).Trim('\'');
        }
        catch (EnvironmentException)
        {
            return "cvc5 not found";
        }
    }
}
