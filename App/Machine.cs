using System.Globalization;
using System.Runtime.InteropServices;
using Checker.Solver.Smt;

namespace Checker.App;

/// <summary>The memory that this process may still take, and what there is in all.</summary>
public readonly record struct Memory(long Available, long Total);

/// <summary>What the machine has.</summary>
public static class Machine
{
    /// <summary>What a search may take of the free memory if nobody says otherwise.</summary>
    private const double DefaultShare = 0.75;

    /// <summary>The memory that stays free for the runtime, and for a proof, whose memory has no limit of its own.</summary>
    public const long Reserve = 96L << 20;

    /// <summary>The least limit of the runtime's heap under which hundreds of mutants are compiled: with less the runtime itself may crash.</summary>
    private const long LeastHeap = 64_000_000;

    public static int Cores => Environment.ProcessorCount;

    public static long DefaultBudget() => (long)(Memory().Available * DefaultShare);

    /// <exception cref="EnvironmentException">The runtime's heap is limited to less than mutants need.</exception>
    public static void RequireHeap()
    {
        long limit = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (limit < LeastHeap)
        {
            throw new EnvironmentException($"the heap of the .NET runtime is limited to {limit / 1_000_000} MB, and mutants need {LeastHeap / 1_000_000} MB",
                "set DOTNET_GCHeapHardLimit higher or unset it, or give the container more memory");
        }
    }

    /// <summary>Makes room for a proof if there is little memory left.</summary>
    /// <returns>There is room for a proof.</returns>
    public static bool ReleaseForProof()
    {
        if (Memory().Available < 2 * Reserve)
        {
            Release();
        }

        return Memory().Available >= Reserve;
    }

    /// <summary>Gives back to the system what nothing uses any more: objects, compiled code, and pages that the C library keeps.</summary>
    public static unsafe void Release()
    {
        // Compiled code goes in two rounds: once nothing refers to it, and once its finalizers have run.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

        // What a solver has freed stays in the arenas of glibc. Other C libraries have no such function, and need none.
        if (NativeLibrary.TryLoad("libc.so.6", out nint library) && NativeLibrary.TryGetExport(library, "malloc_trim", out nint trim))
        {
            ((delegate* unmanaged<nuint, int>)trim)(0);
        }
    }

    public static Memory Memory()
    {
        if (OperatingSystem.IsLinux() && Linux(Read) is { } memory)
        {
            return memory;
        }

        var gc = GC.GetGCMemoryInfo();
        return new(Math.Max(0, gc.TotalAvailableMemoryBytes - gc.MemoryLoadBytes), gc.TotalAvailableMemoryBytes);
    }

    /// <summary>The least of what /proc/meminfo and the control groups above this process leave.</summary>
    /// <param name="read">The text of a file, or null if there is none.</param>
    public static Memory? Linux(Func<string, string?> read)
    {
        if (read("/proc/meminfo") is not { } meminfo || Field(meminfo, "MemTotal:") is not { } total || Field(meminfo, "MemAvailable:") is not { } available)
        {
            return null;
        }

        var memory = new Memory(available * 1024, total * 1024);
        foreach (var (limit, used) in Groups(read))
        {
            memory = new(Math.Min(memory.Available, Math.Max(0, limit - used)), Math.Min(memory.Total, limit));
        }

        return memory;
    }

    /// <summary>The limits of the control groups that this process is in, each with what is in use and cannot be dropped.</summary>
    private static IEnumerable<(long Limit, long Used)> Groups(Func<string, string?> read)
    {
        foreach (string line in (read("/proc/self/cgroup") ?? "").Split('\n'))
        {
            string[] parts = line.Split(':', 3);
            if (parts.Length < 3 || (parts[1].Length > 0 && !parts[1].Split(',').Contains("memory")))
            {
                continue;
            }

            // Version 2 has one hierarchy, with no name; version 1 one for memory, with other file names. In a container the
            // path can be that of the host, where there is nothing: the group that is seen is then the root.
            bool second = parts[1].Length == 0;
            string root = second ? "/sys/fs/cgroup" : "/sys/fs/cgroup/memory";
            for (string? path = parts[2].TrimEnd('/'); path is not null; path = path.Length == 0 ? null : path[..path.LastIndexOf('/')])
            {
                string group = root + path;
                if (Number(read(group + (second ? "/memory.max" : "/memory.limit_in_bytes"))) is { } limit
                    && Number(read(group + (second ? "/memory.current" : "/memory.usage_in_bytes"))) is { } used)
                {
                    long cache = Field(read(group + "/memory.stat") ?? "", second ? "inactive_file" : "total_inactive_file") ?? 0;
                    yield return (limit, Math.Max(0, used - cache));
                }
            }
        }
    }

    private static long? Field(string text, string name)
    {
        string? line = Array.Find(text.Split('\n'), l => l.StartsWith(name + " ", StringComparison.Ordinal) || l.StartsWith(name + "\t", StringComparison.Ordinal));
        return Number(line?[name.Length..].Trim().Split(' ')[0]);
    }

    /// <summary>Null for what is not a number, such as "max".</summary>
    private static long? Number(string? text) => long.TryParse(text?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value : null;

    private static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
