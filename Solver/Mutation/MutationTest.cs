using System.Collections.Immutable;
using Checker.Model.Ir;
using Checker.Solver.Explicit;
using Checker.Solver.Explicit.Compile;
using Checker.Solver.Instance;

namespace Checker.Solver.Mutation;

/// <summary>How to test.</summary>
public sealed record MutationOptions
{
    public int Threads { get; init; } = 1;

    /// <summary>Goes on after a violation until every property is decided.</summary>
    public bool EveryProperty { get; init; }

    /// <summary>
    /// The bytes that all mutants that are tried at a time may take: their states, and the formulas and code of all. A mutant for which
    /// its part does not suffice is unfinished.
    /// </summary>
    public long MemoryBudget { get; init; } = long.MaxValue;

    public CancellationToken Cancellation { get; init; }
}

/// <summary>
/// Runs mutants of a model: do its properties notice? The model is explored once. A mutant that no state of it tells from it, by a step or
/// by the truth of a property, is equivalent, and is not explored; any other is explored up to its first violation, and what survives is
/// compared with the model.
/// </summary>
public static class MutationTest
{
    /// <param name="system">With the properties that are to notice, all of which hold.</param>
    /// <param name="progress">Is told of each result, from any thread, as it comes.</param>
    /// <returns>In the order of the mutants; those that were not reached before it was stopped are unfinished.</returns>
    /// <exception cref="ArgumentException">The instance is too large to lay out.</exception>
    /// <exception cref="FalsePropertyException">The model itself violates a property.</exception>
    public static ImmutableArray<MutantResult> Run(TransitionSystem system, IReadOnlyDictionary<string, int> sizes, IReadOnlyList<Mutation> mutations, MutationOptions options,
        Action<MutantResult>? progress = null)
    {
        var variants = new Variants(system, sizes);
        return Widths.Run(variants.Words, new All(variants, system, mutations, options, progress));
    }

    private sealed record All(Variants Variants, TransitionSystem System, IReadOnlyList<Mutation> Mutations, MutationOptions Options, Action<MutantResult>? Progress) : IForWidth<ImmutableArray<MutantResult>>
    {
        public ImmutableArray<MutantResult> Run<TWidth>()
            where TWidth : struct, IWidth => MutationTest.Run<TWidth>(Variants, System, Mutations, Options, Progress);
    }

    private static ImmutableArray<MutantResult> Run<TWidth>(Variants variants, TransitionSystem system, IReadOnlyList<Mutation> mutations, MutationOptions options, Action<MutantResult>? progress)
        where TWidth : struct, IWidth
    {
        var memory = new SharedMemory(options.MemoryBudget, options.Threads);
        using var original = new MutantSearch<TWidth>(variants, variants.Compile(system), options with { EveryProperty = false }, options.Threads, memory.Share);
        var itself = original.Run();
        if (itself.Length > 0)
        {
            throw new FalsePropertyException(itself[0].Property);
        }

        var results = new MutantResult[mutations.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads };
        if (original.Outcome != Outcome.Complete)
        {
            return [.. mutations.Select(m => Unfinished(m, original.Outcome))];
        }

        var possible = new Possible(original.Witnessed(system), original.Fired);
        var mutants = new Mutant?[mutations.Count];
        Parallel.For(0, mutations.Count, parallel, i =>
        {
            if (!memory.IsSpent && !options.Cancellation.IsCancellationRequested)
            {
                var mutant = variants.Compile(mutations[i].System);
                mutants[i] = new(mutations[i], mutant, new ModelDifference(original.Model.Model, mutant.Model, mutations[i].Actions));
            }
        });
        var dead = new DeadValues(original.Model.Model);
        bool[] differ = original.Reached([.. mutants.Select(m => m?.Difference.Any ?? Formula.False)], options.Threads);
        Parallel.ForEach(Partitioner(mutations.Count), parallel, i =>
        {
            results[i] = options.Cancellation.IsCancellationRequested ? Unfinished(mutations[i], Outcome.Cancelled)
                : mutants[i] is not { } mutant ? Unfinished(mutations[i], Outcome.OutOfMemory)
                : !differ[i] && possible.Agrees(mutant) ? Alike(mutations[i], MutantClass.Equivalent)
                : mutant.Difference.Properties.IsFalse && dead.Explains(mutant.Model.Model, mutant.Difference.Pairs) && possible.Agrees(mutant) ? Alike(mutations[i], MutantClass.Unread)
                : Try<TWidth>(variants, mutant, possible, memory, options);
            progress?.Invoke(results[i]);
        });
        return [.. results];
    }

    private static MutantResult Try<TWidth>(Variants variants, Mutant mutant, Possible possible, SharedMemory memory, MutationOptions options)
        where TWidth : struct, IWidth
    {
        var mutation = mutant.Mutation;
        if (memory.IsSpent)
        {
            return Unfinished(mutation, Outcome.OutOfMemory);
        }

        using var search = new MutantSearch<TWidth>(variants, mutant.Model, options, threads: 1, memory.Share);
        Func<long> bytes = () => search.Bytes;
        memory.Begin(bytes);
        try
        {
            return Judge(search, mutant, possible);
        }
        finally
        {
            memory.End(bytes);
        }
    }

    private static MutantResult Judge<TWidth>(MutantSearch<TWidth> search, Mutant mutant, Possible possible)
        where TWidth : struct, IWidth
    {
        var mutation = mutant.Mutation;
        var violations = search.Run();
        if (violations.Length > 0)
        {
            return new(mutation, MutantVerdict.Killed, violations, [], null, search.States, search.Outcome);
        }

        if (search.Outcome != Outcome.Complete)
        {
            return Unfinished(mutation, search.Outcome) with { States = search.States };
        }

        bool[] steps = search.Reached([mutant.Difference.Added, mutant.Difference.Missing], threads: 1);
        var still = search.Witnessed(mutation.System).Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        ImmutableArray<string> lost =
        [
            .. possible.Properties.Where(p => !still.Contains(p.Name)).Select(p => p.Name),
            // An action that is there for a label goes with it: that says nothing of what the label is good for.
            .. possible.Actions.Except(search.Fired).Where(a => mutation.Kind != MutationKind.Label || !mutation.Actions.Contains(a)).Select(a => $"{a} never happens"),
        ];
        MutantClass? kind = (steps[0], steps[1]) switch
        {
            (true, true) => MutantClass.Other,
            (true, false) => MutantClass.More,
            (false, true) => MutantClass.Fewer,
            // A property says something else. If that holds as well, all is as it was.
            (false, false) => lost.IsEmpty ? MutantClass.Equivalent : null,
        };
        return new(mutation, lost.IsEmpty ? MutantVerdict.Survived : MutantVerdict.Noticed, [], lost, kind, search.States, search.Outcome);
    }

    /// <summary>A mutant, compiled, and its difference from the model.</summary>
    private sealed record Mutant(Mutation Mutation, CompiledModel Model, ModelDifference Difference);

    /// <summary>What the model can do: the properties that say so, and the actions that happen.</summary>
    private sealed record Possible(ImmutableArray<PropertyDeclaration> Properties, ImmutableArray<string> Actions)
    {
        /// <summary>The scenarios that say something else in the mutant are possible there if they are in the model.</summary>
        public bool Agrees(Mutant mutant) => mutant.Difference.Scenarios.All(s =>
            Properties.Any(p => p.Name == s.Name) == (Scenarios.Find(mutant.Model.Model.Scope, s) is not null));
    }

    private static MutantResult Alike(Mutation mutation, MutantClass kind) => new(mutation, MutantVerdict.Survived, [], [], kind, 0, Outcome.Complete);

    private static MutantResult Unfinished(Mutation mutation, Outcome outcome) => new(mutation, MutantVerdict.Unfinished, [], [], null, 0, outcome);

    /// <summary>One at a time: mutants take from milliseconds to seconds.</summary>
    private static System.Collections.Concurrent.OrderablePartitioner<int> Partitioner(int count) =>
        System.Collections.Concurrent.Partitioner.Create(Enumerable.Range(0, count), System.Collections.Concurrent.EnumerablePartitionerOptions.NoBuffering);
}

/// <summary>A model violates a property that its mutants were to be told by.</summary>
public sealed class FalsePropertyException(PropertyDeclaration property) : Exception($"the model itself violates {property.Name}")
{
    public PropertyDeclaration Property { get; } = property;
}
