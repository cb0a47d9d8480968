using System.Collections.Immutable;
using System.Text;

namespace Checker.Solver.Proof;

/// <summary>A script as a standalone SMT-LIB 2 file. Each goal stands between push and pop, with only the assumptions it needs.</summary>
internal static class ScriptText
{
    /// <param name="title">The subject of the file, for a comment.</param>
    /// <param name="uses">The names of the sufficient assumptions for each goal.</param>
    public static string Write(string title, ImmutableArray<string> declarations, Script script, IReadOnlyList<ImmutableArray<string>> uses)
    {
        var assumptions = script.Assumptions.ToDictionary(a => a.Name, a => a.Formula, StringComparer.Ordinal);
        var text = new StringBuilder();
        text.Append("; ").Append(title).Append(" / ").Append(script.Name).Append('\n');
        text.Append("; Every check-sat must answer unsat.\n(set-logic UFDT)\n");
        Lines(declarations);
        Lines(script.Declarations);
        for (int i = 0; i < script.Goals.Length; i++)
        {
            var goal = script.Goals[i];
            text.Append("; ").Append(goal.Obligation).Append("\n(push 1)\n");
            foreach (string name in uses[i])
            {
                text.Append("; ").Append(name).Append("\n(assert ").Append(assumptions[name]).Append(")\n");
            }

            Lines(goal.Declarations);
            text.Append("; and yet\n");
            Lines(goal.Assertions.Select(a => $"(assert {a})"));
            text.Append("(check-sat)\n(pop 1)\n");
        }

        return text.ToString();

        void Lines(IEnumerable<string> lines)
        {
            foreach (string line in lines)
            {
                text.Append(line).Append('\n');
            }
        }
    }
}
