using System.Collections;
using System.Collections.Immutable;

namespace Checker.Model.Catalogue;

/// <summary>The protocols of a program, in the order of its lists. Their names are distinct.</summary>
public sealed class ProtocolSet : IReadOnlyList<Protocol>
{
    private readonly ImmutableArray<Protocol> _protocols;

    /// <exception cref="ArgumentException">There is no protocol, or two have one name.</exception>
    public ProtocolSet(IEnumerable<Protocol> protocols)
    {
        _protocols = [.. protocols];
        if (_protocols.IsEmpty)
        {
            throw new ArgumentException("there is no protocol", nameof(protocols));
        }

        if (_protocols.GroupBy(p => p.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"two protocols are called {twice.Key}", nameof(protocols));
        }

        Main = _protocols.FirstOrDefault(p => p.IsMain) ?? _protocols[0];
    }

    /// <summary>The default protocol of commands which take one protocol.</summary>
    public Protocol Main { get; }

    public int Count => _protocols.Length;

    public Protocol this[int index] => _protocols[index];

    /// <exception cref="ArgumentException">There is no such protocol.</exception>
    public Protocol Get(string name) => Find(name)
        ?? throw new ArgumentException(
            $"no protocol '{name}'; there are {string.Join(", ", _protocols.Select(p => p.Name))}",
            nameof(name));

    /// <summary>The protocol with this name; null if there is none.</summary>
    public Protocol? Find(string name) => _protocols.FirstOrDefault(p => p.Name == name);

    public IEnumerator<Protocol> GetEnumerator() => _protocols.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
