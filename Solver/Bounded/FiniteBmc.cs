using System.Collections.Immutable;
using System.Diagnostics;
using Checker.Model.Ir;
using Checker.Solver.Instance;
using Checker.Solver.Smt;
using Checker.Solver.Traces;
using Trace = Checker.Solver.Traces.Trace;
using Z3 = Microsoft.Z3;

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
    /// <summary>No property is violated within the depth.</summary>
    public sealed record BoundReached(int Depth) : BmcResult;

    /// <summary>A violation that no shorter behaviour shows; of the properties that are violated as early, the one given first.</summary>
    public sealed record Violated(int Depth, PropertyDeclaration Property, Trace Trace) : BmcResult;

    /// <summary>Z3 did not decide. Never a success, whatever was found before.</summary>
    /// <param name="Exhausted">The steps within which there is no violation; -1 if even the initial state was not decided.</param>
    public sealed record Unknown(int Depth, int Exhausted, string Reason) : BmcResult;

    /// <summary>The number of steps that was asked for.</summary>
    public int Asked => this switch
    {
        BoundReached r => r.Depth,
        Violated r => r.Depth,
        Unknown r => r.Depth,
        _ => throw new UnreachableException(),
    };

    private BmcResult()
    {
    }
}

/// <summary>
/// Bounded model checking of a finite instance (Biere, Cimatti, Clarke and Zhu, "Symbolic model checking without BDDs", 1999):
/// is there a behaviour of n steps that ends in a violation, for n = 0, 1, 2, ...? One solver learns all the way; a length's
/// question is asked under an assumption, and what was refuted is asserted before the next.
/// </summary>
public static class FiniteBmc
{
    /// <summary>The properties of a model that exploration checks, in the order of their declaration.</summary>
    public static ImmutableArray<PropertyDeclaration> Checked(TransitionSystem system, bool lemmas = false) =>
        [.. system.Properties.Where(p => Engine.BoundedModelChecking.Decides(p.Kind) && (lemmas || p.Kind != PropertyKind.Lemma))];

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
        ArgumentOutOfRangeException.ThrowIfNegative(depth);
        options.Cancellation.ThrowIfCancellationRequested();
        using var solver = encoding.NewSolver();
        using var interrupt = options.Cancellation.Register(encoding.Context.Interrupt);
        var clock = Stopwatch.StartNew();
        solver.Assert(encoding.Initial(0));
        for (int length = 0; length <= depth; length++)
        {
            if (length > 0)
            {
                solver.Assert(encoding.Transition(length - 1));
            }

            // A behaviour of this length ends in a bad state, or with a bad step.
            var asked = properties.Select(p => (Property: p, At: length - (FiniteModel.SpeaksOfSteps(p) ? 1 : 0))).Where(p => p.At >= 0)
                .Select((p, i) => (p.Property, Literal: Define(encoding, solver, $"bad@{length}.{i}", encoding.Violated(p.Property, p.At))))
                .ToImmutableArray();
            var any = Define(encoding, solver, $"bad@{length}", encoding.Context.MkOr(asked.Select(b => b.Literal)));
            switch (Check(any))
            {
                case Z3.Status.UNSATISFIABLE:
                    solver.Assert(encoding.Context.MkNot(any));
                    break;
                case Z3.Status.SATISFIABLE:
                    foreach (var (property, literal) in asked)
                    {
                        switch (Check(literal))
                        {
                            case Z3.Status.SATISFIABLE:
                                return new BmcResult.Violated(depth, property, Decode(encoding, solver.Model, property, length));
                            case Z3.Status.UNKNOWN:
                                return Unknown(length);
                            default:
                                break;
                        }
                    }

                    throw new InvalidOperationException("Z3 finds one of the properties violated, and none of them");
                default:
                    return Unknown(length);
            }
        }

        return new BmcResult.BoundReached(depth);

        Z3.Status Check(Z3.BoolExpr assumption)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            if (options.Timeout != System.Threading.Timeout.InfiniteTimeSpan)
            {
                var left = options.Timeout - clock.Elapsed;
                if (left <= TimeSpan.Zero)
                {
                    return Z3.Status.UNKNOWN;
                }

                solver.Set("timeout", (uint)Math.Clamp(left.TotalMilliseconds, 1, uint.MaxValue - 1.0));
            }

            return solver.Check(assumption);
        }

        BmcResult.Unknown Unknown(int length)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            bool late = options.Timeout != System.Threading.Timeout.InfiniteTimeSpan && clock.Elapsed >= options.Timeout;
            return new(depth, length - 1, late ? $"not decided within {options.Timeout.TotalSeconds:0.#} s" : $"Z3 says unknown: {solver.ReasonUnknown}");
        }
    }

    /// <summary>A literal that is true just where the formula is.</summary>
    private static Z3.BoolExpr Define(BoundedEncoding encoding, Z3.Solver solver, string name, Z3.BoolExpr formula)
    {
        var literal = encoding.NewTruth(name);
        solver.Assert(encoding.Context.MkIff(literal, formula));
        return literal;
    }

    private static Trace Decode(BoundedEncoding encoding, Z3.Model found, PropertyDeclaration property, int length)
    {
        var states = Enumerable.Range(0, length + 1).Select(step =>
            new TraceState(step == 0 ? null : encoding.ReadInstance(found, step - 1), [.. encoding.ReadState(found, step)]));
        return Replay.Check(new Trace(encoding.Scope, property, [.. states], FiniteModel.SpeaksOfSteps(property)));
    }
}
