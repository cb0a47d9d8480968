using System.Globalization;
using System.Text;

namespace Checker.Solver.Export;

/// <summary>
/// The names of an exported model. A name is kept if the format allows it. Otherwise it is changed in a fixed way: other characters
/// become underscores, and a number is appended to a name already in use. Names that differ only in upper and lower case are taken for
/// equal, because some formats do so for their keywords.
/// </summary>
internal sealed class Names(params IEnumerable<string> reserved)
{
    private readonly HashSet<string> _used = new(reserved, StringComparer.OrdinalIgnoreCase);

    /// <summary>Reserves a name for the whole file.</summary>
    public string Global(string wanted)
    {
        string name = Free(wanted, _used.Contains);
        _used.Add(name);
        return name;
    }

    /// <summary>Returns a name for a bound variable, different from all names of the file and from those around it.</summary>
    public string Local(string wanted, IEnumerable<Code> around)
    {
        var taken = around.Select(c => c.Text).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return Free(wanted, name => _used.Contains(name) || taken.Contains(name));
    }

    private static string Free(string wanted, Func<string, bool> isTaken)
    {
        string name = Allowed(wanted);
        for (int number = 2; isTaken(name); number++)
        {
            name = string.Create(CultureInfo.InvariantCulture, $"{Allowed(wanted)}_{number}");
        }

        return name;
    }

    private static string Allowed(string wanted)
    {
        var text = new StringBuilder();
        foreach (char c in wanted)
        {
            text.Append(char.IsAsciiLetterOrDigit(c) || c == '_' ? c : '_');
        }

        return text.Length > 0 && char.IsAsciiLetter(text[0]) ? text.ToString() : $"x{text}";
    }
}
