using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Checker.Solver.Files;

namespace Checker.Solver.Explicit.Checkpoints;

/// <summary>A predicate met by the search, with the level and the packed words of the least such state there.</summary>
public sealed record Finding(int Predicate, int Level, ImmutableArray<ulong> State);

/// <summary>The counters of a search.</summary>
/// <param name="Generated">The enabled action instances of the expanded states, without the one for the initial state.</param>
/// <param name="Fired">The same number for each action.</param>
public sealed record SearchCounts(long Generated, long Deadlocks, ImmutableArray<long> Fired);

/// <summary>A file of log entries, one after the other, with the SHA-256 of its first <paramref name="Entries"/> entries.</summary>
public sealed record EntryFile(string Name, long Entries, string Hash);

/// <summary>
/// The small file of a checkpoint, which says how much of the two large ones counts. It is replaced as a whole and last, so a
/// process which is killed at any moment leaves a complete checkpoint.
/// <code>
///   checkpoint     "checker-checkpoint 1 " and the SHA-256 of the rest, then this record as JSON
///   states         the entries of all complete levels; the file only grows
///   next-n         the entries found so far on the level being built, whose links may still change
/// </code>
/// </summary>
/// <param name="EntrySize">The number of bytes of an entry: the words of the state, and the link (docs/state-set.md).</param>
/// <param name="Levels">The number of states on each level in <paramref name="Complete"/>.</param>
/// <param name="Expanded">The number of expanded states on the last of these levels. They are its first ones.</param>
/// <param name="Found">The findings on earlier levels.</param>
/// <param name="Met">The findings on the last level, so far.</param>
/// <param name="Time">The time of the search up to here, in all its processes.</param>
public sealed record CheckpointHead(CheckpointSubject Subject, int EntrySize, ImmutableArray<long> Levels, long Expanded,
    EntryFile Complete, EntryFile Next, SearchCounts Counts, ImmutableArray<Finding> Found, ImmutableArray<Finding> Met, TimeSpan Time)
{
    /// <summary>The name of the file in its folder.</summary>
    public const string FileName = "checkpoint";
    private const string Format = "checker-checkpoint ";
    private const string Version = "1";
    private const int MostBytes = 1 << 26;

    public long States => Complete.Entries + Next.Entries;

    /// <summary>Reads the head of the checkpoint in a folder.</summary>
    /// <returns>Null if there is no checkpoint in it.</returns>
    /// <exception cref="CheckpointException">The file is damaged, of another format, or cannot be read.</exception>
    public static CheckpointHead? Read(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (!Path.Exists(path))
        {
            return null;
        }

        byte[] bytes;
        try
        {
            bytes = RegularFile.Read(path, MostBytes) ?? throw new CheckpointException(path, "it is too large for a checkpoint's head");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException(path, $"it cannot be read: {e.Message}", e);
        }

        int end = Array.IndexOf(bytes, (byte)'\n');
        string[] first = Encoding.ASCII.GetString(bytes, 0, Math.Max(0, end)).Split(' ');
        if (end < 0 || first.Length != 3 || first[0] + " " != Format)
        {
            throw new CheckpointException(path, "it is no checkpoint of checker");
        }

        if (first[1] != Version)
        {
            throw new CheckpointException(path, $"it has version {first[1]} of the format; this program reads version {Version}");
        }

        if (first[2] != Hash(bytes.AsSpan(end + 1)))
        {
            throw new CheckpointException(path, "it is damaged: its contents do not match its checksum");
        }

        try
        {
            return JsonSerializer.Deserialize<CheckpointHead>(bytes.AsSpan(end + 1))!;
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new CheckpointException(path, $"it is damaged: {e.Message}", e);
        }
    }

    /// <exception cref="OutputException">The file cannot be written. The old one is unchanged.</exception>
    internal void Write(string folder)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(this);
        AtomicFile.Write(Path.Combine(folder, FileName), stream =>
        {
            stream.Write(Encoding.ASCII.GetBytes($"{Format}{Version} {Hash(json)}\n"));
            stream.Write(json);
        });
    }

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
