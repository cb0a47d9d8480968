using System.Diagnostics;

namespace Checker.Tests.Output;

/// <summary>A file system of a few pages, mounted in a folder for one test. The test is skipped where it cannot be mounted.</summary>
internal sealed class SmallDisk : IDisposable
{
    /// <param name="size">The size, as tmpfs takes it: "64k".</param>
    public SmallDisk(string folder, string size)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.UserName == "root", "mounting a small file system takes root");
        Path = Directory.CreateDirectory(folder).FullName;
        Assert.SkipUnless(Call("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", Path) == 0, "no tmpfs can be mounted here");
    }

    public string Path { get; }

    public void Dispose() => Call("umount", Path);

    private static int Call(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        return process.ExitCode;
    }
}
