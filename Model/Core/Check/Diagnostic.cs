using System.Collections.Immutable;
using Checker.Model.Ir;

namespace Checker.Model.Check;

/// <summary>The mistakes that a model can make, one code and one meaning each.</summary>
public static class Code
{
    /// <summary>An action updates one location twice.</summary>
    public const string DoubleUpdate = "M101";

    /// <summary>An action reads a variable that it has already updated.</summary>
    public const string ReadAfterWrite = "M102";

    /// <summary>A name is used twice, also by two types of different namespaces.</summary>
    public const string DuplicateName = "M103";

    /// <summary>A value is not one of the variable's type (None where there is no option, an integer outside the range).</summary>
    public const string IllTyped = "M104";

    /// <summary>A C# type is neither bool, an enum, a sort nor an option of one; or an integer has no range, or is what something is indexed by.</summary>
    public const string NoSuchType = "M105";

    /// <summary>A guard stands inside an If, a ForEach or a Step.</summary>
    public const string NestedGuard = "M106";

    /// <summary>Require, If, ForEach, Step or an update outside an action.</summary>
    public const string OutsideAction = "M107";

    /// <summary>Next(..) outside a step property.</summary>
    public const string MisplacedNext = "M108";

    /// <summary>A label that the model does not declare.</summary>
    public const string UndeclaredLabel = "M109";

    /// <summary>A bound variable is used outside the scope that binds it.</summary>
    public const string Unbound = "M110";

    /// <summary>An enum's members are not 0, 1, 2, ...</summary>
    public const string OddEnum = "M111";

    /// <summary>An action that updates nothing.</summary>
    public const string NoEffect = "M112";

    /// <summary>A scenario names an action that does not exist, or none.</summary>
    public const string NoSuchAction = "M113";

    /// <summary>An initial value that is not one and the same for every run (it reads variables, or a sort without an option has none).</summary>
    public const string NoInitialValue = "M114";

    /// <summary>A model without variables or without actions.</summary>
    public const string Empty = "M115";

    /// <summary>An update whose index depends on the state: bind the element to a parameter with a guard instead.</summary>
    public const string StateDependentTarget = "M116";

    /// <summary>A type with more values than the engines have bits in a machine word.</summary>
    public const string TooManyValues = "M117";

    /// <summary>A term that is no expression of the language: default(Term), a constant that its type does not have.</summary>
    public const string NoExpression = "M118";

    /// <summary>The C# code of a model throws.</summary>
    public const string Throws = "M119";
}

/// <summary>One mistake in a model: what, where, and what would be right.</summary>
public sealed record Diagnostic(string Code, string Message, Source Source)
{
    public override string ToString() => $"{Source}: error {Code}: {Message}";
}

/// <summary>A model was refused. The message lists every mistake that was found, one a line.</summary>
public sealed class ModelException(ImmutableArray<Diagnostic> diagnostics)
    : Exception(string.Join(Environment.NewLine, diagnostics))
{
    public ImmutableArray<Diagnostic> Diagnostics { get; } = diagnostics;
}
