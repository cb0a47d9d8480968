namespace Checker.Tests;

public sealed class PlaceholderTests
{
    [Fact]
    public void Passes() => Assert.Equal(4, 2 + 2);

    [Fact, Trait("Tier", "slow")]
    public void PassesSlowly() => Assert.Equal(4, 2 + 2);
}
