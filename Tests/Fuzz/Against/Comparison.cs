namespace Checker.Tests.Fuzz.Against;

/// <summary>Compares an engine's answers with those of the naive interpreter, and counts the comparisons.</summary>
internal sealed class Comparison(Subject subject)
{
    public Subject Subject { get; } = subject;

    public int Count { get; private set; }

    /// <summary>The declared refusals and time-outs met on the way, and the other comparisons.</summary>
    public List<Event> Met { get; } = [];

    /// <exception cref="DifferenceException">The two values differ.</exception>
    public void Same<T>(T expected, T actual, string what)
    {
        Count++;
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            string said = actual?.ToString() ?? "nothing";
            throw new DifferenceException($"{what}: it says {said}, the naive interpreter {expected?.ToString() ?? "nothing"}");
        }
    }

    public void SameAll<T>(IEnumerable<T> expected, IEnumerable<T> actual, string what)
    {
        var (left, right) = (expected.Order().ToList(), actual.Order().ToList());
        Count++;
        if (!left.SequenceEqual(right))
        {
            var (more, fewer) = (string.Join(' ', Surplus(right, left)), string.Join(' ', Surplus(left, right)));
            throw new DifferenceException($"{what}: it has {{{more}}} more, and lacks {{{fewer}}}");
        }

        static IEnumerable<T> Surplus(List<T> some, List<T> others)
        {
            var left = new List<T>(others);
            return some.Where(s => !left.Remove(s));
        }
    }

    public void Holds(bool condition, string what)
    {
        Count++;
        if (!condition)
        {
            throw new DifferenceException(what);
        }
    }
}
