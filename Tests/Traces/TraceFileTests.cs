using System.Text;
using Checker.Solver.Traces;
using Checker.Solver.Traces.Files;

namespace Checker.Tests.Traces;

/// <summary>Files appear completely or not at all, and an unwritable file gives a message of one line.</summary>
public sealed class TraceFileTests : IDisposable
{
    private static readonly Trace s_trace = Sample.LostUpdate();

    private readonly string _folder = Directory.CreateTempSubdirectory("checker-traces-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("trace.json", "checker-trace/1")]
    [InlineData("trace.itf.json", "\"format\":\"ITF\"")]
    [InlineData("TRACE.ITF.JSON", "\"format\":\"ITF\"")]
    public void The_name_chooses_the_format_and_the_content_tells_it(string name, string content)
    {
        string path = Path.Combine(_folder, name);
        TraceFile.Write(path, s_trace);
        Assert.Contains(content, File.ReadAllText(path), StringComparison.Ordinal);
        Sample.AssertSame(s_trace, Replay.Check(TraceFile.Read(path, Sample.Load)));

        string renamed = Path.Combine(_folder, "renamed");
        File.Move(path, renamed);
        Sample.AssertSame(s_trace, TraceFile.Read(renamed, Sample.Load));
    }

    [Fact]
    public void A_byte_order_mark_is_skipped()
    {
        string path = Path.Combine(_folder, "trace.json");
        File.WriteAllText(path, TraceJson.Write(s_trace), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        Sample.AssertSame(s_trace, TraceFile.Read(path, Sample.Load));
    }

    [Fact]
    public void An_old_file_is_replaced_and_nothing_else_is_left()
    {
        string path = Path.Combine(_folder, "trace.json");
        File.WriteAllText(path, "old");
        TraceFile.CheckWritable(path);
        Assert.Equal("old", File.ReadAllText(path));
        TraceFile.Write(path, s_trace);
        Assert.Equal(TraceJson.Write(s_trace), File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder));
    }

    [Theory]
    [InlineData("trace.txt", ": a trace file ends in .json (our own schema) or .itf.json (ITF)")]
    [InlineData("trace", ": a trace file ends in .json (our own schema) or .itf.json (ITF)")]
    [InlineData("missing/trace.json", ": there is no directory */missing")]
    [InlineData("folder.json", ": it is a directory")]
    public void What_cannot_be_written_is_refused_before_and_after(string name, string message)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "folder.json"));
        string path = Path.Combine(_folder, name);
        string expected = path + message.Replace("*", _folder, StringComparison.Ordinal);
        Assert.Equal(expected, Assert.Throws<TraceFileException>(() => TraceFile.CheckWritable(path)).Message);
        Assert.Equal(expected, Assert.Throws<TraceFileException>(() => TraceFile.Write(path, s_trace)).Message);
        Assert.Equal([Path.Combine(_folder, "folder.json")], Directory.GetFileSystemEntries(_folder));
    }

    /// <summary>A file in the place of a directory; and /proc, where even root may not write.</summary>
    [Fact]
    public void A_place_where_nothing_can_be_made_is_refused()
    {
        string file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");
        string path = Path.Combine(file, "trace.json");
        Assert.StartsWith(
            $"{path}: there is no directory {file}",
            Assert.Throws<TraceFileException>(() => TraceFile.Write(path, s_trace)).Message);
        if (OperatingSystem.IsLinux())
        {
            Assert.StartsWith(
                "/proc/trace.json: ",
                Assert.Throws<TraceFileException>(() => TraceFile.Write("/proc/trace.json", s_trace)).Message);
        }
    }

    [Fact]
    public void What_cannot_be_opened_is_refused()
    {
        string path = Path.Combine(_folder, "nowhere.json");
        Assert.Equal(
            $"{path}: there is no such file",
            Assert.Throws<TraceFormatException>(() => TraceFile.Read(path, Sample.Load)).Message);
        Assert.Equal($"{_folder}: is a directory", Assert.Throws<TraceFormatException>(() => TraceFile.Read(_folder, Sample.Load)).Message);
        string inside = Path.Combine(path, "trace.json");
        Assert.Equal(
            $"{inside}: there is no directory '{path}'",
            Assert.Throws<TraceFormatException>(() => TraceFile.Read(inside, Sample.Load)).Message);
    }
}
