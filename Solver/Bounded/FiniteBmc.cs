using System.Collections.Immutable;
using Checker.Model.Ir;
using Checker.Solver.Instance;
using Checker.Solver.Smt;
using Checker.Solver.Traces;

namespace Checker.Solver.Bounded;

/// <summary>The options of bounded model checking.</summary>
public sealed record BmcOptions
{
    /// <summary>The time limit of the whole run. After it the answer is unknown.</summary>
    public TimeSpan Timeout { get; init; } = System.Threading.Timeout.InfiniteTimeSpan;

    public CancellationToken Cancellation { get; init; }
}

/// <summary>The result of bounded model checking. Depths count steps.</summary>
/// <param name="Answer">
/// About the behaviours of at most <paramref name="Asked"/> steps. A violation or a witness is a shortest one; of several properties
/// violated at the same length, it is the one given first.
/// </param>
/// <param name="Asked">The requested number of steps.</param>
/// <param name="Exhausted">
/// The number of steps of the longest behaviours which were all searched, without a violation or a witness; -1 if even the initial
/// state was not.
/// </param>
public sealed record BmcResult(Answer Answer, int Asked, int Exhausted);

/// <summary>
/// Bounded model checking of a finite instance (Biere, Cimatti, Clarke and Zhu, "Symbolic model checking without BDDs", 1999). It
/// asks for n = 0, 1, 2, ...: does a behaviour of n steps end in a violation? (<see cref="BoundedSearch"/>)
/// </summary>
public static class FiniteBmc
{
    /// <summary>The properties checked by exploration, in the order of their declaration.</summary>
    public static ImmutableArray<PropertyDeclaration> Checked(TransitionSystem system, bool lemmas = false) =>
        [.. system.Properties.Where(p =>
            Engine.BoundedModelChecking.Decides(p.Kind) && !p.IsWitnessed && (lemmas || !p.IsLemma))];

    /// <summary>Searches a shortest witness of a reachability property with at most <paramref name="depth"/> steps.</summary>
    /// <exception cref="ArgumentException">The property has another kind.</exception>
    /// <inheritdoc cref="Run(FiniteModel, IReadOnlyList{PropertyDeclaration}, int, BmcOptions)"/>
    public static BmcResult Witness(FiniteModel model, PropertyDeclaration property, int depth, BmcOptions options)
    {
        if (!property.IsWitnessed || !Engine.BoundedModelChecking.Decides(property.Kind))
        {
            throw new ArgumentException($"{property.Name} is not to be witnessed", nameof(property));
        }

        options.Cancellation.ThrowIfCancellationRequested();
        using var encoding = new FiniteEncoding(model);
        return Search(encoding, [property], depth, options);
    }

    /// <summary>Searches all behaviours of at most <paramref name="depth"/> steps.</summary>
    /// <exception cref="EnvironmentException">There is no usable libz3.</exception>
    /// <exception cref="OperationCanceledException">The user stopped the run.</exception>
    /// <exception cref="ReplayException">The interpreter refuses the behaviour found, which is a defect of this program.</exception>
    public static BmcResult Run(FiniteModel model, IReadOnlyList<PropertyDeclaration> properties, int depth, BmcOptions options)
    {
        options.Cancellation.ThrowIfCancellationRequested();
        using var encoding = new FiniteEncoding(model);
        return Run(encoding, properties, depth, options);
    }

    /// <inheritdoc cref="Run(FiniteModel, IReadOnlyList{PropertyDeclaration}, int, BmcOptions)"/>
    public static BmcResult Run(BoundedEncoding encoding, IReadOnlyList<PropertyDeclaration> properties, int depth, BmcOptions options)
    {
        if (properties.FirstOrDefault(p => p.IsWitnessed) is { } wanted)
        {
            throw new ArgumentException($"{wanted.Name} is to be witnessed; nothing violates it", nameof(properties));
        }

        return Search(encoding, properties, depth, options);
    }

    private static BmcResult Search(
        BoundedEncoding encoding,
        IReadOnlyList<PropertyDeclaration> properties,
        int depth,
        BmcOptions options) =>
        Interruption.Cancellable(() => Questions(encoding, properties, depth, options), options.Cancellation);

    private static BmcResult Questions(
        BoundedEncoding encoding,
        IReadOnlyList<PropertyDeclaration> properties,
        int depth,
        BmcOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(depth);
        options.Cancellation.ThrowIfCancellationRequested();
        using var interrupt = new Interruption(encoding.Context, options.Cancellation);
        using var search = new BoundedSearch(encoding, properties, depth, new Deadline(options));
        for (int length = 0; length <= depth; length++)
        {
            if (search.Next() is { } result)
            {
                return result;
            }
        }

        Answer none = properties.Any(p => p.IsWitnessed) ? new Answer.Impossible(Extent.Steps) : new Answer.Holds(Extent.Steps);
        return new(none, depth, depth);
    }
}
