using System.Collections.Immutable;
using System.Globalization;
using Checker.Model.Ir;
using Checker.Solver.Instance;

namespace Checker.Solver.Traces;

/// <summary>
/// A state of a trace with the instance leading to it (none for the initial state). The state has the code of every cell.
/// </summary>
public sealed record TraceState(ActionInstance? Instance, ImmutableArray<int> Cells);

/// <summary>The identification of a trace's model, sufficient for building it again.</summary>
/// <param name="Design">
/// The design in the form of the command line, "snp,attribute,separate,spurious"; empty for a protocol without designs.
/// </param>
/// <param name="Bounds">The bounds in the form of the command line, "1,2,1,1,1".</param>
/// <param name="Dropped">The dropped labels.</param>
public sealed record TraceHeader(string Protocol, string Design, string Bounds, ImmutableArray<string> Dropped)
{
    /// <summary>The name of the mutant (<see cref="Mutation.Mutation"/>) if the model is one; otherwise empty.</summary>
    public string Mutant { get; init; } = "";

    /// <summary>The header known from the instance alone: without a design, and with the sizes in the order of the model's sorts.</summary>
    public static TraceHeader Of(Scope scope) => new(scope.System.Name, "",
        string.Join(',', scope.System.Sorts.Select(scope.SizeOf)), [.. scope.System.Dropped.Order(StringComparer.Ordinal)]);

    /// <summary>The header as text: "GuestMemory snp,attribute,separate,spurious, bounds 1,2,1,1,1, without punch.flush".</summary>
    public override string ToString() =>
        $"{Protocol}{(Design.Length == 0 ? "" : " " + Design)}, bounds {Bounds}"
            + (Dropped.IsEmpty ? "" : $", without {string.Join(", ", Dropped)}")
            + (Mutant.Length == 0 ? "" : $", mutant {Mutant}");
}

/// <summary>A behaviour from the initial state on: the instance of each step, and the state after it.</summary>
/// <param name="Property">The property violated or witnessed by the end of the trace.</param>
/// <param name="LastStep">True if the last step violates the property, rather than the last state.</param>
public sealed record Trace(Scope Scope, PropertyDeclaration? Property, ImmutableArray<TraceState> States, bool LastStep)
{
    /// <summary>The number of states.</summary>
    public int Length => States.Length;

    /// <summary>
    /// True if the first state is any state, and not the initial one. Such a path is a counterexample to an induction step. It need not be
    /// a behaviour of the model, and is not written to files.
    /// </summary>
    public bool BeginsAnywhere { get; init; }

    /// <summary>
    /// Returns the sentence about the end of a trace with this number of states, up to the property's name: "state 5 violates ".
    /// </summary>
    public static string Shown(PropertyDeclaration property, int length)
    {
        string where = property.Subject == PropertySubject.Sequence ? $"these {length - 1} steps"
            : property.IsAboutSteps ? $"the step to state {length}"
            : $"state {length}";
        return string.Format(CultureInfo.InvariantCulture, property.Kind.Traits().Shown, where);
    }

    /// <summary>
    /// The header. Engines know only the instance; callers which know the design set it with <c>trace with { Header = .. }</c>.
    /// </summary>
    public TraceHeader Header { get; init; } = TraceHeader.Of(Scope);
}
