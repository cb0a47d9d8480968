using System.Collections.Immutable;
using System.Diagnostics;
using Checker.Model.Ir;
using Checker.Solver.Explicit.Compile;
using Checker.Solver.Instance;
using Checker.Solver.Traces;

namespace Checker.Solver.Explicit;

/// <summary>
/// Exhaustive exploration of a finite instance: it decides each property of a model at given sizes.
/// The constructor compiles the model. <see cref="Run"/> may be called once.
/// </summary>
public sealed class Exhaustive : IForWidth<ExplorationResult>
{
    private readonly ExplorationOptions _options;
    private readonly FiniteModel _finite;
    private readonly CompiledModel _model;
    private readonly SymmetryGroup _group;
    private readonly Canonicalizer? _canonicalizer;
    private Func<Progress>? _progress;

    /// <exception cref="InstanceTooLargeException">The instance is too large to lay out.</exception>
    public Exhaustive(Scope scope, ExplorationOptions options)
    {
        _options = options;
        _finite = new FiniteModel(scope);
        _model = new CompiledModel(_finite);
        _group = new SymmetryGroup(scope);
        _canonicalizer = options.Symmetry ? new Canonicalizer(_model, _group) : null;
    }

    /// <summary>Explores an already compiled model.</summary>
    internal Exhaustive(CompiledModel model, SymmetryGroup group, Canonicalizer canonicalizer, ExplorationOptions options)
    {
        (_options, _finite, _model, _group) = (options, model.Model, model, group);
        _canonicalizer = options.Symmetry ? canonicalizer : null;
    }

    public int BitsPerState => _model.Layout.Bits;

    /// <summary>The present state of the search. Any thread may read it during <see cref="Run"/>.</summary>
    public Progress? Progress => Volatile.Read(ref _progress)?.Invoke();

    public ExplorationResult Run() => Widths.Run(_model.Words, this);

    ExplorationResult IForWidth<ExplorationResult>.Run<TWidth>()
    {
        var clock = Stopwatch.StartNew();
        var system = _finite.Scope.System;
        var canonicalizer = _canonicalizer is { IsTrivial: false } ? _canonicalizer : null;
        var checks = new Checks(_model, _options.Lemmas);
        using var explorer = checks.Explorer<TWidth>(canonicalizer, _options);
        Volatile.Write(ref _progress, () => explorer.Progress);
        try
        {
            explorer.Run();
            var path = new ShortestPath<TWidth>(explorer, _model, canonicalizer);
            var simplest = _options.Simplest ? new SimplestPath<TWidth>(explorer, _model, canonicalizer, path, _options) : null;
            var results = new Dictionary<PropertyDeclaration, PropertyResult>();
            bool complete = explorer.Outcome == Outcome.Complete;
            foreach (var property in checks.All)
            {
                results[property] = checks.Met(explorer, property) is { } found
                    ? Shown(path, simplest, property, found)
                    : new(property, complete ? true : null, null);
            }

            bool witnessesShown = system.Properties.All(p => p.IsWitnessed || p.IsRule);
            var vacuity = _options.Witnesses ? Second(explorer, path, witnessesShown ? simplest : null, results, complete) : null;
            foreach (var scenario in system.Properties.Where(p => _options.Witnesses && p.Subject == PropertySubject.Sequence))
            {
                results[scenario] = Of(scenario);
            }

            var time = clock.Elapsed;
            if (_options.Explained)
            {
                Explain(explorer, canonicalizer, results);
            }

            return new(explorer.Outcome, explorer.Set.Count, explorer.Generated, explorer.Exhausted,
                [.. system.Actions.Select((_, i) => explorer.Fired(i))], explorer.Deadlocks,
                [.. system.Properties.Where(results.ContainsKey).Select(p => results[p])], vacuity, BitsPerState, explorer.Set.Bytes,
                canonicalizer is null ? "none" : _group.Describe(_finite.Scope), time);
        }
        finally
        {
            Volatile.Write(ref _progress, null);
        }
    }

    private PropertyResult Of(PropertyDeclaration scenario)
    {
        try
        {
            var (witness, obstacle) = _options.Explained
                ? Scenarios.Explain(_finite.Scope, scenario, _options)
                : (Scenarios.Find(_finite.Scope, scenario, _options), null);
            return new(scenario, witness is not null, witness)
            {
                Obstacle = obstacle,
                // A scenario without gaps determines the actor of each step, so all its traces have one cost.
                Simplicity = _options.Simplest && witness is not null && scenario.Steps == scenario.Actions
                    ? new(TraceCost.Of(witness), null)
                    : null,
            };
        }
        catch (UnfinishedException)
        {
            return new(scenario, null, null);
        }
    }

    /// <summary>
    /// Adds to each violated invariant if the violation outlasts the operations in progress. A search which ended at the first violation
    /// is repeated over all states, as far as a small budget allows.
    /// </summary>
    private void Explain<TWidth>(
        Explorer<TWidth> explorer,
        Canonicalizer? canonicalizer,
        Dictionary<PropertyDeclaration, PropertyResult> results)
        where TWidth : struct, IWidth
    {
        PropertyResult[] violated =
        [
            .. results.Values.Where(r => r.Holds == false && r.Property is { IsClaimedInvariant: true, Subject: PropertySubject.State }),
        ];
        if (violated.Length == 0 || _finite.Scope.System.Operations.IsEmpty)
        {
            return;
        }

        if (explorer.Outcome == Outcome.Complete)
        {
            Add(explorer);
        }
        else if (explorer.Outcome == Outcome.Violated)
        {
            long budget = Math.Min(Transience.Budget, _options.MemoryBudget - explorer.Set.Bytes);
            using var whole = new Explorer<TWidth>(_model, [], [], canonicalizer, _options with { MemoryBudget = budget });
            Volatile.Write(ref _progress, () => whole.Progress);
            whole.Run();
            if (whole.Outcome == Outcome.Complete)
            {
                Add(whole);
            }
        }

        void Add(Explorer<TWidth> whole)
        {
            try
            {
                foreach (var (result, transience) in violated.Zip(Transience.Of(whole, _model, canonicalizer, violated, _options)))
                {
                    results[result.Property] = result with { Transience = transience };
                }
            }
            catch (OperationCanceledException)
            {
                // The verdicts do not depend on it, so they remain.
            }
        }
    }

    /// <summary>Returns the result of a property with its trace: a simplest one if it is asked for.</summary>
    private static PropertyResult Shown<TWidth>(
        ShortestPath<TWidth> path,
        SimplestPath<TWidth>? simplest,
        PropertyDeclaration property,
        (int Level, ulong[] State) found)
        where TWidth : struct, IWidth
    {
        var trace = path.To(found.State, found.Level, property, property.IsAboutSteps);
        if (simplest is null)
        {
            return new(property, property.IsWitnessed, trace);
        }

        var (simple, simplicity) = simplest.Of(trace, found.Level, property, property.IsAboutSteps);
        return new(property, property.IsWitnessed, simple) { Simplicity = simplicity };
    }

    /// <summary>Makes the second pass over the reachable states, for witnesses and vacuity.</summary>
    private VacuityReport? Second<TWidth>(
        Explorer<TWidth> explorer,
        ShortestPath<TWidth> path,
        SimplestPath<TWidth>? simplest,
        Dictionary<PropertyDeclaration, PropertyResult> results,
        bool complete)
        where TWidth : struct, IWidth
    {
        var system = _finite.Scope.System;
        var wanted = system.Properties.Where(p => p.IsWitnessed && p.Subject != PropertySubject.Sequence)
            .ToDictionary(p => p, p => new Question(p.Name, _finite.Property(p).Matters));
        ImmutableArray<Question> labels = _options.Vacuity && complete ? [.. Questions.Labels(_finite)] : [];
        ImmutableArray<Question> antecedents = _options.Vacuity && complete ? [.. Questions.Antecedents(_finite)] : [];
        // A reached state is a witness even in an unfinished search. Only a complete search shows that there is none.
        var answers = Coverage.Answer(explorer, _model, [.. wanted.Values, .. labels, .. antecedents], _options.Threads);
        foreach (var (property, question) in wanted)
        {
            results[property] = answers.TryGetValue(question, out var found)
                ? Shown(path, simplest, property, found)
                : new(property, complete ? false : null, null);
        }

        return !_options.Vacuity || !complete ? null : new(
            [.. system.Actions.Where((_, i) => explorer.Fired(i) == 0).Select(a => a.Name)],
            [.. labels.Where(q => !answers.ContainsKey(q)).Select(q => q.Name)],
            [.. antecedents.Where(q => !answers.ContainsKey(q)).Select(q => q.Name)]);
    }
}
