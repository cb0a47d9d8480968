using System.Text;
using Checker.Solver.Smt;

namespace Checker.Cli;

/// <summary>The standard output and standard error of the program, connected to anything.</summary>
internal static class StandardStreams
{
    /// <summary>
    /// Makes the console's writers safe. An unwritable output is an error of the environment; for messages it is ignored.
    /// </summary>
    public static void Guard()
    {
        Console.SetOut(new Guarded(
            Console.Out,
            e => throw new EnvironmentException($"standard output cannot be written: {Reason(e)}", "write it to another place")));
        // There is no other place for these messages.
        Console.SetError(new Guarded(Console.Error, _ => { }));
    }

    private static string Reason(Exception failure) => failure is UnauthorizedAccessException ? "it is closed" : failure.Message;

    private sealed class Guarded(TextWriter inner, Action<Exception> failed) : TextWriter
    {
        public override Encoding Encoding => inner.Encoding;

        public override void Write(char value) => Try(() => inner.Write(value));

        public override void Write(string? value) => Try(() => inner.Write(value));

        public override void Write(char[] buffer, int index, int count) => Try(() => inner.Write(buffer, index, count));

        public override void Flush() => Try(inner.Flush);

        private void Try(Action write)
        {
            try
            {
                write();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                failed(e);
            }
        }
    }
}
