using Checker.Model.Ir;
using Checker.Model.Language;
using Checker.Solver;
using Checker.Solver.Explicit;
using Checker.Solver.Instance;
using Checker.Solver.Proof;
using Checker.Solver.Proof.Inference;
using Checker.Solver.Traces;

namespace Checker.Tests.Proofs;

/// <summary>
/// Inference on models of a few lines, with features missing from the shipped ones. Each answer is checked independently.
/// </summary>
public sealed partial class SmallInferenceTests
{
    public enum Mode
    {
        Idle,
        Busy,
        Gone,
    }

    [Fact]
    public void A_lemma_that_only_four_elements_show_to_be_needed_is_found()
    {
        var result = Check(new FourGood());

        Assert.Equal("proved", result.Answer.Word);
    }

    /// <summary>The instances are too small to show why the first lemma cannot be proved.</summary>
    [Fact]
    public void What_was_given_up_because_the_solver_does_not_show_it_is_not_called_impossible()
    {
        var result = Check(new FourGood(), options: new() { MostElements = 3 });

        Assert.Equal("undecided", result.Answer.Word);
        Assert.Null(result.Stuck);
        Assert.StartsWith(
            "not shown, which does not mean that it is impossible. In the instances with Ant 2; Ant 3 ",
            result.Answer.Reason,
            StringComparison.Ordinal);
        Assert.Contains("Break preserves Inferred1", result.Answer.Reason, StringComparison.Ordinal);
    }

    /// <summary>The proof needs one number beyond two bits: no clause over them shows that the third step never occurs.</summary>
    [Fact]
    public void That_no_set_of_clauses_proves_it_is_said_only_of_what_the_largest_inductive_set_allows()
    {
        var system = new Parity().Build();
        var property = system.Property("Safe");
        var options = new InferOptions { Variables = 1, Literals = 1, MostElements = 2 };

        var result = Check(new Parity(), options: options);

        Assert.Equal("undecided", result.Answer.Word);
        Assert.StartsWith(
            "no set of clauses of the template proves it: every set that is inductive in the instances that were sampled and in the "
                + "instance with Ant 2 allows a state",
            result.Answer.Reason,
            StringComparison.Ordinal);
        var scope = new Scope(system, system.Sorts.ToDictionary(s => s.Name, _ => 2));
        var interpreter = new Interpreter(scope);
        int[] stuck = [.. result.Stuck!.Before];
        Assert.False(interpreter.Holds(property.Formula, stuck));
        Assert.All(LargestInductiveSet(system, property, options, scope), c => Assert.True(interpreter.Holds(c, stuck), c.ToString()));
    }

    [Fact]
    public void A_step_that_does_not_exist_because_of_a_variable_that_is_left_out_stays_out()
    {
        var system = new Clash().Build();
        var slice = Slice.Of(system, system.Property("Never"));

        Assert.Equal(["y"], slice.Variables.Select(v => v.Name));
        AssertSameSteps(system, slice);
        // If p is q, and only then, y would become true, and x would get two values.
        Assert.Equal("proved", Check(new Clash()).Answer.Word);
    }

    [Fact]
    public void The_slice_keeps_the_condition_that_a_number_stays_in_its_range()
    {
        var system = new Counted().Build();
        var slice = Slice.Of(system, system.Property("NotDone"));

        Assert.Equal(["done", "count"], slice.Variables.Select(v => v.Name).Order(StringComparer.Ordinal).Reverse());
        AssertSameSteps(system, slice);
    }

    [Fact]
    public void A_step_that_changes_nothing_else_matters_to_a_property_of_steps()
    {
        var result = Check(new Restless());

        Assert.Equal("refuted", result.Answer.Word);
    }

    [Fact]
    public void A_property_may_have_fewer_sorts_than_its_model() => Assert.Equal("proved", Check(new Aside()).Answer.Word);

    [Fact]
    public void A_parameter_need_not_be_an_index_of_what_the_property_reads() =>
        Assert.Equal("refuted", Check(new Flag()).Answer.Word);

    [Fact]
    public void A_lemma_may_be_what_is_to_be_proved() => Assert.Equal("proved", Check(new OneToken(), "Held").Answer.Word);

    [Fact]
    public void A_rule_of_the_language_may_be_what_is_to_be_proved() =>
        Assert.Equal("proved", Check(new Pair(), "OneWriter(Both.x)").Answer.Word);

    [Theory]
    [InlineData(typeof(BoolParameter))]
    [InlineData(typeof(OptionParameter))]
    [InlineData(typeof(EnumOption))]
    [InlineData(typeof(LoneOption))]
    [InlineData(typeof(Indices))]
    [InlineData(typeof(NoSorts))]
    [InlineData(typeof(Umlaut))]
    [InlineData(typeof(Shadow))]
    [InlineData(typeof(OnlyMentioned))]
    public void What_the_language_has_is_inferred_for(Type spec) =>
        Assert.Equal("proved", Check((Spec)Activator.CreateInstance(spec)!).Answer.Word);

    [Theory]
    [InlineData(typeof(Counting))]
    [InlineData(typeof(Counted))]
    public void Integers_are_refused_or_decided(Type spec)
    {
        try
        {
            Check((Spec)Activator.CreateInstance(spec)!);
        }
        catch (NotSupportedException refused)
        {
            Assert.NotEmpty(refused.Message);
        }
    }

    [Fact]
    public void A_property_that_only_an_empty_sort_violates_is_refuted_where_the_sort_may_be_empty()
    {
        Assert.Equal("refuted", Check(new SomeAnt(), mayBeEmpty: ["Ant"]).Answer.Word);
        Assert.NotEqual("refuted", Check(new SomeAnt()).Answer.Word);
    }

    [Fact]
    public void Atoms_that_read_alike_are_not_taken_for_one_another()
    {
        var sort = new SortType("Ant");
        var (p, q, inner) = (new Binder("p", sort), new Binder("q", sort), new Binder("q", sort));
        var variable = new Variable("r", null, [sort, sort], ModelType.Bool, default);
        Node Some(Binder a, Binder b) =>
            new Quantified(QuantifierKind.Exists, inner, new Read(variable, [new Bound(a), new Bound(b)], Primed: false));
        var names = new Dictionary<Binder, string> { [p] = "p", [q] = "q" };

        Assert.Equal(Some(q, inner).ToString(), Some(inner, q).ToString());
        Assert.NotEqual(AtomKey.Of(Some(q, inner), names), AtomKey.Of(Some(inner, q), names));
        var other = new Binder("z", sort);
        Assert.Equal(
            AtomKey.Of(Some(q, inner), names),
            AtomKey.Of(
                new Quantified(QuantifierKind.Exists, other, new Read(variable, [new Bound(q), new Bound(other)], Primed: false)),
                names));
    }

    /// <summary>Infers, and checks the answer by proof, exploration and replay.</summary>
    private static InferResult Check(Spec spec, string? name = null, InferOptions? options = null, string[]? mayBeEmpty = null)
    {
        var system = spec.Build() with { MayBeEmpty = [.. mayBeEmpty ?? []] };
        var property = name is null ? system.Properties[0] : system.Property(name);
        options ??= new();

        var result = LemmaInference.Run(system, property, options with { Cancellation = TestContext.Current.CancellationToken });

        var found = Enumerable.Range(system.MayBeEmpty.IsEmpty ? 1 : 0, 3)
            .Select(size => Explore(system, [property], size))
            .FirstOrDefault(r => !r.Holds!.Value);
        if (result.Answer is Answer.Holds)
        {
            Assert.Null(found?.Trace);
            Assert.Equal(ProofStatus.Proved, Induction.Prove(system, [.. result.Lemmas, property], [property], Proving.Options).Status);
            foreach (var lemma in result.Lemmas)
            {
                Assert.Equal(
                    ProofStatus.Proved,
                    Induction.Prove(
                        system,
                        [.. result.Lemmas, property],
                        [lemma with { Kind = PropertyKind.Invariant, Name = "itself" }],
                        Proving.Options).Status);
                Assert.All([1, 2, 3, 4], size => Assert.True(Explore(system, [lemma], size).Holds, $"{lemma.Formula} with {size}"));
            }
        }
        else if (result.Answer.IsViolated)
        {
            Replay.Check(result.Answer.Shown!);
            Assert.Equal(property.Name, result.Answer.Shown!.Property!.Name);
            Assert.NotNull(found);
        }

        return result;
    }

    private static PropertyResult Explore(TransitionSystem system, IEnumerable<PropertyDeclaration> properties, int size)
    {
        var scope = new Scope(system with { Properties = [.. properties] }, system.Sorts.ToDictionary(s => s.Name, _ => size));
        return Assert.Single(new Exhaustive(scope, new() { Lemmas = true, Vacuity = false }).Run().Properties);
    }

    /// <summary>The largest inductive set by brute force over all states of the instance: Houdini in its textbook form.</summary>
    private static List<Node> LargestInductiveSet(TransitionSystem system, PropertyDeclaration property, InferOptions options, Scope scope)
    {
        var vocabulary = new Vocabulary(Slice.Of(system, property), options);
        var shape = Assert.Single(vocabulary.Shapes);
        var left = shape.AllLiterals().Select(l => vocabulary.Formula(shape.Clause([l]))).ToList();
        var interpreter = new Interpreter(scope);
        var states = Scope.Tuples([.. scope.Cells.Select(c => c.Cardinality)]).Select(t => t.ToArray()).ToList();
        left.RemoveAll(c => !interpreter.Holds(c, scope.InitialState()));
        while (states.Where(s => left.TrueForAll(c => interpreter.Holds(c, s)))
            .SelectMany(s => interpreter.Successors(s))
            .FirstOrDefault(n => left.Exists(c => !interpreter.Holds(c, n.Next))) is { Next: { } next })
        {
            left.RemoveAll(c => !interpreter.Holds(c, next));
        }

        return left;
    }

    /// <summary>Asserts that in every state the steps of the slice are those of the model, projected to the slice's variables.</summary>
    private static void AssertSameSteps(TransitionSystem system, TransitionSystem slice)
    {
        var (whole, part) = (
            new Scope(system, system.Sorts.ToDictionary(s => s.Name, _ => 2)),
            new Scope(slice, slice.Sorts.ToDictionary(s => s.Name, _ => 2)));
        var (all, some) = (new Interpreter(whole), new Interpreter(part));
        foreach (int[] state in Scope.Tuples([.. whole.Cells.Select(c => c.Cardinality)]).Select(t => t.ToArray()))
        {
            var expected = all.Successors(state)
                .Where(s => slice.Actions.Any(a => a.Name == s.Instance.Action.Name))
                .Select(s => $"{s.Instance} {Part(s.Next)}");
            Assert.Equal(expected, some.Successors(Values(state)).Select(s => $"{s.Instance} {string.Join(',', s.Next)}"));
        }

        int[] Values(int[] state) => [.. part.Cells.Select(c => state[whole.CellAt(c.Variable, c.Index.AsSpan())])];

        string Part(int[] state) => string.Join(',', Values(state));
    }
}
