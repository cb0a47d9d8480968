using Z3 = Microsoft.Z3;

namespace Checker.Solver.Smt;

/// <summary>
/// Interrupts a Z3 context when the token is cancelled, repeatedly: an interrupt between two questions would be lost.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private static readonly TimeSpan s_again = TimeSpan.FromMilliseconds(100);
    private readonly Lock _lock = new();
    private readonly Z3.Context _context;
    private readonly CancellationTokenRegistration _registration;
    private Timer? _timer;
    private bool _disposed;

    public Interruption(Z3.Context context, CancellationToken cancellation)
    {
        _context = context;
        _registration = cancellation.Register(Start);
    }

    /// <summary>
    /// The parameters by which a solver or a simplifier leaves SIGINT alone. By default Z3 installs its own handler while it works, one
    /// for all threads, and Ctrl-C does not reach the program. (A parameter of each solver; the global one exists only since 4.15.)
    /// </summary>
    public static Z3.Params WithoutSignals(Z3.Context context)
    {
        var parameters = context.MkParams();
        parameters.Add("ctrl_c", false);
        return parameters;
    }

    /// <summary>Runs questions to Z3. An interrupted question may end with an exception of Z3, which becomes a cancellation.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static T Cancellable<T>(Func<T> questions, CancellationToken cancellation)
    {
        try
        {
            return questions();
        }
        catch (Z3.Z3Exception) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
    }

    public void Dispose()
    {
        _registration.Dispose();
        lock (_lock)
        {
            _disposed = true;
            _timer?.Dispose();
        }
    }

    private void Start()
    {
        lock (_lock)
        {
            if (!_disposed)
            {
                _timer = new(_ => Interrupt(), null, TimeSpan.Zero, s_again);
            }
        }
    }

    private void Interrupt()
    {
        lock (_lock)
        {
            if (!_disposed)
            {
                _context.Interrupt();
            }
        }
    }
}
