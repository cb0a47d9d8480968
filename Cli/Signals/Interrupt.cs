using System.Runtime.InteropServices;

namespace Checker.Cli.Signals;

/// <summary>
/// Ctrl-C and SIGTERM. The first signal asks the work to stop and to report its progress. The second ends the program without further
/// handling.
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

    /// <summary>Returns the results of the jobs finished before the interrupt. The interrupted job has none.</summary>
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
            // Z3 throws its own exception for interrupted work. The caller sees the missing results.
        }

        return results;
    }

    public void Dispose()
    {
        foreach (var signal in _signals)
        {
            signal.Dispose();
        }

        // Any further output of the command would be incomplete.
        if (_source.IsCancellationRequested)
        {
            _error.WriteLine("checker: not finished: stopped");
        }

        _source.Dispose();
    }
}
