using Checker.Model.Ir;
using Checker.Model.Language;
using Checker.Solver.Mutation;
using static Checker.Model.Language.Logic;

namespace Checker.Tests.Mutation;

/// <summary>A value is unread only if nothing can depend on it. Each possible dependence is noticed.</summary>
public sealed class DeadValuesTests
{
    public enum Reader
    {
        Nobody,
        Guard,
        Property,
        StepProperty,
        Possibility,
        OtherUpdate,
        NextJob,
    }

    private enum Kind
    {
        Idle,
        Busy,
    }

    private enum Colour
    {
        Red,
        Green,
    }

    private readonly struct Worker : ISort;

    /// <summary>Workers paint. The colour of an idle worker does not matter, unless a formula reads it.</summary>
    private sealed class Painters : Spec
    {
        private readonly Var<Worker, Kind> kind = new();
        private readonly Var<Worker, Colour> colour = new();
        private readonly Var<Colour> wall = new();

        public Painters(Reader reader)
        {
            Action<Worker, Colour>("Begin", (w, c) =>
            {
                Require(kind[w] == Kind.Idle);
                kind[w] = Kind.Busy;
                colour[w] = c;
            });
            Action<Worker>("Paint", w =>
            {
                Require(kind[w] == Kind.Busy);
                wall.Value = colour[w];
            });
            Action<Worker>("End", w =>
            {
                Require(kind[w] == Kind.Busy);
                kind[w] = Kind.Idle;
                colour[w] = Colour.Red;
            });
            Reachable("Green", wall.Value == Colour.Green);
            switch (reader)
            {
                case Reader.Guard:
                    Action<Worker>("Spill", w =>
                    {
                        Require(kind[w] == Kind.Idle & colour[w] == Colour.Green);
                        wall.Value = Colour.Green;
                    });
                    break;
                case Reader.Property:
                    Invariant("IdleIsRed", Forall<Worker>(w => (kind[w] == Kind.Idle).Implies(colour[w] == Colour.Red)));
                    break;
                case Reader.StepProperty:
                    StepInvariant(
                        "EndsRed",
                        Forall<Worker>(w => (kind[w] == Kind.Busy & Next(kind[w]) == Kind.Idle).Implies(Next(colour[w]) == Colour.Red)));
                    break;
                case Reader.Possibility:
                    Reachable(
                        "EndsRed",
                        Exists<Worker>(w => kind[w] == Kind.Busy & Next(kind[w]) == Kind.Idle & Next(colour[w]) == Colour.Red));
                    break;
                case Reader.OtherUpdate:
                    Action<Worker>("Drip", w =>
                    {
                        Require(kind[w] == Kind.Idle);
                        wall.Value = colour[w];
                    });
                    break;
                case Reader.NextJob:
                    Action<Worker>("Resume", w =>
                    {
                        Require(kind[w] == Kind.Idle);
                        kind[w] = Kind.Busy;
                    });
                    break;
            }
        }
    }

    [Theory]
    [InlineData("End.update2")]
    [InlineData("End.update2.1=Green")]
    public void What_nobody_reads_is_unread(string mutant) => Assert.Equal(MutantClass.Unread, Try(Reader.Nobody, mutant).Class);

    [Theory]
    [InlineData(Reader.Guard, null)]
    [InlineData(Reader.OtherUpdate, null)]
    [InlineData(Reader.NextJob, null)]
    [InlineData(Reader.Property, "IdleIsRed")]
    [InlineData(Reader.StepProperty, "EndsRed")]
    public void What_somebody_reads_is_not(Reader reader, string? violated)
    {
        foreach (string mutant in new[] { "End.update2", "End.update2.1=Green" })
        {
            var result = Try(reader, mutant);

            Assert.NotEqual(MutantClass.Unread, result.Class);
            Assert.NotEqual(MutantClass.Equivalent, result.Class);
            Assert.Equal(violated, result.Violations.FirstOrDefault()?.Property.Name);
        }
    }

    [Fact]
    public void What_must_be_possible_is_a_reader_too()
    {
        var result = Try(Reader.Possibility, "End.update2.1=Green");

        Assert.Equal(MutantVerdict.Noticed, result.Verdict);
        Assert.Equal(["EndsRed"], result.Lost);
    }

    private static MutantResult Try(Reader reader, string mutant)
    {
        TransitionSystem model = new Painters(reader).Build();
        return Assert.Single(MutationTest.Run(
            model,
            new Dictionary<string, int> { ["Worker"] = 1 },
            [Operators.Of(model).Single(m => m.Name == mutant)],
            new()));
    }
}
