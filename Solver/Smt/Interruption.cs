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
