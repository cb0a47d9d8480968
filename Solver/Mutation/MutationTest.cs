using System.Collections.Immutable;
using Checker.Model.Ir;
using Checker.Solver.Explicit;
using Checker.Solver.Explicit.Compile;
using Checker.Solver.Instance;

namespace Checker.Solver.Mutation;

/// <summary>The options of a mutation test.</summary>
public sealed record MutationOptions
{
    public int Threads { get; init; } = 1;

    /// <summary>True to continue after a violation until every property is decided.</summary>
    public bool EveryProperty { get; init; }

    /// <summary>
    /// The memory in bytes for all concurrently tried mutants: their states, and the formulas and code of all. A mutant whose share
    /// does not suffice is unfinished.
    /// </summary>
    public long MemoryBudget { get; init; } = long.MaxValue;

    public CancellationToken Cancellation { get; init; }
}

/// <summary>
/// Runs mutants of a model and asks if its properties notice them. The model is explored once. If no reachable state distinguishes a
/// mutant from the model, by a step or by the truth of a property, the mutant is equivalent and is not explored. Any other mutant is
/// explored up to its first violation. Survivors are compared with the model.
/// </summary>
public static class MutationTest
{
    /// <param name="system">The model with the properties which should notice, all of which hold.</param>
    /// <param name="progress">Receives each result as soon as it is known, on any thread.</param>
    /// <returns>The results in the order of the mutants. Mutants not reached before a stop are unfinished.</returns>
    /// <exception cref="InstanceTooLargeException">The instance is too large to lay out.</exception>
    /// <exception cref="FalsePropertyException">The model itself violates a property.</exception>
    public static ImmutableArray<MutantResult> Run(
        TransitionSystem system,
        IReadOnlyDictionary<string, int> sizes,
        IReadOnlyList<Mutation> mutations,
        MutationOptions options,
        Action<MutantResult>? progress = null)
    {
        var variants = new Variants(system, sizes);
        return Widths.Run(variants.Words, new All(variants, system, mutations, options, progress));
    }

    private sealed record All(
        Variants Variants,
        TransitionSystem System,
        IReadOnlyList<Mutation> Mutations,
        MutationOptions Options,
        Action<MutantResult>? Progress) : IForWidth<ImmutableArray<MutantResult>>
    {
        public ImmutableArray<MutantResult> Run<TWidth>()
            where TWidth : struct, IWidth => MutationTest.Run<TWidth>(Variants, System, Mutations, Options, Progress);
    }

    private static ImmutableArray<MutantResult> Run<TWidth>(
        Variants variants,
        TransitionSystem system,
        IReadOnlyList<Mutation> mutations,
        MutationOptions options,
        Action<MutantResult>? progress)
        where TWidth : struct, IWidth
    {
        var memory = new SharedMemory(options.MemoryBudget, options.Threads);
        using var original = new MutantSearch<TWidth>(
            variants,
            variants.Compile(system),
            options with { EveryProperty = false },
            options.Threads,
            memory.Share);
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

        Possible possible;
        try
        {
            possible = new(original.Witnessed(system), original.Fired, new()
            {
                MemoryBudget = memory.Share,
                Cancellation = options.Cancellation,
            });
        }
        catch (UnfinishedException unfinished)
        {
            return [.. mutations.Select(m => Unfinished(m, unfinished.Outcome))];
        }

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
            try
            {
                results[i] = ResultOf(i);
            }
            catch (UnfinishedException unfinished)
            {
                results[i] = Unfinished(mutations[i], unfinished.Outcome);
            }

            progress?.Invoke(results[i]);
        });
        return [.. results];

        MutantResult ResultOf(int i) =>
            options.Cancellation.IsCancellationRequested ? Unfinished(mutations[i], Outcome.Cancelled)
            : mutants[i] is not { } mutant ? Unfinished(mutations[i], Outcome.OutOfMemory)
            : !differ[i] && possible.Agrees(mutant) ? Alike(mutations[i], MutantClass.Equivalent)
            : mutant.Difference.Properties.IsFalse
                && dead.Explains(mutant.Model.Model, mutant.Difference.Pairs)
                && possible.Agrees(mutant)
                ? Alike(mutations[i], MutantClass.Unread)
            : Try<TWidth>(variants, mutant, possible, memory, options);
    }

    private static MutantResult Try<TWidth>(
        Variants variants,
        Mutant mutant,
        Possible possible,
        SharedMemory memory,
        MutationOptions options)
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
            // An action which exists only for a label disappears with it. This says nothing about the purpose of the label.
            .. possible.Actions.Except(search.Fired)
            .Where(a => !mutation.DropsLabel || !mutation.Actions.Contains(a))
            .Select(a => $"{a} never happens"),
        ];
        MutantClass? kind = (steps[0], steps[1]) switch
        {
            (true, true) => MutantClass.Other,
            (true, false) => MutantClass.More,
            (false, true) => MutantClass.Fewer,
            // A property has changed its meaning. If it still holds, the behaviour is unchanged.
            (false, false) => lost.IsEmpty ? MutantClass.Equivalent : null,
        };
        return new(mutation, lost.IsEmpty ? MutantVerdict.Survived : MutantVerdict.Noticed, [], lost, kind, search.States, search.Outcome);
    }

    /// <summary>A compiled mutant, and its difference from the model.</summary>
    private sealed record Mutant(Mutation Mutation, CompiledModel Model, ModelDifference Difference);

    /// <summary>The abilities of the model: its witnessed reachability properties, and the actions which happen.</summary>
    /// <param name="Limits">The limits of a search for a scenario with gaps.</param>
    private sealed record Possible(
        ImmutableArray<PropertyDeclaration> Properties,
        ImmutableArray<string> Actions,
        ExplorationOptions Limits)
    {
        /// <summary>
        /// True if the scenarios whose meaning changed in the mutant are possible there exactly if they are in the model.
        /// </summary>
        public bool Agrees(Mutant mutant) => mutant.Difference.Scenarios.All(s =>
            Properties.Any(p => p.Name == s.Name) == (Scenarios.Find(mutant.Model.Model.Scope, s, Limits) is not null));
    }

    private static MutantResult Alike(Mutation mutation, MutantClass kind) =>
        new(mutation, MutantVerdict.Survived, [], [], kind, 0, Outcome.Complete);

    private static MutantResult Unfinished(Mutation mutation, Outcome outcome) =>
        new(mutation, MutantVerdict.Unfinished, [], [], null, 0, outcome);

    /// <summary>Hands out mutants one at a time, because they take from milliseconds to seconds.</summary>
    private static System.Collections.Concurrent.OrderablePartitioner<int> Partitioner(int count) =>
        System.Collections.Concurrent.Partitioner.Create(
            Enumerable.Range(0, count),
            System.Collections.Concurrent.EnumerablePartitionerOptions.NoBuffering);
}

/// <summary>The failure of a mutation test because the model itself violates a property.</summary>
public sealed class FalsePropertyException(PropertyDeclaration property) : Exception($"the model itself violates {property.Name}")
{
    public PropertyDeclaration Property { get; } = property;
}
