using Checker.Model.Language;

namespace Checker.Tests.Explicit;

public readonly struct Line : ISort;

public readonly struct Bit : ISort;

/// <summary>
/// Lines are filled one after the other, in any order: 2^lines states on lines + 1 levels, and one step for each line and each state
/// in which it is not filled. A line may have any number of bits, so states are as wide as one likes.
/// </summary>
internal sealed class Subsets : Spec
{
    private readonly Var<Line, Bit, bool> filled = new();

    public Subsets()
    {
        Action<Line>("Fill", l =>
        {
            Require(Logic.Forall<Bit>(b => !filled[l, b]));
            ForEach<Bit>(b => filled[l, b] = true);
        });
        Terminal("StopsWhenAllAreFilled", Logic.Forall<Line, Bit>((l, b) => filled[l, b]));
        Reachable("AllFilled", Logic.Forall<Line, Bit>((l, b) => filled[l, b]));
    }
}
