using System.Collections.Immutable;
using Checker.Model.Catalogue;

namespace Checker.App;

/// <summary>Designs in the form of the command line: <c>snp,attribute,separate,spurious</c>, with <c>*</c> for any part.</summary>
public static class DesignPattern
{
    /// <summary>Returns the designs matching some pattern, in the protocol's order. Without patterns, returns all.</summary>
    /// <param name="option">The option which has the patterns as its values, for messages.</param>
    /// <exception cref="BadInputException">A pattern has a part unknown to all designs, or matches no design.</exception>
    public static ImmutableArray<Design> Select(
        ProtocolSet protocols,
        Protocol protocol,
        IReadOnlyCollection<string> patterns,
        string option = "--design")
    {
        var known = patterns.Select(p => Resolve(protocols, protocol, p, option)).ToList();
        return known.Count == 0 ? protocol.Designs : [.. protocol.Designs.Where(d => known.Exists(d.Is))];
    }

    /// <summary>Returns the pattern in the spelling of the designs.</summary>
    private static string Resolve(ProtocolSet protocols, Protocol protocol, string pattern, string option)
    {
        string[] parts = pattern.Split(',', StringSplitOptions.TrimEntries);
        if (parts is ["*"])
        {
            return "*";
        }

        string keys = string.Join(',', protocol.DesignKeys);
        if (protocol.DesignKeys.IsEmpty)
        {
            throw new BadInputException($"{option} {pattern}: {protocol.Name} has one design only, and takes no {option}");
        }

        if (parts.Length != protocol.DesignKeys.Length)
        {
            string other = protocols.FirstOrDefault(p => p != protocol && p.DesignKeys.Length == parts.Length) is { } fits
                ? $" (for {fits.Name}'s {string.Join(',', fits.DesignKeys)} add --protocol {fits.Name})"
                : "";
            throw new BadInputException($"{option} {pattern}: a design of {protocol.Name} has {protocol.DesignKeys.Length} parts, "
                + $"{keys}, with * for any{other}");
        }

        for (int i = 0; i < parts.Length; i++)
        {
            string[] allowed = [.. protocol.Designs.Select(d => d.Parts[i]).Distinct(StringComparer.Ordinal), "*"];
            parts[i] = Choice.Of(protocol.DesignKeys[i], parts[i], allowed, $"in {option} {pattern}");
        }

        string resolved = string.Join(',', parts);
        if (!protocol.Designs.Any(d => d.Is(resolved)))
        {
            // The nearest design shares the most parts.
            var near = protocol.Designs.MaxBy(d => d.Parts.Zip(parts).Count(p => p.Second == "*" || p.First == p.Second))!;
            throw new BadInputException($"{option} {pattern}: {protocol.Name} has no such design: did you mean '{near}'? `checker list "
                + $"designs` lists all {protocol.Designs.Length}");
        }

        return resolved;
    }
}
