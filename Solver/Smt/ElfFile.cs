using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Checker.Solver.Smt;

/// <summary>Checks the header of a shared library on Linux before it is loaded.</summary>
internal static class ElfFile
{
    private const int HeaderSize = 64;
    private const int ProgramHeaderSize = 56;
    private const uint Load = 1;

    /// <summary>
    /// Returns why the file cannot be loaded, or null if its header shows no reason. The loader maps a file that is cut short
    /// without looking at its length, and the process ends with SIGBUS. It reports a file for another processor as missing.
    /// </summary>
    public static string? Fault(string path)
    {
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess || !BitConverter.IsLittleEndian)
        {
            return null;
        }

        try
        {
            using FileStream file = File.OpenRead(path);
            Span<byte> header = stackalloc byte[HeaderSize];
            int length = file.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false);
            if (length < HeaderSize || !header.StartsWith("\u007fELF\u0002\u0001"u8))
            {
                return "it is no library of this kind of system";
            }

            ushort machine = BinaryPrimitives.ReadUInt16LittleEndian(header[18..]);
            return IsForThisProcessor(machine) ? Cut(file, header) : "it is made for another processor";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            // The loader has better words for it.
            return null;
        }
    }

    private static bool IsForThisProcessor(ushort machine) => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => machine == 62,
        Architecture.Arm64 => machine == 183,
        _ => true,
    };

    /// <summary>Compares the file's length with the parts that the loader maps.</summary>
    private static string? Cut(FileStream file, ReadOnlySpan<byte> header)
    {
        const string Problem = "it is damaged: its end is missing";
        file.Position = (long)Math.Min(BinaryPrimitives.ReadUInt64LittleEndian(header[32..]), long.MaxValue);
        int count = BinaryPrimitives.ReadUInt16LittleEndian(header[56..]);
        Span<byte> part = stackalloc byte[ProgramHeaderSize];
        for (int i = 0; i < count; i++)
        {
            if (file.ReadAtLeast(part, part.Length, throwOnEndOfStream: false) < part.Length)
            {
                return Problem;
            }

            UInt128 end = (UInt128)BinaryPrimitives.ReadUInt64LittleEndian(part[8..]) + BinaryPrimitives.ReadUInt64LittleEndian(part[32..]);
            if (BinaryPrimitives.ReadUInt32LittleEndian(part) == Load && end > (UInt128)file.Length)
            {
                return Problem;
            }
        }

        return null;
    }
}
