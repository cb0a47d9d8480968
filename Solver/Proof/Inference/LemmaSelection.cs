using Checker.Model.Ir;
using Checker.Solver.Explicit.Compile;
using Checker.Solver.Instance;

namespace Checker.Solver.Proof.Inference;

/// <summary>A chosen candidate as a formula.</summary>
/// <param name="For">The conjunct for which it was chosen; null for the property.</param>
internal sealed record Conjunct(Clause Clause, Node Formula, Conjunct? For)
{
    public bool Serves(Conjunct other) => For is not null && (ReferenceEquals(For, other) || For.Serves(other));
}

/// <summary>A finite instance for finding counterexamples to induction.</summary>
internal sealed class Arena : IDisposable
{
    private readonly Interpreter _interpreter;

    public Arena(TransitionSystem slice, Vocabulary vocabulary, int elements, CancellationToken cancellation)
    {
        var model = new FiniteModel(new Scope(slice, slice.Sorts.ToDictionary(s => s.Name, _ => elements)), assumeReachable: false);
        _interpreter = new Interpreter(model.Scope);
        Finite = new Counterexamples(model, vocabulary, cancellation);
        Observer = new Observer(vocabulary, new CompiledModel(model));
    }

    public Counterexamples Finite { get; }

    public Observer Observer { get; }

    public Scope Scope => Finite.Model.Scope;

    /// <summary>The conjuncts known to be kept by every step.</summary>
    public HashSet<Conjunct> Settled { get; } = new(ReferenceEqualityComparer.Instance);

    public bool PropertySettled { get; set; }

    /// <summary>
    /// Confirms a finding of the solver with the interpreter: it is a step of the model, and (if there is a property) the state or the step
    /// violates the property. So statements about all inductive sets of candidates do not depend on the solver.
    /// </summary>
    /// <exception cref="InvalidOperationException">The interpreter refutes the finding.</exception>
    public void Confirm(Counterexample found, PropertyDeclaration? property)
    {
        bool step = found.Instance is null
            || _interpreter.Step(found.Instance, found.Before) is { } after && after.AsSpan().SequenceEqual(found.After);
        bool holds = property is not null
            && (found.Instance is null
                ? _interpreter.Holds(property.Formula, found.Before)
                : _interpreter.Holds(property.Formula, found.Before, found.After));
        if (!step || holds)
        {
            throw new InvalidOperationException($"Z3's counterexample to induction at {found.Instance} is none for the interpreter");
        }
    }

    public ulong[] Pack(int[] state) => Observer.Model.Layout.Pack(state);

    public void Dispose() => Finite.Dispose();
}

/// <summary>
/// Chooses an inductive set of candidates, starting from the property. A counterexample to induction is excluded by a candidate, which
/// then must be inductive itself. If no candidate excludes it, every inductive set of candidates allows the state before, so it must
/// allow the state after. This state becomes a sample, which refutes the current conjunct and many others. So a candidate is given up
/// exactly if Houdini (Flanagan and Leino, "Houdini, an annotation assistant for ESC/Java", 2001), starting from all candidates at
/// once, would give it up. But only candidates reached from the property are ever examined.
/// </summary>
internal sealed class LemmaSelection : IDisposable
{
    /// <summary>The number of candidates examined for excluding a counterexample, and the number of the plainest tried.</summary>
    private const int Choices = 400;
    private const int Tried = 24;

    /// <summary>The number of states behind an allowed state which become samples together with it.</summary>
    private const int Closure = 200;
    private const int Walked = 20_000;
    private const int WalkLength = 200;
    private readonly TransitionSystem _slice;
    private readonly Vocabulary _vocabulary;
    private readonly Candidates _candidates;
    private readonly InferOptions _options;
    private readonly PropertyDeclaration _property;
    private readonly Action<string> _progress;
    private readonly List<Arena> _arenas = [];
    private readonly List<Conjunct> _chosen = [];
    private readonly List<Conjunct> _spare = [];

    public LemmaSelection(
        TransitionSystem slice,
        PropertyDeclaration property,
        Vocabulary vocabulary,
        Candidates candidates,
        InferOptions options,
        Action<string> progress)
    {
        (_slice, _vocabulary, _candidates, _options, _property, _progress) = (slice, vocabulary, candidates, options, property, progress);
        if (Add(options.Elements) is { } reason)
        {
            throw new NotSupportedException($"with {options.Elements} elements of each sort the model is too large to look for "
                + $"counterexamples to induction: {reason}");
        }
    }

    /// <summary>The number of counterexamples to induction found.</summary>
    public int Counterexamples { get; private set; }

    public IReadOnlyList<Conjunct> Chosen => _chosen;

    public IReadOnlyList<Arena> Arenas => _arenas;

    /// <summary>The counterexample which no candidate excludes, and its instance, if the search failed.</summary>
    public (Scope Scope, Counterexample Counterexample)? Stuck { get; private set; }

    /// <summary>The number of samples while there was only the first instance.</summary>
    public int[]? FirstArena { get; private set; }

    /// <summary>
    /// The clauses which were chosen, are kept by every step in all instances, and were given up because the solver does not prove
    /// them.
    /// </summary>
    public IReadOnlyCollection<Clause> Dropped => _candidates.Dropped;

    /// <summary>
    /// Adds an instance with one more element of each sort to the search. Dropped clauses become candidates again: there may now be a
    /// counterexample which shows why one is not provable, or one which leads to its missing lemma.
    /// </summary>
    /// <returns>False if such an instance exceeds the options' limit.</returns>
    public bool Widen()
    {
        int elements = _options.Elements + _arenas.Count;
        if (elements > _options.MostElements || Steps(elements) > _options.MostSteps)
        {
            return false;
        }

        Restore();
        FirstArena ??= _candidates.Samples.Marks();
        return Add(elements) is null;
    }

    /// <summary>Makes candidates of the dropped clauses again.</summary>
    public void Restore() => _candidates.Restore();

    private double Steps(int elements) => _slice.Actions.Sum(a => a.Parameters.Aggregate(1.0, (n, p) => n * Size(p.Type, elements)));

    private static double Size(ModelType type, int elements) => type switch
    {
        SortType => elements,
        EnumType e => e.Members.Length,
        OptionType o => 1 + Size(o.Element, elements),
        RangeType r => r.Max + 1,
        _ => 2,
    };

    /// <returns>Null, or the reason why the instance is too large for a layout.</returns>
    private string? Add(int elements)
    {
        Arena arena;
        try
        {
            arena = new Arena(_slice, _vocabulary, elements, _options.Cancellation);
        }
        catch (InstanceTooLargeException tooLarge)
        {
            return tooLarge.Message;
        }

        _arenas.Add(arena);
        _candidates.Samples.Walk(arena.Observer, Walked, WalkLength, _options.Cancellation);
        Remove([.. _chosen.Where(c => !_candidates.Holds(c.Clause))]);
        return null;
    }

    /// <summary>Continues until the chosen set is inductive in the instances and implies the property, or until no set can do so.</summary>
    public bool Run()
    {
        while (_arenas.Find(a => !a.PropertySettled || _chosen.Exists(c => !a.Settled.Contains(c))) is { } arena)
        {
            _options.Cancellation.ThrowIfCancellationRequested();
            if (!arena.PropertySettled)
            {
                if (arena.Finite.Violating(_property, Clauses, small: true) is not { } violation)
                {
                    arena.PropertySettled = true;
                }
                else if (!Exclude(arena, violation, null))
                {
                    arena.Confirm(violation, _property);
                    Stuck = (arena.Scope, violation);
                    return false;
                }

                continue;
            }

            var conjunct = _chosen.Find(c => !arena.Settled.Contains(c))!;
            if (arena.Finite.Breaking(conjunct.Clause, Clauses, small: true) is not { } breach)
            {
                arena.Settled.Add(conjunct);
            }
            else if (!Exclude(arena, breach, conjunct))
            {
                Allow(arena, breach);
            }
        }

        return true;
    }

    /// <summary>Removes a conjunct until the next <see cref="Restore"/>, although it holds in the samples.</summary>
    public void Drop(Conjunct conjunct)
    {
        _candidates.Drop(conjunct.Clause);
        Remove([conjunct]);
    }

    public void Dispose() => _arenas.ForEach(a => a.Dispose());

    private IEnumerable<Clause> Clauses => _chosen.Select(c => c.Clause);

    private bool Exclude(Arena arena, Counterexample counterexample, Conjunct? of)
    {
        Counterexamples++;
        var rows = Candidates.Rows(arena.Observer, arena.Pack(counterexample.Before));
        if (_spare.Find(c => _candidates.Excludes(c.Clause, rows)) is { } spare)
        {
            _spare.Remove(spare);
            Take(spare with { For = of });
            return true;
        }

        var choices = _candidates.Excluding(rows, Choices);
        if (choices.Count == 0)
        {
            return false;
        }

        // The best one needs no further help. If there is none, the plainest is taken.
        var conjuncts = choices.Take(Tried).Select(c => new Conjunct(c, _vocabulary.Formula(c), of)).ToList();
        if (conjuncts.Find(c => arena.Finite.Breaking(c.Clause, Clauses.Append(c.Clause), small: false) is null) is { } inductive)
        {
            arena.Settled.Add(inductive);
            Take(inductive);
        }
        else
        {
            Take(conjuncts[0]);
        }

        return true;
    }

    private void Take(Conjunct conjunct)
    {
        _progress($"+ {conjunct.Formula}");
        _chosen.Add(conjunct);
    }

    /// <summary>No candidate excludes the state before the step. So the state after it must be allowed.</summary>
    public void Allow(Arena arena, Counterexample breach)
    {
        arena.Confirm(breach, null);
        var states = new Queue<ulong[]>([arena.Pack(breach.Before), arena.Pack(breach.After)]);
        var seen = states.Select(Key).ToHashSet(StringComparer.Ordinal);
        for (int looked = 0; looked < Closure && states.TryDequeue(out ulong[]? state); looked++)
        {
            // If a state shows nothing new, its successors hardly do either.
            if (_candidates.Samples.Add(arena.Observer, state) || looked < 2)
            {
                foreach (ulong[] next in arena.Observer.Model.Successors(state).Where(n => seen.Add(Key(n))))
                {
                    states.Enqueue(next);
                }
            }
        }

        string unusual = string.Join(
            ", ",
            arena.Scope.Cells.Where(c => breach.Before[c.Number] != c.Initial)
                .Select(c => $"{c}={Printer.Value(c.Variable.Type, breach.Before[c.Number])}"));
        _progress($"! {breach.Instance} from {unusual}");
        Remove([.. _chosen.Where(c => !_candidates.Holds(c.Clause))]);

        static string Key(ulong[] state) => string.Join(',', state);
    }

    /// <summary>Removes conjuncts. Those chosen only for their sake are kept in reserve.</summary>
    private void Remove(IReadOnlyCollection<Conjunct> gone)
    {
        if (gone.Count == 0)
        {
            return;
        }

        foreach (var conjunct in gone)
        {
            _progress($"- {conjunct.Formula}");
            _chosen.Remove(conjunct);
        }

        var idle = _chosen.Where(c => gone.Any(c.Serves)).ToList();
        _chosen.RemoveAll(idle.Contains);
        _spare.AddRange(idle);
        _spare.RemoveAll(c => !_candidates.Holds(c.Clause));

        // Conjuncts shown with the help of a removed one must be shown again.
        foreach (var arena in _arenas)
        {
            arena.Settled.Clear();
            arena.PropertySettled = false;
        }
    }
}
