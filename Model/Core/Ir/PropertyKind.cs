namespace Checker.Model.Ir;

/// <summary>The kinds of properties. <see cref="PropertyTraits"/> tells engines and reports all they need to know about a kind.</summary>
public enum PropertyKind
{
    /// <summary>The formula holds in every reachable state.</summary>
    Invariant,

    /// <summary>The formula holds for every step: from a reachable state to a successor of it.</summary>
    StepInvariant,

    /// <summary>
    /// The formula holds in some reachable state, or for some step if it reads the state after. The search looks for a witness.
    /// </summary>
    Reachable,

    /// <summary>The named actions are possible in this order from the initial state, and the formula holds after them.</summary>
    Scenario,

    /// <summary>An invariant added by the language: values stay in their ranges, no location is written twice.</summary>
    WellFormed,

    /// <summary>The formula holds in every reachable state without successors.</summary>
    Terminal,

    /// <summary>An invariant needed for a proof. Together with the others of its design it is inductive.</summary>
    Lemma,
}

/// <summary>The part of a behaviour which a property is about.</summary>
public enum PropertySubject
{
    /// <summary>A reachable state.</summary>
    State,

    /// <summary>A step from a reachable state.</summary>
    Step,

    /// <summary>A step if the formula reads the state after, else a state.</summary>
    StateOrStep,

    /// <summary>A reachable state without successors.</summary>
    Deadlock,

    /// <summary>The state after a sequence of actions.</summary>
    Sequence,
}

/// <summary>The reason why a property is in the model.</summary>
public enum PropertyRole
{
    /// <summary>The author of the model claims it.</summary>
    Claim,

    /// <summary>The language adds it to every model.</summary>
    Rule,

    /// <summary>A proof needs it.</summary>
    Lemma,
}

/// <summary>The meaning of a property kind for the engines, the traces and the reports.</summary>
/// <param name="Name">The words for the kind in a text.</param>
/// <param name="IsWitnessed">True if a witness shows such a property; false if a counterexample refutes it.</param>
/// <param name="Question">The question which an engine decides, with {0} for the property's name.</param>
/// <param name="Shown">The sentence before the property's name at the end of its trace, with {0} for the state or the step.</param>
public sealed record PropertyTraits(
    string Name,
    PropertySubject Subject,
    bool IsWitnessed,
    PropertyRole Role,
    string Question,
    string Shown);

/// <summary>The traits of each kind.</summary>
public static class PropertyKinds
{
    private const string Holds = "whether {0} holds";
    private const string Possible = "whether {0} is possible";
    private const string Violates = "{0} violates ";

    private static readonly PropertyTraits s_invariant =
        new("invariant", PropertySubject.State, false, PropertyRole.Claim, Holds, Violates);

    private static readonly PropertyTraits s_stepInvariant =
        new("step invariant", PropertySubject.Step, false, PropertyRole.Claim, Holds, Violates);

    private static readonly PropertyTraits s_reachable =
        new("reachable", PropertySubject.StateOrStep, true, PropertyRole.Claim, Possible, "{0} is a witness of ");

    private static readonly PropertyTraits s_scenario =
        new("scenario", PropertySubject.Sequence, true, PropertyRole.Claim, Possible, "{0} are a witness of scenario ");

    private static readonly PropertyTraits s_wellFormed =
        new("rule of the language", PropertySubject.State, false, PropertyRole.Rule, Holds, "{0} breaks a rule of the model language, ");

    private static readonly PropertyTraits s_terminal = new(
        "terminal",
        PropertySubject.Deadlock,
        false,
        PropertyRole.Claim,
        "whether {0} holds where nothing can happen any more",
        "nothing is possible in {0}, which violates ");

    private static readonly PropertyTraits s_lemma =
        new("lemma", PropertySubject.State, false, PropertyRole.Lemma, "whether the lemma {0} holds", Violates);

    /// <summary>Returns the question if the formula holds in a reachable state.</summary>
    public static PropertyDeclaration Reached(string name, Node formula, Source source) =>
        new(name, PropertyKind.Reachable, formula, [], source);

    /// <summary>The switch has no default: the compiler reports a kind without traits.</summary>
    public static PropertyTraits Traits(this PropertyKind kind) => kind switch
    {
        PropertyKind.Invariant => s_invariant,
        PropertyKind.StepInvariant => s_stepInvariant,
        PropertyKind.Reachable => s_reachable,
        PropertyKind.Scenario => s_scenario,
        PropertyKind.WellFormed => s_wellFormed,
        PropertyKind.Terminal => s_terminal,
        PropertyKind.Lemma => s_lemma,
    };
}
