using Checker.Model.Language;
using static Checker.Model.Language.Logic;

namespace Checker.Tests.Calibration;

/// <summary>The puzzle of two jugs without marks, of three and of five litres: measure four litres. It is an example of TLA+.</summary>
internal sealed class DieHard : Spec
{
    private readonly Var<int> small = new(min: 0, max: 3);
    private readonly Var<int> big = new(min: 0, max: 5);

    public DieHard()
    {
        Action("FillSmall", () => small.Value = 3);
        Action("FillBig", () => big.Value = 5);
        Action("EmptySmall", () => small.Value = 0);
        Action("EmptyBig", () => big.Value = 0);
        Action("SmallToBig", () =>
        {
            var sum = small.Value + big.Value;
            (small.Value, big.Value) = (Cond<int>(sum <= 5, 0, sum - 5), Cond<int>(sum <= 5, sum, 5));
        });
        Action("BigToSmall", () =>
        {
            var sum = small.Value + big.Value;
            (small.Value, big.Value) = (Cond<int>(sum <= 3, sum, 3), Cond<int>(sum <= 3, 0, sum - 3));
        });

        Invariant("NeverFourLitres", big.Value != 4);
    }
}
