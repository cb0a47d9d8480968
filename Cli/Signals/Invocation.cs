using System.CommandLine;

namespace Checker.Cli.Signals;

/// <summary>The streams of a program run, and its interrupt.</summary>
internal sealed class Invocation(Interrupt interrupt) : InvocationConfiguration
{
    public Interrupt Interrupt { get; } = interrupt;
}
