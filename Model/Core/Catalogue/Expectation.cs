namespace Checker.Model.Catalogue;

/// <summary>The verdict that exploration should find.</summary>
public enum Expected
{
    Holds,
    Violated,
}

/// <summary>What exploration should find, and why that is right where it is not that the property holds.</summary>
public sealed record Expectation(Expected Verdict, string Reason);
