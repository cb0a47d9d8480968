using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Checker.Solver.Files;

/// <summary>Names of files made from names of a model, which may have any characters and any length.</summary>
public static class FileNames
{
    /// <summary>The largest number of characters returned by <see cref="Part"/>, and a dot.</summary>
    public const int LongestPart = LongestSlug + HashLength + 2;

    private const int LongestSlug = 80;
    private const int HashLength = 16;

    /// <summary>
    /// A numbered name such as "07-MapRequest-to-Shared". The number distinguishes it from all others in its folder, even if letter case
    /// does not count. The rest is for readers.
    /// </summary>
    public static string Numbered(int number, string text)
    {
        string slug = Slug(text);
        return number.ToString("00", CultureInfo.InvariantCulture) + (slug.Length == 0 ? "" : "-" + slug);
    }

    /// <summary>
    /// The text itself if every file system accepts it as a part of a name. Otherwise its acceptable characters, with a hash.
    /// </summary>
    public static string Part(string text)
    {
        bool isPlain = text.Length is > 0 and <= LongestSlug && text.All(IsPlain) && text[0] is not '.' and not '-' && text[^1] != '.';
        return isPlain ? text : $"{Slug(text)}-{Hash(text)}";
    }

    /// <summary>
    /// Returns the name, with a number if <paramref name="taken"/> already contains it, ignoring letter case. No two calls return the same
    /// name.
    /// </summary>
    public static string Free(string name, ISet<string> taken)
    {
        string free = name;
        for (int number = 2; !taken.Add(free.ToUpperInvariant()); number++)
        {
            free = string.Create(CultureInfo.InvariantCulture, $"{name}-{number}");
        }

        return free;
    }

    private static string Slug(string text)
    {
        string clean = string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));
        string slug = string.Join('-', clean.Split('-', StringSplitOptions.RemoveEmptyEntries));
        return slug.Length <= LongestSlug ? slug : slug[..LongestSlug].TrimEnd('-');
    }

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or ',' or '_' or '-' or '=' or '+';

    private static string Hash(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..HashLength];
}
