namespace Checker.App;

/// <summary>What the program says to a shell.</summary>
public static class ExitCode
{
    /// <summary>All as expected.</summary>
    public const int Ok = 0;

    /// <summary>A property is violated, or something that was expected did not happen.</summary>
    public const int Violated = 1;

    /// <summary>Bad usage or bad input.</summary>
    public const int BadInput = 2;

    /// <summary>No verdict: out of memory, stopped, or an error of the program itself. Never reported as success.</summary>
    public const int Unfinished = 3;

    /// <summary>The environment lacks something; the command that mends it was printed.</summary>
    public const int Environment = 4;
}
