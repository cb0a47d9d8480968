using Checker.Model.Language;
using static Checker.Model.Language.Logic;

namespace Checker.Tests.Explicit;

/// <summary>Properties of states without successors.</summary>
public sealed class TerminalTests
{
    [Fact]
    public void Any_number_of_properties_is_decided()
    {
        const int Count = 150;
        var result = Explore.Run(Explore.Scope(new EndsSet(Count).Build()), new() { EveryProperty = true });
        Assert.Equal(Count, result.Properties.Length);
        // The last of three consecutive properties is false.
        Assert.All(result.Properties, p => Assert.Equal(int.Parse(p.Property.Name[1..]) % 3 != 2, p.Holds));
    }

    private sealed class EndsSet : Spec
    {
        private readonly Var<bool> _set = new();

        public EndsSet(int count)
        {
            Action("Set", () =>
            {
                Require(!_set.Value);
                _set.Value = true;
            });
            for (int i = 0; i < count; i++)
            {
                Terminal($"T{i}", i % 3 == 2 ? !_set.Value : _set.Value);
            }
        }
    }
}
