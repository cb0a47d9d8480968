using System.Collections.Immutable;

namespace Checker.Model.Catalogue;

/// <summary>A variant of a protocol: one part for each of its <see cref="Protocol.DesignKeys"/>.</summary>
public sealed record Design(string Protocol, ImmutableArray<string> Parts)
{
    /// <summary>The parts as text: "snp,attribute,separate,spurious".</summary>
    public string Id => string.Join(',', Parts);

    public bool Equals(Design? other) => other is not null && other.Protocol == Protocol && other.Id == Id;

    public override int GetHashCode() => HashCode.Combine(Protocol, Id);

    public override string ToString() => Parts.IsEmpty ? Protocol : Id;

    /// <summary>True if the design matches the pattern: parts as in <see cref="Id"/>, with <c>*</c> for any.</summary>
    public bool Is(string pattern)
    {
        string[] parts = pattern.Split(',');
        return pattern == "*" || (parts.Length == Parts.Length && parts.Zip(Parts).All(p => p.First == "*" || p.First == p.Second));
    }
}
