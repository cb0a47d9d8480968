using Checker.Solver.Files;
using Checker.Tests.Cli;

namespace Checker.Tests.Output;

/// <summary>A file is written completely or not at all, and an unwritable output is refused before the work.</summary>
public sealed class AtomicFileTests
{
    [Fact]
    public void A_new_file_and_an_old_one_get_the_text_and_nothing_else_is_left()
    {
        using var folder = new Folder();
        AtomicFile.Check(folder["a"]);
        Assert.Empty(folder.Files);
        AtomicFile.Write(folder["a"], "one");
        AtomicFile.Check(folder["a"]);
        AtomicFile.Write(folder["a"], "two");
        Assert.Equal(["a"], folder.Files);
        Assert.Equal("two", File.ReadAllText(folder["a"]));
    }

    [Fact]
    public void Files_which_belong_together_are_written_together()
    {
        using var folder = new Folder();
        folder.Write("a", "old");
        AtomicFile.Write([(folder["a"], "new a"), (folder["b"], "new b")]);

        Assert.Equal(["a", "b"], folder.Files);
        Assert.Equal(("new a", "new b"), (File.ReadAllText(folder["a"]), File.ReadAllText(folder["b"])));
    }

    [Fact]
    public void If_one_of_them_cannot_be_written_all_are_left_as_they_are()
    {
        using var folder = new Folder();
        folder.Write("a", "old");

        var refused = Assert.Throws<OutputException>(() => AtomicFile.Write([(folder["a"], "new"), (folder["no/b"], "new")]));

        Assert.Equal(folder["no/b"], refused.Path);
        Assert.Equal(["a"], folder.Files);
        Assert.Equal("old", File.ReadAllText(folder["a"]));
    }

    [Theory]
    [InlineData("", "the name is empty")]
    [InlineData(" ", "the name is empty")]
    [InlineData("/", "it is a directory")]
    [InlineData("/tmp", "it is a directory")]
    [InlineData("/nowhere/file", "there is no directory /nowhere")]
    [InlineData("/nowhere/", "it is a directory")]
    [InlineData("/dev/null", "it is no regular file")]
    [InlineData("/dev/full", "it is no regular file")]
    [InlineData("/proc/file", "")]
    [InlineData("/etc/passwd/file", "")]
    public void What_cannot_be_written_is_refused_by_the_check_and_by_the_writing(string path, string reason)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the paths are those of Linux");
        Assert.Contains(reason, Assert.Throws<OutputException>(() => AtomicFile.Check(path)).Reason, StringComparison.Ordinal);
        Assert.Contains(reason, Assert.Throws<OutputException>(() => AtomicFile.Write(path, "x")).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_is_too_long_is_refused_by_the_check()
    {
        using var folder = new Folder();
        AtomicFile.Check(folder[new string('x', 255)]);
        Assert.Contains(
            "too long",
            Assert.Throws<OutputException>(() => AtomicFile.Check(folder[new string('x', 256)])).Reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_symbolic_link_is_neither_replaced_nor_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a link takes a privilege there");
        using var folder = new Folder();
        File.CreateSymbolicLink(folder["link"], folder.Write("target", "old"));
        File.CreateSymbolicLink(folder["dangling"], folder["nothing"]);
        foreach (string name in new[] { "link", "dangling" })
        {
            Assert.Contains(
                "symbolic link",
                Assert.Throws<OutputException>(() => AtomicFile.Check(folder[name])).Reason,
                StringComparison.Ordinal);
            Assert.Contains(
                "symbolic link",
                Assert.Throws<OutputException>(() => AtomicFile.Write(folder[name], "new")).Reason,
                StringComparison.Ordinal);
        }

        Assert.Equal("old", File.ReadAllText(folder["target"]));
    }

    [Fact]
    public void A_read_only_file_is_not_replaced()
    {
        using var folder = new Folder();
        string path = folder.Write("a", "old");
        new FileInfo(path).IsReadOnly = true;
        Assert.Contains("read-only", Assert.Throws<OutputException>(() => AtomicFile.Check(path)).Reason, StringComparison.Ordinal);
        Assert.Throws<OutputException>(() => AtomicFile.Write(path, "new"));
        Assert.Equal("old", File.ReadAllText(path));
        new FileInfo(path).IsReadOnly = false;
    }

    [Fact]
    public void A_private_file_stays_private()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "modes are those of Unix");
        using var folder = new Folder();
        string path = folder.Write("a", "old");
#pragma warning disable CA1416 // Windows was ruled out
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        AtomicFile.Write(path, "new");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
#pragma warning restore CA1416
    }

    [Fact]
    public void A_failure_in_the_middle_leaves_the_old_file_whole()
    {
        using var folder = new Folder();
        string path = folder.Write("a", "old");
        Assert.Throws<OutputException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write(new byte[100_000]);
            throw new IOException("the disk is full");
        }));
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(path, _ => throw new InvalidOperationException()));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(["a"], folder.Files);
    }

    [Fact]
    public void Writers_side_by_side_leave_the_text_of_one_of_them()
    {
        using var folder = new Folder();
        string[] texts = [.. Enumerable.Range(0, 16).Select(i => new string((char)('a' + i), 100_000))];
        Parallel.ForEach(texts, text => AtomicFile.Write(folder["a"], text));
        Assert.Contains(File.ReadAllText(folder["a"]), texts);
        Assert.Equal(["a"], folder.Files);
    }

    [Fact]
    public void A_full_disk_leaves_the_old_file_whole()
    {
        using var folder = new Folder();
        using var disk = new SmallDisk(folder["small"], "64k");
        string path = Path.Combine(disk.Path, "a");
        AtomicFile.Write(path, "old");
        Assert.Throws<OutputException>(() => AtomicFile.Write(path, new string('x', 1_000_000)));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(disk.Path));
    }

    [Theory]
    [InlineData("", "the name is empty")]
    [InlineData("/dev/null", "it is a file")]
    [InlineData("/proc/folder", "")]
    public void What_cannot_be_a_folder_is_refused(string path, string reason)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the paths are those of Linux");
        Assert.Contains(reason, Assert.Throws<OutputException>(() => AtomicFile.MakeFolder(path)).Reason, StringComparison.Ordinal);
    }
}
