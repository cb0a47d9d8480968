using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Checker.Solver.Files;

/// <summary>
/// Reads files from outside: once, with a size limit, and only regular ones. A pipe or a device could block for ever, have no end,
/// or return other data to the next reader.
/// </summary>
public static partial class RegularFile
{
    private const int CurrentFolder = -100;
    private const int EmptyPath = 0x1000;
    private const uint TypeWanted = 1;
    private const int StatxSize = 256;
    private const int ModeOffset = 28;
    private const int TypeMask = 0xF000;
    private const int RegularType = 0x8000;
    private const int ReadOnly = 0;
    private const int DoNotBlock = 0x800;
    private const int CloseOnExec = 0x80000;

    /// <summary>Returns all bytes of the file, or null if there are more than <paramref name="most"/>.</summary>
    /// <exception cref="IOException">The file does not exist, is not regular, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to read it.</exception>
    public static byte[]? Read(string path, int most)
    {
        using var handle = Open(path);
        var bytes = new MemoryStream();
        byte[] buffer = new byte[1 << 16];
        while (RandomAccess.Read(handle, buffer, bytes.Length) is > 0 and var count)
        {
            if (bytes.Length + count > most)
            {
                return null;
            }

            bytes.Write(buffer, 0, count);
        }

        return bytes.ToArray();
    }

    /// <summary>True unless the path is a directory, a pipe, a socket or a device. Symbolic links are followed.</summary>
    /// <exception cref="IOException">There is no such file.</exception>
    public static bool IsRegular(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return (File.GetAttributes(path) & (FileAttributes.Directory | FileAttributes.Device)) == 0;
        }

        return IsRegular(CurrentFolder, Path.GetFullPath(path), 0) ?? throw new FileNotFoundException("there is no such file", path);
    }

    private static SafeFileHandle Open(string path)
    {
        // Missing and unreadable files are reported by File, and so are folders.
        if (!IsRegular(path))
        {
            throw new IOException("it is no regular file");
        }

        if (!OperatingSystem.IsLinux())
        {
            return File.OpenHandle(path);
        }

        // The file is opened without waiting and checked again, because a pipe may have taken its place since the first check.
        int descriptor = OpenNow(Path.GetFullPath(path), ReadOnly | DoNotBlock | CloseOnExec, 0);
        if (descriptor < 0)
        {
            return File.OpenHandle(path);
        }

        var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        if (IsRegular(descriptor, "", EmptyPath) == true)
        {
            return handle;
        }

        handle.Dispose();
        throw new IOException("it is no regular file");
    }

    private static bool? IsRegular(int folder, string path, int flags)
    {
        byte[] status = new byte[StatxSize];
        return Statx(folder, path, flags, TypeWanted, ref status[0]) == 0
            ? (BitConverter.ToUInt16(status, ModeOffset) & TypeMask) == RegularType
            : null;
    }

    /// <summary>statx(2), whose structure is the same on every architecture.</summary>
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, ref byte status);

    /// <summary>open(2).</summary>
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenNow(string path, int flags, int mode);
}
