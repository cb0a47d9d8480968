namespace Checker.Tests.Fuzz.Against;

/// <summary>Reads an SMT-LIB script of goals between push and pop with libz3, and decides each of them from scratch.</summary>
internal static class Z3Text
{
    /// <returns>The answer to each check-sat.</returns>
    public static List<string> Answers(string script)
    {
        var (common, goal, answers) = (new List<string>(), new List<string>(), new List<string>());
        bool inside = false;
        foreach (string line in script.Split('\n'))
        {
            switch (line)
            {
                case "(push 1)":
                    inside = true;
                    break;
                case "(pop 1)":
                    inside = false;
                    goal.Clear();
                    break;
                case "(set-logic UFDT)":   // libz3 reports that it ignores this line
                    break;
                case "(check-sat)":
                    answers.Add(Ask(string.Join('\n', common.Concat(goal))));
                    break;
                default:
                    (inside ? goal : common).Add(line);
                    break;
            }
        }

        return answers;
    }

    private static string Ask(string script)
    {
        using var context = new Microsoft.Z3.Context();
        using var solver = context.MkSolver();
        solver.Set("timeout", 10_000u);
        solver.Assert(context.ParseSMTLIB2String(script));
        return solver.Check() switch
        {
            Microsoft.Z3.Status.UNSATISFIABLE => "unsat",
            Microsoft.Z3.Status.SATISFIABLE => "sat",
            _ => "unknown",
        };
    }
}
