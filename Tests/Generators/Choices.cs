namespace Checker.Tests.Generators;

/// <summary>
/// A generated description as a stream of choices. Each number picks one of the alternatives at the place of its use. At the end
/// of the stream every choice is 0, the simplest alternative, so any shorter or smaller stream is a description too.
/// </summary>
internal sealed class Choices(IReadOnlyList<int> numbers)
{
    private int _at;

    public int Next(int alternatives) => _at < numbers.Count && alternatives > 1 ? numbers[_at++] % alternatives : 0;

    public T Of<T>(IReadOnlyList<T> alternatives) => alternatives[Next(alternatives.Count)];
}
