using System.Globalization;
using System.Security.Cryptography;
using Checker.Solver.Files;

namespace Checker.Solver.Explicit.Checkpoints;

/// <summary>
/// The files of one checkpoint (<see cref="CheckpointHead"/>). Only one process at a time has them open. A failure to write leaves
/// the last complete checkpoint.
/// </summary>
public sealed class CheckpointFolder : IDisposable
{
    private const string CompleteName = "states";
    private const string NextPrefix = "next-";
    private const int BufferSize = 1 << 20;

    private readonly string _folder;
    private readonly FileStream _complete;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _entries;
    private int _number;

    private CheckpointFolder(string folder, FileStream complete) => (_folder, _complete) = (folder, complete);

    /// <summary>The number of entries of complete levels which were written.</summary>
    public long Entries => _entries;

    /// <summary>Opens the folder for a search from its beginning, and removes what a killed search may have left.</summary>
    /// <exception cref="OutputException">The folder cannot be written, or another process has it open.</exception>
    public static CheckpointFolder Create(string folder)
    {
        AtomicFile.MakeFolder(folder);
        var created = new CheckpointFolder(folder, Open(folder, FileMode.OpenOrCreate));
        created._complete.SetLength(0);
        created.DeleteNext(except: null);
        return created;
    }

    /// <summary>Opens the folder to continue from its checkpoint.</summary>
    /// <exception cref="OutputException">A file is missing or cannot be written, or another process has it open.</exception>
    public static CheckpointFolder Continue(string folder) => new(folder, Open(folder, FileMode.Open));

    /// <summary>Reads the entries of the checkpoint in their order. Each reader takes as many as the head says.</summary>
    /// <exception cref="CheckpointException">A file is damaged.</exception>
    public void Load(CheckpointHead head, Action<EntryReader> complete, Action<EntryReader> next)
    {
        _complete.Position = 0;
        var reader = new EntryReader(_complete, _hash);
        complete(reader);
        reader.End(head.Complete);
        _entries = head.Complete.Entries;
        // Entries behind those of the head come from a process which was killed before it replaced the head.
        _complete.SetLength(_complete.Position);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var file = OpenNext(head.Next.Name);
        reader = new EntryReader(file, hash);
        next(reader);
        reader.End(head.Next);
        _number = int.Parse(head.Next.Name[NextPrefix.Length..], CultureInfo.InvariantCulture);
        DeleteNext(head.Next.Name);
    }

    /// <summary>Adds entries of a complete level. They count once a head is saved.</summary>
    /// <exception cref="IOException">The disk is full.</exception>
    public void Append(ReadOnlySpan<byte> entries, int count)
    {
        _complete.Write(entries);
        _hash.AppendData(entries);
        _entries += count;
    }

    /// <summary>Makes a checkpoint of the appended entries and those of the level being built.</summary>
    /// <param name="write">Writes the entries of the level being built.</param>
    /// <param name="head">Makes the head from the two files.</param>
    /// <exception cref="IOException">The disk is full. The last checkpoint is unchanged.</exception>
    /// <exception cref="OutputException">The head cannot be written. The last checkpoint is unchanged.</exception>
    public void Save(Func<Action<ReadOnlySpan<byte>>, long> write, Func<EntryFile, EntryFile, CheckpointHead> head)
    {
        _complete.Flush(flushToDisk: true);
        _number++;
        string name = NextPrefix + _number.ToString(CultureInfo.InvariantCulture);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long entries;
        using (var file = new FileStream(Path.Combine(_folder, name), FileMode.Create, FileAccess.Write, FileShare.None, BufferSize))
        {
            entries = write(bytes =>
            {
                file.Write(bytes);
                hash.AppendData(bytes);
            });
            file.Flush(flushToDisk: true);
        }

        head(new(CompleteName, _entries, Text(_hash.GetCurrentHash())), new(name, entries, Text(hash.GetCurrentHash()))).Write(_folder);
        DeleteNext(name);
    }

    public void Dispose()
    {
        _complete.Dispose();
        _hash.Dispose();
    }

    private static FileStream Open(string folder, FileMode mode)
    {
        string path = Path.Combine(folder, CompleteName);
        try
        {
            return new FileStream(path, mode, FileAccess.ReadWrite, FileShare.None, BufferSize);
        }
        catch (FileNotFoundException e)
        {
            throw new OutputException(path, "the checkpoint is incomplete: there is no such file", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OutputException(path, e is UnauthorizedAccessException ? "no permission to write it" : e.Message, e);
        }
    }

    private FileStream OpenNext(string name)
    {
        string path = Path.Combine(_folder, name);
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException(path, $"the checkpoint is incomplete: {e.Message}", e);
        }
    }

    private void DeleteNext(string? except)
    {
        foreach (string file in Directory.EnumerateFiles(_folder)
            .Where(f => AtomicFile.IsTemporary(f) || (Path.GetFileName(f) is var name
                && name.StartsWith(NextPrefix, StringComparison.Ordinal) && name != except)))
        {
            File.Delete(file);
        }
    }

    internal static string Text(byte[] hash) => Convert.ToHexStringLower(hash);
}

/// <summary>Reads log entries and checks at their end if they are those which were written.</summary>
public sealed class EntryReader(FileStream file, IncrementalHash hash)
{
    /// <summary>Fills the span with entries.</summary>
    /// <exception cref="CheckpointException">The file ends before that.</exception>
    public void Read(Span<byte> entries)
    {
        try
        {
            file.ReadExactly(entries);
        }
        catch (EndOfStreamException e)
        {
            throw new CheckpointException(file.Name, "it is damaged: it is shorter than the checkpoint says", e);
        }

        hash.AppendData(entries);
    }

    internal void End(EntryFile expected)
    {
        if (CheckpointFolder.Text(hash.GetCurrentHash()) != expected.Hash)
        {
            throw new CheckpointException(file.Name, "it is damaged: its states do not match the checksum of the checkpoint");
        }
    }
}
