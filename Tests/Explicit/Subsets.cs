using Checker.Model.Language;

namespace Checker.Tests.Explicit;

public readonly struct Line : ISort;

public readonly struct Bit : ISort;

/// <summary>
/// A model which fills lines one after the other, in any order. It has 2^lines states on lines + 1 levels, and one step for each
/// empty line of each state. A line may have any number of bits, so states may have any width.
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
