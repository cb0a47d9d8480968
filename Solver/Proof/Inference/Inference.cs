using System.Collections.Immutable;
using System.Diagnostics;
using Checker.Model.Ir;
using Checker.Solver.Explicit;
using Checker.Solver.Explicit.Compile;
using Checker.Solver.Instance;
using Checker.Solver.Traces;
using Trace = Checker.Solver.Traces.Trace;

namespace Checker.Solver.Proof.Inference;

/// <summary>One run: slice, vocabulary, samples, selection, proof for any size, minimal set.</summary>
internal sealed class Inference
{
    private readonly TransitionSystem _system;
    private readonly PropertyDeclaration _property;
    private readonly InferOptions _options;
    private readonly Action<string> _progress;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly TransitionSystem _slice;
    private readonly Vocabulary _vocabulary;
    private readonly Samples _samples;

    public Inference(TransitionSystem system, PropertyDeclaration property, InferOptions options, Action<string> progress)
    {
        (_system, _property, _options, _progress) = (system, property, options, progress);
        _slice = Slice.Of(system, property);
        _vocabulary = new Vocabulary(_slice, options);
        _samples = new Samples(_vocabulary);
        progress($"{_slice.Variables.Length} of {system.Variables.Length} variables and {_slice.Actions.Length} of "
            + $"{system.Actions.Length} actions matter; {_vocabulary.Blocks.Sum(b => b.Atoms.Length)} atoms");
    }

    public InferResult Run()
    {
        if (Sample() is { } violation)
        {
            var trace = Whole(violation);
            return Result(new Answer.Violated(trace, Extent.AnySize), [], null, null);
        }

        using var select = new LemmaSelection(
            _slice,
            _property,
            _vocabulary,
            new Candidates(_vocabulary, _samples, _options),
            _options,
            _progress);
        var result = Search(select);
        return _options.Largest ? result with { Statistics = Largest(select, result.Statistics) } : result;
    }

    /// <summary>
    /// Computes the statistics about the largest inductive set. It comes last, because it adds samples: states which shorter candidates
    /// cannot exclude. The samples added by the search in the first instance remain valid: a state which no candidate excludes is also not
    /// excluded by a shorter one. All later samples are removed.
    /// </summary>
    private InferStatistics Largest(LemmaSelection select, InferStatistics statistics)
    {
        select.Restore();
        if (select.FirstArena is { } marks)
        {
            _samples.Truncate(marks);
        }

        var options = _options with { Literals = Math.Min(_options.Literals, _options.LargestLiterals) };
        var houdini = new Houdini(
            select.Arenas[0],
            new Candidates(_vocabulary, _samples, options),
            breach => select.Allow(select.Arenas[0], breach),
            options,
            _progress);
        int largest = houdini.Run().Count;
        return statistics with
        {
            LargestLiterals = options.Literals,
            Candidates = houdini.Listed,
            Largest = largest,
            Duration = _clock.Elapsed
        };
    }

    private InferResult Search(LemmaSelection select)
    {
        ObligationResult? gaveUp = null;
        while (true)
        {
            if (!select.Run())
            {
                var (scope, found) = select.Stuck!.Value;
                if (select.Dropped.Count == 0)
                {
                    return Result(Undecided(Impossible(select, found)), [], null, select) with
                    {
                        Stuck = new(
                            scope,
                            new(ObligationKind.Implication, "", _property),
                            found.Instance,
                            [.. found.Before],
                            [.. found.After],
                            null,
                            false),
                    };
                }

                // A candidate given up because of the solver is needed. With more elements it may turn out why it cannot be shown.
                int dropped = select.Dropped.Count;
                if (select.Widen())
                {
                    continue;
                }

                return Result(Undecided(NotShown(select, dropped, gaveUp!)), [], null, select);
            }

            var lemmas = select.Chosen.Select((c, i) => LemmaInference.Lemma(_system, i + 1, c.Formula, _property)).ToList();
            var proof = Prove(lemmas);
            _progress($"{lemmas.Count} lemmas: {(proof.Status == ProofStatus.Proved ? "" : "not ")}proved for any size, "
                + $"{_clock.Elapsed.TotalSeconds:0.0} s");
            if (proof.Status == ProofStatus.Proved)
            {
                return Minimal(select, lemmas, proof);
            }

            // The set is inductive with few elements, but not with any number, or the solver cannot show it. There may be a proof
            // without the failing conjuncts.
            var failed = proof.Obligations.Where(o => o.Status != ProofStatus.Proved).ToList();
            var hopeless = select.Chosen.Where((_, i) => failed.Exists(f => f.Obligation.Conjunct == lemmas[i])).ToList();
            if (hopeless.Count > 0)
            {
                gaveUp = failed.Find(f => select.Chosen.Where((_, i) => f.Obligation.Conjunct == lemmas[i]).Any());
                hopeless.ForEach(select.Drop);
            }
            else if (!select.Widen())
            {
                return Result(Undecided(NotShown(select, 0, failed[0])), lemmas, proof, select);
            }
        }
    }

    /// <summary>Returns the claim about every inductive set of candidates, in these instances and for this template.</summary>
    private string Impossible(LemmaSelection select, Counterexample found) =>
        "no set of clauses of the template proves it: every set that is inductive in the instances that were sampled and in "
            + $"{Instances(select)} allows a state "
        + (found.Instance is null ? "that violates the property" : $"from which {found.Instance} violates the property") + $". {Template}";

    /// <param name="dropped">The number of clauses given up because of the solver.</param>
    /// <param name="open">The reason: an obligation which the solver did not show.</param>
    private string NotShown(LemmaSelection select, int dropped, ObligationResult open)
    {
        string why = open.Status == ProofStatus.Failed
            ? "Z3 has a counterexample to it, of a size that was not tried"
            : $"Z3 gave up: {open.Reason}";
        string lack = dropped == 0
            ? ""
            : $"; without it and what else was not shown, {Several(dropped, "clause")}, no set of clauses of the template proves the "
                + "property there";
        return $"not shown, which does not mean that it is impossible. In {Instances(select)} it is true that {open.Obligation}; "
            + $"for any size it was not shown ({why}){lack}. {Template}";
    }

    private static string Instances(LemmaSelection select) => (select.Arenas.Count == 1 ? "the instance with " : "the instances with ")
        + string.Join("; ", select.Arenas.Select(a => a.Scope.System.Sorts.IsEmpty ? "no sorts" : Describe(a.Scope)));

    private string Template =>
        $"The template: clauses of at most {Several(_options.Literals, "literal")} about at most "
            + $"{Several(_options.Variables, "element")}, {_options.OfOneSort} of one sort ({_vocabulary.Clauses():N0} clauses).";

    private static string Several(int count, string noun) => $"{count:N0} {noun}{(count == 1 ? "" : "s")}";

    public ImmutableArray<PropertyDeclaration> Excluding(Scope scope, ImmutableArray<int> state, int most)
    {
        Sample();
        var sliced = new Scope(_slice, _slice.Sorts.ToDictionary(s => s.Name, scope.SizeOf));
        var observer = new Observer(_vocabulary, new CompiledModel(new FiniteModel(sliced, assumeReachable: false)));
        int[] cells = [.. sliced.Cells.Select(c => state[scope.CellAt(c.Variable, c.Index.AsSpan())])];
        _samples.Walk(observer, states: 10_000, length: 200, _options.Cancellation);
        var found = new Candidates(_vocabulary, _samples, _options)
            .Excluding(Candidates.Rows(observer, observer.Model.Layout.Pack(cells)), Math.Max(most, 400));
        return [.. found.Take(most).Select((c, i) => LemmaInference.Lemma(_system, i + 1, _vocabulary.Formula(c), _property))];
    }

    /// <summary>Samples the reachable states of small instances. Returns a violation of the property, if there is one.</summary>
    private Trace? Sample()
    {
        var states = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var sizes in _options.Instances.IsEmpty ? Growing() : _options.Instances)
        {
            if (_options.Instances.IsEmpty && Predicted(sizes) > _options.States)
            {
                continue;
            }

            _options.Cancellation.ThrowIfCancellationRequested();
            var scope = new Scope(_slice, Sizes(sizes));
            switch (_samples.Explore(scope, _property, _options.Memory, _options.Cancellation))
            {
                case SampleOutcome.Violated:
                    var explored = new Exhaustive(
                        scope,
                        new()
                        {
                            Vacuity = false,
                            Lemmas = true,
                            MemoryBudget = _options.Memory,
                            Cancellation = _options.Cancellation
                        }).Run();
                    _options.Cancellation.ThrowIfCancellationRequested();
                    return explored.FirstViolation?.Trace;
                case SampleOutcome.TooLarge:
                    states[Key(sizes)] = double.MaxValue;
                    break;
                default:
                    states[Key(sizes)] = _samples.Instances[^1].States;
                    _progress($"{Describe(scope)}: {_samples.Instances[^1].States:N0} states");
                    break;
            }
        }

        return null;

        // Two more elements multiply their single effects.
        double Predicted(ImmutableArray<int> sizes)
        {
            double one = states.GetValueOrDefault(Key([.. sizes.Select(_ => 1)]), 1);
            return sizes.Select((n, i) =>
                n == 1 ? 1 : states.GetValueOrDefault(Key([.. sizes.Select((_, j) => i == j ? n : 1)]), one) / one)
                    .Aggregate(one, (a, b) => a * b);
        }

        static string Key(ImmutableArray<int> sizes) => string.Join(',', sizes);
    }

    /// <summary>
    /// The sizes for the slice. The requested sizes are those of the model's sorts, and the slice may have fewer sorts.
    /// </summary>
    private Dictionary<string, int> Sizes(ImmutableArray<int> sizes) => _options.Instances.IsEmpty
        ? _slice.Sorts.Zip(sizes).ToDictionary(s => s.First.Name, s => s.Second)
        : _system.Sorts.Zip(sizes).Where(s => _slice.Sorts.Contains(s.First)).ToDictionary(s => s.First.Name, s => s.Second);

    /// <summary>
    /// The sizes in growing order: no element of each sort which may be empty; one element of every sort; two of one sort; two of
    /// two sorts.
    /// </summary>
    private IEnumerable<ImmutableArray<int>> Growing() =>
        _slice.Sorts.Where(s => _system.MayBeEmpty.Contains(s.Name))
            .Select(e => _slice.Sorts.Select(s => s == e ? 0 : 1).ToImmutableArray())
            .Concat(Scope.Tuples([.. _slice.Sorts.Select(_ => 2)]).Select(t => t.Select(n => n + 1).ToImmutableArray())
            .Where(t => t.Count(n => n > 1) <= 2).OrderBy(t => t.Sum()).ThenBy(t => string.Join(',', t), StringComparer.Ordinal));

    private ProofResult Prove(IReadOnlyCollection<PropertyDeclaration> lemmas) =>
        Induction.Prove(
            _system,
            _property.IsAboutSteps ? lemmas : [.. lemmas, _property],
            [_property],
            new(_options.Timeout, _options.Threads, Vacuity: false, Cores: true, _options.Cancellation));

    private InferResult Minimal(LemmaSelection select, IReadOnlyList<PropertyDeclaration> lemmas, ProofResult proof)
    {
        (lemmas, proof) = new Minimise(some => Prove([.. some]), new Essential(select.Arenas, _property),
            select.Chosen.Zip(lemmas).ToDictionary(c => c.Second, c => c.First.Clause), _options.Cancellation).Run(lemmas, proof);

        // The lemmas are numbered anew and proved once more in the form for pasting.
        var named = lemmas.Select((l, i) => LemmaInference.Lemma(_system, i + 1, l.Formula, _property)).ToList();
        proof = Prove(named);
        if (proof.Status != ProofStatus.Proved)
        {
            return Result(Undecided("the solver does not repeat its own proof"), named, proof, select);
        }

        return Result(new Answer.Holds(Extent.AnySize), [.. named.Select(l => Explained(l, proof))], proof, select);
    }

    /// <summary>Returns the lemma with its uses in the solver's proof.</summary>
    private static PropertyDeclaration Explained(PropertyDeclaration lemma, ProofResult proof)
    {
        var use = proof.Obligations.Where(o => o.Used.Contains(lemma.Name) && o.Obligation.Conjunct.Name != lemma.Name)
            .OrderBy(o => o.Obligation.Kind == ObligationKind.Implication ? 0 : 1).FirstOrDefault();
        return use is null
            ? lemma
            : lemma with { Serves = use.Obligation.Conjunct.Name, Because = $"inferred: it is used to show that {use.Obligation}" };
    }

    private static Answer.Undecided Undecided(string why) => new(why, Extent.AnySize);

    private InferResult Result(
        Answer answer,
        IReadOnlyList<PropertyDeclaration> lemmas,
        ProofResult? proof,
        LemmaSelection? select) =>
        new(_system, _property, answer, [.. lemmas], proof, null,
            new(
                [.. _samples.Instances],
                _vocabulary.Clauses(),
                0,
                null,
                null,
                select?.Chosen.Count ?? 0,
                select?.Counterexamples ?? 0,
                _clock.Elapsed));

    /// <summary>Returns the behaviour of the slice as a behaviour of the whole model.</summary>
    private Trace Whole(Trace trace)
    {
        // One element is enough for a sort missing in the slice.
        var scope = new Scope(_system, _system.Sorts.ToDictionary(s => s.Name, s => _slice.Sorts.Contains(s) ? trace.Scope.SizeOf(s) : 1));
        var interpreter = new Interpreter(scope);
        int[] state = scope.InitialState();
        var states = ImmutableArray.Create(new TraceState(null, [.. state]));
        foreach (var step in trace.States.Skip(1))
        {
            var instance = scope.Instances.Single(i =>
                i.Action.Name == step.Instance!.Action.Name && i.Arguments.SequenceEqual(step.Instance.Arguments));
            state = interpreter.Apply(instance, state);
            states = states.Add(new(instance, [.. state]));
        }

        return Replay.Check(new Trace(scope, _property, states, trace.LastStep));
    }

    private static string Describe(Scope scope) => string.Join(", ", scope.System.Sorts.Select(s => $"{s.Name} {scope.SizeOf(s)}"));
}
