using Checker.Model.Language;
using Checker.Solver.Instance;
using static Checker.Model.Language.Logic;

namespace Checker.Tests.Smt;

/// <summary>A climb up a ladder, rung by rung. From the third rung one can fall, and after a fall nothing more is possible.</summary>
internal sealed class Ladder : Spec
{
    private readonly Var<int> rung = new(min: 0, max: 63);
    private readonly Var<bool> fallen = new();

    private Ladder()
    {
        Action("Climb", () =>
        {
            Require(rung.Value < 3 & !fallen.Value);
            rung.Value = rung.Value + 1;
        });
        Action("Fall", () =>
        {
            Require(rung.Value == 3);
            (rung.Value, fallen.Value) = (40, true);
        });
        Action("Descend", () =>
        {
            Require(rung.Value - 1 < 0);
            rung.Value = rung.Value - 1;
        });

        Invariant("BelowTwo", rung.Value < 2);
        Invariant("BelowThree", rung.Value < 3);
        Invariant("SumsAreSums", rung.Value + rung.Value + rung.Value < 121 & rung.Value - 64 < 0 & rung.Value - 41 - 41 < rung.Value);
        StepInvariant("NeverFalls", fallen.Value == Next(fallen.Value));
        Terminal("EndsOnTheLadder", rung.Value < 4);
    }

    public static Scope Scope() => new(new Ladder().Build(), new Dictionary<string, int>(StringComparer.Ordinal));
}
