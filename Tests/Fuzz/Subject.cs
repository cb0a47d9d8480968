using Checker.Model.Ir;
using Checker.Solver.Instance;
using Checker.Solver.Traces;
using Checker.Tests.Fuzz.Generator;
using Checker.Tests.Fuzz.Naive;

namespace Checker.Tests.Fuzz;

/// <summary>A model, the answers of the naive interpreter, and the findings of the engines so far.</summary>
internal sealed class Subject
{
    public const int MostStates = 400;
    public const long MostWork = 1_500_000;

    private readonly Dictionary<string, NaiveSearch?> _others = new(StringComparer.Ordinal);

    /// <exception cref="TooMuchException">The instance is too large for the naive search.</exception>
    public Subject(FuzzModel model, CancellationToken cancellation)
    {
        (Model, Cancellation) = (model, cancellation);
        Truth = new(model.System, model.Sizes, MostStates, MostWork);
    }

    public FuzzModel Model { get; }

    public TransitionSystem System => Model.System;

    public NaiveSearch Truth { get; }

    public CancellationToken Cancellation { get; }

    /// <summary>The instance as used by the engines.</summary>
    public Scope Scope => field ??= new Scope(System, Model.Sizes);

    /// <summary>The traces shown by engines, for the checks of files.</summary>
    public List<Trace> Traces { get; } = [];

    /// <summary>True for a claim: every property except witnesses and lemmas.</summary>
    public static bool IsClaim(PropertyDeclaration property) =>
        property.Kind is not (PropertyKind.Reachable or PropertyKind.Scenario or PropertyKind.Lemma);

    /// <summary>The number of states of a shortest violation of any of these properties.</summary>
    public int? FirstViolation(IEnumerable<PropertyDeclaration> properties) => properties.Select(Truth.LengthOf).Min();

    /// <summary>The same model at other sizes. Null if it is too large for the naive search.</summary>
    public NaiveSearch? At(IReadOnlyDictionary<string, int> sizes)
    {
        string key = string.Join(',', System.Sorts.Select(s => sizes[s.Name]));
        if (!_others.TryGetValue(key, out var search))
        {
            search = Try(System, sizes);
            _others[key] = search;
        }

        return search;
    }

    /// <summary>The search of a model. Null if it is too large.</summary>
    public static NaiveSearch? Try(TransitionSystem system, IReadOnlyDictionary<string, int> sizes)
    {
        try
        {
            return new(system, sizes, MostStates, MostWork);
        }
        catch (TooMuchException)
        {
            return null;
        }
    }
}
