using System.Globalization;
using System.Runtime.InteropServices;
using Checker.Solver.Smt;

namespace Checker.App;

/// <summary>The memory available to this process, and the total memory.</summary>
public readonly record struct Memory(long Available, long Total);

/// <summary>The resources of the machine.</summary>
public static class Machine
{
    /// <summary>The default part of the free memory for a search.</summary>
    private const double DefaultShare = 0.75;

    /// <summary>The memory reserved for the runtime, and for a proof, whose memory has no limit of its own.</summary>
    public const long Reserve = 96L << 20;

    /// <summary>
    /// The smallest heap limit of the runtime for compiling hundreds of mutants. With less, the runtime itself may crash.
    /// </summary>
    private const long LeastHeap = 64_000_000;

    public static int Cores => Environment.ProcessorCount;

    public static long DefaultBudget() => (long)(Memory().Available * DefaultShare);

    /// <exception cref="EnvironmentException">The limit of the runtime's heap is too small for mutants.</exception>
    public static void RequireHeap()
    {
        long limit = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (limit < LeastHeap)
        {
            throw new EnvironmentException($"the heap of the .NET runtime is limited to {limit / 1_000_000} MB, "
                + $"and mutants need {LeastHeap / 1_000_000} MB",
                "set DOTNET_GCHeapHardLimit higher or unset it, or give the container more memory");
        }
    }

    /// <summary>Makes room for a proof if little memory is left.</summary>
    /// <returns>True if there is room for a proof.</returns>
    public static bool ReleaseForProof()
    {
        if (Memory().Available < 2 * Reserve)
        {
            Release();
        }

        return Memory().Available >= Reserve;
    }

    /// <summary>Returns unused memory to the system: objects, compiled code, and pages kept by the C library.</summary>
    public static unsafe void Release()
    {
        // Compiled code is released in two rounds: once it is unreferenced, and once its finalizers have run.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

        // Memory freed by a solver stays in the arenas of glibc. Other C libraries have no such function and need none.
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

    /// <summary>Returns the least of the amounts left by /proc/meminfo and by the control groups above this process.</summary>
    /// <param name="read">Returns the text of a file, or null if there is none.</param>
    public static Memory? Linux(Func<string, string?> read)
    {
        if (read("/proc/meminfo") is not { } meminfo
            || Field(meminfo, "MemTotal:") is not { } total
            || Field(meminfo, "MemAvailable:") is not { } available)
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

    /// <summary>The limits of this process's control groups, each with the used memory which cannot be dropped.</summary>
    private static IEnumerable<(long Limit, long Used)> Groups(Func<string, string?> read)
    {
        foreach (string line in (read("/proc/self/cgroup") ?? "").Split('\n'))
        {
            string[] parts = line.Split(':', 3);
            if (parts.Length < 3 || (parts[1].Length > 0 && !parts[1].Split(',').Contains("memory")))
            {
                continue;
            }

            // Version 2 has one hierarchy without a name. Version 1 has one for memory, with other file names. In a container the
            // path can be that of the host, where no file exists; the visible group is then the root.
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
        string? line = Array.Find(
            text.Split('\n'),
            l => l.StartsWith(name + " ", StringComparison.Ordinal) || l.StartsWith(name + "\t", StringComparison.Ordinal));
        return Number(line?[name.Length..].Trim().Split(' ')[0]);
    }

    /// <summary>Returns null for a text which is no number, such as "max".</summary>
    private static long? Number(string? text) =>
        long.TryParse(text?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value : null;

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
