namespace Checker.App;

/// <summary>The exit codes of the program.</summary>
public static class ExitCode
{
    /// <summary>All verdicts are as expected.</summary>
    public const int Ok = 0;

    /// <summary>A property is violated, or an expected violation is missing.</summary>
    public const int Violated = 1;

    /// <summary>Bad usage or bad input.</summary>
    public const int BadInput = 2;

    /// <summary>
    /// There is no verdict: out of memory, stopped, or an error of the program itself. This is never reported as success.
    /// </summary>
    public const int Unfinished = 3;

    /// <summary>The environment lacks a needed part. The program has printed the command which installs it.</summary>
    public const int Environment = 4;

    /// <summary>Returns the code of a command. A violation counts even if other questions have no answer.</summary>
    /// <param name="violated">A property is violated, or an expectation is not met.</param>
    /// <param name="unfinished">A question has no answer.</param>
    public static int Of(bool violated, bool unfinished) => violated ? Violated : unfinished ? Unfinished : Ok;
}
