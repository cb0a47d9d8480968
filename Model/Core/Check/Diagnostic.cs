using System.Collections.Immutable;
using Checker.Model.Ir;

namespace Checker.Model.Check;

/// <summary>The possible mistakes in a model. Each code has one meaning.</summary>
public static class Code
{
    /// <summary>An action updates one location twice.</summary>
    public const string DoubleUpdate = "M101";

    /// <summary>An action reads a variable after updating it.</summary>
    public const string ReadAfterWrite = "M102";

    /// <summary>Two things have one name. Two types of different namespaces count as well.</summary>
    public const string DuplicateName = "M103";

    /// <summary>A value does not belong to the variable's type: None for a type without options, or an integer outside the range.</summary>
    public const string IllTyped = "M104";

    /// <summary>
    /// A C# type is neither bool, an enum, a sort nor an option of one. Or an integer has no range, or is used as an index.
    /// </summary>
    public const string NoSuchType = "M105";

    /// <summary>A guard stands inside an If, a ForEach or a Step.</summary>
    public const string NestedGuard = "M106";

    /// <summary>A Require, If, ForEach, Step or update stands outside an action.</summary>
    public const string OutsideAction = "M107";

    /// <summary>A Next(..) stands outside a step property.</summary>
    public const string MisplacedNext = "M108";

    /// <summary>A label is not declared in the model.</summary>
    public const string UndeclaredLabel = "M109";

    /// <summary>A bound variable is used outside its scope.</summary>
    public const string Unbound = "M110";

    /// <summary>An enum's members are not 0, 1, 2, ...</summary>
    public const string OddEnum = "M111";

    /// <summary>An action updates nothing.</summary>
    public const string NoEffect = "M112";

    /// <summary>A scenario names an unknown action, or no action.</summary>
    public const string NoSuchAction = "M113";

    /// <summary>An initial value is not a constant: it reads variables, or it is missing for a sort without an option.</summary>
    public const string NoInitialValue = "M114";

    /// <summary>A model has no variables or no actions.</summary>
    public const string Empty = "M115";

    /// <summary>The index of an update depends on the state. Bind the element to a parameter with a guard instead.</summary>
    public const string StateDependentTarget = "M116";

    /// <summary>A type has more values than a machine word has bits.</summary>
    public const string TooManyValues = "M117";

    /// <summary>A term is not an expression of the language: default(Term), or a constant outside its type.</summary>
    public const string NoExpression = "M118";

    /// <summary>The C# code of a model throws an exception.</summary>
    public const string Throws = "M119";

    /// <summary>A variable is used which is no field of the model: a local, a static field, or a field of another class.</summary>
    public const string NoField = "M120";

    /// <summary>A call which may fail has no error path.</summary>
    public const string NoErrorPath = "M121";

    /// <summary>A call which may fail stands inside a ForEach.</summary>
    public const string NestedAttempt = "M122";

    /// <summary>Elements of a sort without an order are compared, or put into blocks.</summary>
    public const string NoOrder = "M123";
}

/// <summary>One mistake in a model: its code, its message with the remedy, and its place.</summary>
public sealed record Diagnostic(string Code, string Message, Source Source)
{
    public override string ToString() => $"{Source}: error {Code}: {Message}";
}

/// <summary>The refusal of a model. The message lists every mistake, one a line.</summary>
public sealed class ModelException(ImmutableArray<Diagnostic> diagnostics)
    : Exception(string.Join(Environment.NewLine, diagnostics))
{
    public ImmutableArray<Diagnostic> Diagnostics { get; } = diagnostics;
}
