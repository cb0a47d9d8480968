using System.Collections.Immutable;

namespace Checker.App.Own;

/// <summary>A project that does not compile: a heading, and the compiler's errors, a line each. Exit code 2.</summary>
public sealed class BuildFailedException(string heading, ImmutableArray<string> errors)
    : Exception(string.Join(Environment.NewLine, [heading, .. errors.Select(e => $"  {e}")]))
{
    /// <summary>The errors with file and line, each once.</summary>
    public ImmutableArray<string> Errors { get; } = errors;
}
