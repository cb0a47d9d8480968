using System.Collections.Immutable;
using System.Diagnostics;
using Checker.Model.Ir;
using Checker.Solver.Instance;
using Checker.Solver.Smt;
using Checker.Solver.Traces;
using Trace = Checker.Solver.Traces.Trace;

namespace Checker.Solver.Bounded;

/// <summary>How to look.</summary>
public sealed record BmcOptions
{
    /// <summary>For the whole run; at its end the answer is unknown.</summary>
    public TimeSpan Timeout { get; init; } = System.Threading.Timeout.InfiniteTimeSpan;

    public CancellationToken Cancellation { get; init; }
}

/// <summary>What bounded model checking found. Depth counts steps: all behaviours of that many steps or fewer were looked at.</summary>
public abstract record BmcResult
{
    /// <summary>No property is violated within the depth, or what is to be reachable is not reached within it.</summary>
    public sealed record BoundReached(int Depth) : BmcResult;

    /// <summary>A violation that no shorter behaviour shows; of the properties that are violated as early, the one given first.</summary>
    public sealed record Violated(int Depth, PropertyDeclaration Property, Trace Trace) : BmcResult;

    /// <summary>A behaviour that shows what is to be reachable, and that no shorter one shows.</summary>
    public sealed record Witnessed(int Depth, PropertyDeclaration Property, Trace Trace) : BmcResult;

    /// <summary>Z3 did not decide. Never a success, whatever was found before.</summary>
    /// <param name="Exhausted">The steps within which there is no violation; -1 if even the initial state was not decided.</param>
    public sealed record Unknown(int Depth, int Exhausted, string Reason) : BmcResult;

    /// <summary>The number of steps that was asked for.</summary>
    public int Asked => this switch
    {
        BoundReached r => r.Depth,
        Violated r => r.Depth,
        Witnessed r => r.Depth,
        Unknown r => r.Depth,
        _ => throw new UnreachableException(),
    };

    private BmcResult()
    {
    }
}

/// <summary>
/// Bounded model checking of a finite instance (Biere, Cimatti, Clarke and Zhu, "Symbolic model checking without BDDs", 1999):
/// is there a behaviour of n steps that ends in a violation, for n = 0, 1, 2, ...? (<see cref="BoundedSearch"/>)
/// </summary>
public static class FiniteBmc
{
    /// <summary>The properties of a model that exploration checks, in the order of their declaration.</summary>
    public static ImmutableArray<PropertyDeclaration> Checked(TransitionSystem system, bool lemmas = false) =>
        [.. system.Properties.Where(p => Engine.BoundedModelChecking.Decides(p.Kind) && p.Kind != PropertyKind.Reachable && (lemmas || p.Kind != PropertyKind.Lemma))];

    /// <summary>Looks for a shortest behaviour of at most <paramref name="depth"/> steps that shows what is to be reachable.</summary>
    /// <exception cref="ArgumentException">The property is not of that kind.</exception>
    /// <inheritdoc cref="Run(FiniteModel, IReadOnlyList{PropertyDeclaration}, int, BmcOptions)"/>
    public static BmcResult Witness(FiniteModel model, PropertyDeclaration property, int depth, BmcOptions options)
    {
        if (property.Kind != PropertyKind.Reachable)
        {
            throw new ArgumentException($"{property.Name} is not to be witnessed", nameof(property));
        }

        options.Cancellation.ThrowIfCancellationRequested();
        using var encoding = new FiniteEncoding(model);
        return Search(encoding, [property], depth, options);
    }

    /// <summary>Looks at all behaviours of at most <paramref name="depth"/> steps.</summary>
    /// <exception cref="EnvironmentException">There is no usable libz3.</exception>
    /// <exception cref="OperationCanceledException">The user stopped it.</exception>
    /// <exception cref="ReplayException">The interpreter refuses the behaviour that was found: a defect of this program.</exception>
    public static BmcResult Run(FiniteModel model, IReadOnlyList<PropertyDeclaration> properties, int depth, BmcOptions options)
    {
        options.Cancellation.ThrowIfCancellationRequested();
        using var encoding = new FiniteEncoding(model);
        return Run(encoding, properties, depth, options);
    }

    /// <inheritdoc cref="Run(FiniteModel, IReadOnlyList{PropertyDeclaration}, int, BmcOptions)"/>
    public static BmcResult Run(BoundedEncoding encoding, IReadOnlyList<PropertyDeclaration> properties, int depth, BmcOptions options)
    {
        if (properties.FirstOrDefault(p => p.Kind is PropertyKind.Reachable or PropertyKind.Scenario) is { } wanted)
        {
            throw new ArgumentException($"{wanted.Name} is to be witnessed; nothing violates it", nameof(properties));
        }

        return Search(encoding, properties, depth, options);
    }

    private static BmcResult Search(BoundedEncoding encoding, IReadOnlyList<PropertyDeclaration> properties, int depth, BmcOptions options) =>
        Interruption.Cancellable(() => Questions(encoding, properties, depth, options), options.Cancellation);

    private static BmcResult Questions(BoundedEncoding encoding, IReadOnlyList<PropertyDeclaration> properties, int depth, BmcOptions options)
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

        return new BmcResult.BoundReached(depth);
    }
}
