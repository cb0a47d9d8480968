namespace Checker.Model.Catalogue;

/// <summary>The expected verdict of an exploration.</summary>
public enum Expected
{
    Holds,
    Violated,
}

/// <summary>The expected verdict, with a reason unless the property holds.</summary>
public sealed record Expectation(Expected Verdict, string Reason);
