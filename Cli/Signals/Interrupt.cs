using System.Runtime.InteropServices;

namespace Checker.Cli.Signals;

/// <summary>
/// Ctrl-C (and SIGTERM): the first one asks what runs to stop and say how far it came; the second one ends the program as if
/// nobody had listened.
/// </summary>
internal sealed class Interrupt : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _signals;
    private readonly TextWriter _error;

    public Interrupt(TextWriter error)
    {
        _error = error;
        _signals =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle),
        ];

        void Handle(PosixSignalContext signal)
        {
            if (_source.IsCancellationRequested)
            {
                return;
            }

            signal.Cancel = true;
            _error.WriteLine("checker: stopping; once more to stop at once");
            _source.Cancel();
        }
    }

    public CancellationToken Token => _source.Token;

    /// <summary>The results of the jobs that were done before the interrupt; the one that it broke off has none.</summary>
    public List<R> Until<T, R>(IEnumerable<T> jobs, Func<T, R> run)
    {
        var results = new List<R>();
        try
        {
            foreach (var job in jobs.TakeWhile(_ => !Token.IsCancellationRequested))
            {
                results.Add(run(job));
            }
        }
        catch (Exception) when (Token.IsCancellationRequested)
        {
            // Z3 has an exception of its own for what an interrupt breaks off. The caller sees that results are missing.
        }

        return results;
    }

    public void Dispose()
    {
        foreach (var signal in _signals)
        {
            signal.Dispose();
        }

        // Whatever the command could still print is no whole answer.
        if (_source.IsCancellationRequested)
        {
            _error.WriteLine("checker: not finished: stopped");
        }

        _source.Dispose();
    }
}
