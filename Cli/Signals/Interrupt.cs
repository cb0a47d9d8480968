using System.CommandLine;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Checker.Cli.Signals;

/// <summary>
/// The end of a run by Ctrl-C (SIGINT) or SIGTERM. The first signal cancels <see cref="Token"/>. Work that has not returned after
/// <see cref="s_patience"/> is abandoned on its thread, and the command reports the jobs that are finished. After
/// <see cref="s_limit"/> the process ends in any case. Later signals change nothing.
/// </summary>
public sealed class Interrupt : IDisposable
{
    private const int WorkerStack = 64 << 20;

    /// <summary>Z3 needs some time to notice an interrupt inside a tactic.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(0.7);

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(1.2);

    /// <summary>The last words take no time, unless the machine is busy or the streams are blocked.</summary>
    private static readonly TimeSpan s_words = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;
    private readonly TextWriter _error;
    private readonly Lock _lock = new();
    private PosixSignal? _signal;
    private bool _stopped;
    private bool _closed;
    private bool _abandoned;
    private bool _disposed;

    /// <summary>Listens from now on.</summary>
    public Interrupt(TextWriter error)
    {
        _error = error;
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle),
        ];
    }

    public CancellationToken Token => _source.Token;

    /// <summary>A signal came before the command had its results.</summary>
    public bool IsStopped
    {
        get
        {
            lock (_lock)
            {
                return _stopped;
            }
        }
    }

    /// <summary>Writes the answer of a command that a signal ended before it had one; null for none.</summary>
    internal Action? Unanswered { private get; set; }

    /// <summary>The interrupt of the program run that the arguments belong to.</summary>
    internal static Interrupt Of(ParseResult given) => ((Invocation)given.InvocationConfiguration).Interrupt;

    /// <summary>
    /// Runs the jobs in their order until a signal comes. Returns the results of the finished jobs; the job that the signal interrupts
    /// has no result.
    /// </summary>
    internal List<R> Until<T, R>(IEnumerable<T> jobs, Func<T, R> run)
    {
        var results = new List<R>();
        Do(() =>
        {
            foreach (var job in jobs.TakeWhile(_ => !Token.IsCancellationRequested))
            {
                var result = run(job);
                lock (results)
                {
                    results.Add(result);
                }
            }
        });
        lock (results)
        {
            return [.. results];
        }
    }

    /// <summary>Runs the work of a command that has no finished part to report.</summary>
    /// <exception cref="OperationCanceledException">A signal came before the work was done.</exception>
    internal R Run<R>(Func<R> work)
    {
        var result = (Done: false, Value: default(R)!);
        Do(() => result = (true, work()));
        return result.Done ? result.Value : throw new OperationCanceledException(Token);
    }

    /// <summary>Answers for a command that has thrown because of the signal.</summary>
    internal void Answer() => Unanswered?.Invoke();

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        lock (_lock)
        {
            _disposed = true;
        }

        if (IsStopped)
        {
            _error.WriteLine(Line);
            if (_abandoned)
            {
                // A thread is still inside Z3, and the destructors of its library would run beside it.
                ProcessExit.Now(App.ExitCode.Unfinished);
            }
        }
    }

    private string Line => $"checker: not finished: stopped by {_signal}";

    /// <summary>Runs the work on a thread of its own, and returns when it is done or abandoned.</summary>
    private void Do(Action work)
    {
        lock (_lock)
        {
            _closed = false;
        }

        ExceptionDispatchInfo? failure = null;
        using var done = new ManualResetEventSlim();
        var thread = new Thread(Work, WorkerStack) { IsBackground = true };
        thread.Start();
        try
        {
            done.Wait(Token);
        }
        catch (OperationCanceledException)
        {
            _abandoned = !done.Wait(s_patience);
        }

        bool stopped = Close();
        if (failure is not null && !stopped)
        {
            failure.Throw();
        }

        void Work()
        {
            try
            {
                work();
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }

            try
            {
                done.Set();
            }
            catch (ObjectDisposedException)
            {
                // The work was abandoned.
            }
        }
    }

    /// <summary>The results are there: a signal that comes from now on does not make them incomplete.</summary>
    private bool Close()
    {
        lock (_lock)
        {
            _closed = true;
            return _stopped;
        }
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        lock (_lock)
        {
            if (_signal is not null)
            {
                return;
            }

            _signal = context.Signal;
            _stopped = !_closed && !_disposed;
        }

        new Thread(EndInTime) { IsBackground = true }.Start();
        if (IsStopped)
        {
            _source.Cancel();
        }
    }

    private void EndInTime()
    {
        Thread.Sleep(s_limit);
        bool answering;
        lock (_lock)
        {
            answering = _closed;
        }

        if (answering)
        {
            // The results are being printed, which ends the process in time unless the machine is busy or a stream is blocked.
            Thread.Sleep(s_words);
        }

        // The streams may be blocked, which must not keep the process.
        var words = new Thread(Say) { IsBackground = true };
        words.Start();
        words.Join(s_words);
        ProcessExit.Now(App.ExitCode.Unfinished);

        void Say()
        {
            lock (_lock)
            {
                if (!_closed)
                {
                    Answer();
                }
            }

            _error.WriteLine(Line);
        }
    }
}
