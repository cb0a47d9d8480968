using Checker.Testing;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Gate;

/// <summary>The protocol as a test: a failure shows the trace.</summary>
public sealed class GateTests
{
    public static TheoryData<string, string, int> Mutants =>
        new(GateProtocol.Definition.Mutants.Select(m => (m.Drop[0], m.Property, m.Length)));

    [Fact]
    public void Every_property_has_its_verdict() => CheckerAssert.Explores(GateProtocol.Definition);

    [Fact]
    public void The_invariants_hold_for_any_number_of_workers() => CheckerAssert.Proves(GateProtocol.Definition);

    [Fact]
    public void Walks_find_no_violation() => CheckerAssert.Walks(GateProtocol.Definition, walks: 10);

    [Theory]
    [MemberData(nameof(Mutants))]
    public void Every_label_is_needed(string label, string property, int length) =>
        Assert.Equal(length, CheckerAssert.Violates(GateProtocol.Definition, property, drop: label).Length);

    /// <summary>A property of whole walks, which no formula about one state can say.</summary>
    [Fact]
    public void Workers_enter_and_leave_by_turns() => Check.QuickThrowOnFailure(Prop.ForAll(Walk.Of(GateProtocol.Definition), walk =>
        walk.Actions.Where(a => a is "Enter" or "Leave").Index().All(a => a.Item == (a.Index % 2 == 0 ? "Enter" : "Leave"))));
}
