using System.Diagnostics;
using System.IO.Compression;
using System.Runtime.Versioning;
using Checker.Solver.Smt;
using Checker.Tests.Architecture;

namespace Checker.Tests.Cli;

/// <summary>
/// <c>./checker provision</c> in a copy whose system folders lie in a temporary folder, with wheels and an <c>apt-get</c> made here.
/// </summary>
[UnsupportedOSPlatform("windows")]
[Trait("Tier", "slow")]
public sealed class ProvisionScriptTests : IDisposable
{
    private const UnixFileMode Everyone = (UnixFileMode)0b111_111_111;
    private const UnixFileMode Readable = (UnixFileMode)0b101_101_101;

    private static readonly string s_program = typeof(Checker.Composition.Protocols.Registry).Assembly.Location;

    /// <summary>The programs that the scripts use; neither <c>apt-get</c> nor <c>sudo</c> is among them.</summary>
    private static readonly string[] s_tools =
    [
        "awk", "basename", "bash", "cat", "cp", "dirname", "env", "flock", "grep", "head", "id", "ls", "mkdir", "mktemp", "mv", "readlink",
        "rm", "rmdir", "sh", "sort", "tail", "touch", "true", "uname",
    ];

    private const string Places = "Solver/Smt/libz3-places.txt";

    private static readonly string[] s_files =
    [
        "checker", "eng/cache.sh", "eng/dotnet.sh", "eng/libz3.sh", "eng/libz3_of_wheel.py", "eng/provision.sh", "eng/provision-apt.sh",
        "eng/provision-cvc5.sh", Places,
    ];

    private static readonly string[] s_folders =
    [
        "checkout/eng", "checkout/Solver/Smt", "path", "home", "temporary", "wheels", "usr/lib64", "etc/apt/sources.list.d",
        "etc/apt/preferences.d",
    ];

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("checker-provision");
    private readonly Dictionary<string, string> _environment = [];
    private readonly string _library;

    public ProvisionScriptTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the system folders are those of Linux");
        Assert.SkipUnless(NativeZ3.Probe().Found, "the wheels are made from this system's libz3");
        _library = NativeZ3.Probe().Path!;
        File.SetUnixFileMode(_root.FullName, Readable);
        foreach (string folder in s_folders)
        {
            Directory.CreateDirectory(PathOf(folder));
        }

        File.SetUnixFileMode(PathOf("home"), Everyone);
        File.SetUnixFileMode(PathOf("temporary"), Everyone);
        foreach (string file in s_files)
        {
            string copy = PathOf($"checkout/{file}");
            File.Copy(Path.Combine(Repository.Root, file), copy);
            // The repository may be read-only; the copies are not.
            File.SetAttributes(copy, FileAttributes.Normal);
            string text = File.ReadAllText(copy);
            text = file == Places ? text.Replace("/usr", PathOf("usr"), StringComparison.Ordinal) : text;
            File.WriteAllText(copy, text.Replace("/etc/", PathOf("etc/"), StringComparison.Ordinal));
        }

        foreach (string tool in s_tools)
        {
            File.CreateSymbolicLink(PathOf($"path/{tool}"), FullPath(tool) ?? throw new InvalidOperationException($"{tool} is missing"));
        }

        Program("ldconfig", "exit 0");
        Program("cvc5", "exit 0");
        _environment["PATH"] = PathOf("path");
        _environment["HOME"] = PathOf("home");
        _environment["TMPDIR"] = PathOf("temporary");
        _environment["LANG"] = "C";
    }

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void The_library_that_is_named_is_used()
    {
        _environment["CHECKER_LIBZ3"] = _library;
        Assert.Equal((0, $"checker: libz3: {_library} can be used; nothing was changed."), First(Run()));
    }

    [Theory]
    [InlineData("missing", "there is no such file")]
    [InlineData("text", "it is not libz3")]
    [InlineData("old", "it is older than 4.12")]
    [InlineData("cut", "it is damaged")]
    [InlineData("foreign", "made for another kind of machine")]
    public void A_named_library_that_cannot_be_used_ends_in_one_line(string kind, string reason)
    {
        _environment["CHECKER_LIBZ3"] = PathOf($"{kind} libz3.so/libz3.so");
        Directory.CreateDirectory(PathOf($"{kind} libz3.so"));
        if (kind != "missing")
        {
            File.WriteAllBytes(PathOf($"{kind} libz3.so/libz3.so"), Library(kind));
        }

        var (code, error) = Run("eng/provision.sh");
        Assert.Equal(4, code);
        Assert.Contains(reason, Assert.Single(error), StringComparison.Ordinal);
        Assert.Contains("unset CHECKER_LIBZ3", error[0], StringComparison.Ordinal);
    }

    [Fact]
    public void The_system_comes_before_the_cache_and_a_library_that_is_too_old_is_passed_over()
    {
        string fetched = PathOf("home/.cache/checker/z3-solver-4.13.3-Linux/libz3.so");
        Directory.CreateDirectory(Path.GetDirectoryName(fetched)!);
        File.Copy(_library, fetched);
        File.WriteAllBytes(PathOf("usr/lib64/libz3.so"), Library("old"));
        Assert.Equal((0, $"checker: libz3: {fetched} can be used; nothing was changed."), First(Run()));
        File.Copy(_library, PathOf("usr/lib64/libz3.so.4"));
        Assert.Equal((0, $"checker: libz3: {PathOf("usr/lib64/libz3.so.4")} can be used; nothing was changed."), First(Run()));
    }

    /// <summary>Without root, in a checkout that cannot be written, and without apt.</summary>
    [Fact]
    public void A_user_fetches_the_wheel_into_the_cache_and_changes_nothing_else()
    {
        Wheel("whole");
        UsePython();
        foreach (string file in Directory.EnumerateFileSystemEntries(PathOf("checkout"), "*", SearchOption.AllDirectories))
        {
            File.SetUnixFileMode(file, Readable);
        }

        var (code, error) = Run(asNobody: true);
        string[] there = [.. Directory.EnumerateFiles(PathOf("home"), "*", SearchOption.AllDirectories)];
        Assert.True(code == 0, string.Join('\n', error));
        string library = Assert.Single(there);
        Assert.StartsWith(PathOf("home/.cache/checker/z3-solver-4."), library);
        const string Name = "z3_solver-4.13.99.0-py3-none-any.whl";
        string says = $"is now in {library}, from {Name}; nothing else was changed";
        Assert.Contains(error, line => line.Contains(says, StringComparison.Ordinal));
        Assert.Equal(new FileInfo(_library).Length, new FileInfo(library).Length);

        Assert.Equal((0, $"checker: libz3: {library} can be used; nothing was changed."), First(Run(asNobody: true)));
    }

    [Theory]
    [InlineData("text")]
    [InlineData("old")]
    [InlineData("cut")]
    [InlineData("foreign")]
    [InlineData("empty")]
    [InlineData("cut wheel")]
    public void A_wheel_that_is_damaged_or_too_old_is_refused_and_leaves_nothing_behind(string kind)
    {
        Wheel(kind);
        UsePython();
        var (code, error) = Run();
        Assert.Equal(4, code);
        Assert.Contains(error, line => line.StartsWith("checker: pip: the ", StringComparison.Ordinal) &&
            (line.Contains("cannot be used: it", StringComparison.Ordinal) ||
                line.Contains("was not fetched: ERROR", StringComparison.Ordinal)));
        Assert.Contains(error, line => line.Contains("install this system's package of Z3", StringComparison.Ordinal));
        Assert.Empty(Directory.EnumerateFiles(PathOf("home"), "*", SearchOption.AllDirectories));
        Assert.DoesNotContain(error, line => line.Contains("Bus error", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "python3 was not found")]
    [InlineData("[ $# -eq 2 ]", "python3 has neither pip nor venv")]
    public void Without_pip_the_next_way_is_taken(string python, string says)
    {
        if (python.Length > 0)
        {
            Program("python3", python);
        }

        Debian("13", candidate: "4.13.3-1", simulated: "Inst libz3-4 (4.13.3-1 Debian:13)");
        var (code, error) = Run();
        Assert.True(code == 0, string.Join('\n', error));
        Assert.Contains(error, line => line.Contains(says, StringComparison.Ordinal));
        Assert.Contains(error, line => line.Contains("is installed", StringComparison.Ordinal));
        Assert.True(Installed);
    }

    [Fact]
    public void A_local_folder_with_wheels_needs_no_pip()
    {
        Wheel("whole");
        string? python = FullPath("python3");
        Assert.SkipWhen(python is null, "there is no Python");
        Program("python3", $"""[ "$1" != -m ] && exec {python} "$@" """);
        _environment["CHECKER_WHEELS"] = PathOf("wheels");
        var (code, error) = Run();
        Assert.True(code == 0, string.Join('\n', error));
        Assert.Single(Directory.EnumerateFiles(PathOf("home"), "libz3.so", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_home_that_cannot_be_written_is_replaced_by_a_private_folder()
    {
        Wheel("whole");
        UsePython();
        _environment["HOME"] = "/dev/null/home";
        var (code, error) = Run(asNobody: true);
        Assert.True(code == 0, string.Join('\n', error));
        string library = Assert.Single(Directory.EnumerateFiles(PathOf("temporary"), "libz3.so", SearchOption.AllDirectories));
        Assert.Contains(error, line => line.Contains($"is now in {library}, from", StringComparison.Ordinal));
        Assert.Equal((0, $"checker: libz3: {library} can be used; nothing was changed."), First(Run(asNobody: true)));
    }

    [Fact]
    public void A_cache_that_cannot_be_written_is_said()
    {
        Program("python3", "exit 0");
        _environment["CHECKER_CACHE"] = "/dev/null/cache";
        var (code, error) = Run();
        Assert.Equal(4, code);
        Assert.Contains(error, line => line.Contains("/dev/null/cache cannot be written", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("12", "4.8.12-3.1", "")]
    [InlineData("13", "4.13.3-1", "Inst libc6 [2.41-1] (2.41-2 Debian:13 [amd64])")]
    public void Another_libc_takes_agreement(string version, string candidate, string simulated)
    {
        Debian(version, candidate, simulated);
        var (code, error) = Run();
        Assert.Equal(4, code);
        const string Refusal = "takes an answer on a terminal, `./checker provision --yes`, or CI=true. Nothing was changed.";
        Assert.Contains(error, line => line.Contains(Refusal, StringComparison.Ordinal));
        Assert.False(Installed);
        Assert.Empty(Directory.EnumerateFiles(PathOf("etc/apt"), "*", SearchOption.AllDirectories));

        Assert.Equal(0, Run("checker", "provision --yes").Code);
        Assert.True(Installed);
        File.Delete(PathOf("usr/lib64/libz3.so.4"));

        _environment["CI"] = "true";
        Assert.Equal(0, Run().Code);
        Assert.True(Installed);
    }

    [Theory]
    [InlineData("\n", 4)]
    [InlineData("n\n", 4)]
    [InlineData("y\n", 0)]
    public void On_a_terminal_another_libc_is_asked_for(string answer, int code)
    {
        Assert.SkipWhen(FullPath("script") is null, "script makes the terminal");
        Debian("12", "4.8.12-3.1", "");
        File.CreateSymbolicLink(PathOf("path/script"), FullPath("script")!);
        _environment["SHELL"] = PathOf("path/sh");
        Assert.Equal(code, Run("../path/script", $"-qec {PathOf("checkout/eng/provision.sh")} /dev/null", input: answer).Code);
        Assert.Equal(code == 0, Installed);
    }

    [Fact]
    public void Where_nothing_may_be_installed_nothing_is()
    {
        Wheel("whole");
        UsePython();
        Debian("13", candidate: "4.13.3-1", simulated: "");
        _environment["CHECKER_NO_PROVISION"] = "1";
        _environment["CI"] = "true";
        var (code, error) = Run();
        Assert.Equal(4, code);
        Assert.Contains("CHECKER_NO_PROVISION=1: nothing was installed.", error[0], StringComparison.Ordinal);
        Assert.False(Installed);
        Assert.Empty(Directory.EnumerateFileSystemEntries(PathOf("home")));
    }

    /// <summary>For the program, an empty file hides the system's libz3 in a mount namespace.</summary>
    [Theory]
    [InlineData("brew/lib", "HOMEBREW_PREFIX", "brew")]
    [InlineData("environment [1]/lib/python3.9/site-packages/z3/lib", "VIRTUAL_ENV", "environment [1]")]
    [InlineData("own/.local/lib/python3.9/site-packages/z3/lib", "HOME", "own")]
    [InlineData("own/.pyenv/versions/3.9.1/lib/python3.9/site-packages/z3/lib", "HOME", "own")]
    [InlineData("cache/z3-solver-4.13.3-Linux", "CHECKER_CACHE", "cache")]
    [InlineData("cache/checker/z3-solver-4.13.3-Linux", "XDG_CACHE_HOME", "cache")]
    [InlineData("own/.cache/checker/z3-solver-4.13.3-Linux", "HOME", "own")]
    [InlineData("python/z3/lib", "PYTHONPATH", "python")]
    public void The_program_finds_what_the_script_finds(string folder, string variable, string value)
    {
        bool canHide = Path.IsPathFullyQualified(_library) && Succeeds("unshare", "-m", "true");
        Assert.SkipUnless(canHide, "only root may hide the system's libz3");
        UsePython();
        Directory.CreateDirectory(PathOf(folder));
        string library = PathOf($"{folder}/libz3.so");
        File.Copy(_library, library);
        _environment[variable] = PathOf(value);
        Assert.Equal((0, $"checker: libz3: {library} can be used; nothing was changed."), First(Run()));

        File.WriteAllText(PathOf("empty"), "");
        const string Hidden = """mount --bind "$1" "$2" && exec dotnet "$3" --version""";
        var start = new ProcessStartInfo("unshare", ["-m", "sh", "-c", Hidden, "sh", PathOf("empty"), _library, s_program])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        start.Environment["HOME"] = PathOf("home");
        start.Environment[variable] = PathOf(value);
        using var process = Process.Start(start)!;
        Assert.Contains($"({library})", process.StandardOutput.ReadToEnd(), StringComparison.Ordinal);
        process.WaitForExit();
    }

    [Theory]
    [InlineData("text", "it is no library of this kind of system")]
    [InlineData("cut", "its end is missing")]
    [InlineData("foreign", "it is made for another processor")]
    [InlineData("missing", "cannot be loaded")]
    [InlineData("old", "libz3 4.12 or newer is needed")]
    public void The_program_refuses_what_cannot_be_loaded(string kind, string reason)
    {
        if (kind != "missing")
        {
            File.WriteAllBytes(PathOf("libz3.so"), Library(kind));
        }

        var start = new ProcessStartInfo("dotnet", [s_program, "verify", "--protocol", "Counter", "--cross-check"])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        };
        start.Environment["CHECKER_LIBZ3"] = PathOf("libz3.so");
        using var process = Process.Start(start)!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(4, process.ExitCode);
        Assert.Contains(reason, Assert.Single(error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("provision --no", 2)]
    [InlineData("provision --yes --yes", 2)]
    public void Other_arguments_are_refused(string arguments, int code) => Assert.Equal(code, Run("checker", arguments).Code);

    private bool Installed => File.Exists(PathOf("usr/lib64/libz3.so.4"));

    private string PathOf(string name) => Path.Combine(_root.FullName, name);

    /// <summary>A Debian with this version, this candidate for libz3-4, and these words of apt about what it would install.</summary>
    private void Debian(string version, string candidate, string simulated)
    {
        File.WriteAllText(PathOf("etc/os-release"), $"ID=debian\nVERSION_ID={version}\nPRETTY_NAME='Debian {version}'\n");
        Program("sudo", """while [ "$1" = -n ]; do shift; done; exec "$@" """);
        Program("dpkg", $"""[ "$(printf '%s\n%s\n' "$2" "$4" | sort -V | head -n 1)" = "$4" ]""");
        Program("dpkg-query", """case "$*" in *libc6) echo 2.36-9 ;; *) echo 4.8.12-3.1 ;; esac""");
        Program("apt-cache", $"echo '  Candidate: {candidate}'");
        Program("apt-get", $"""
            case "$*" in
                -s*) echo '{simulated}' ;;
                *indextargets*) ;;
                *install*) cp {_library} {PathOf("usr/lib64/libz3.so.4")} ;;
            esac
            """);
    }

    /// <summary>Puts a Python with pip on the path, for every user.</summary>
    private void UsePython()
    {
        string? python = new[] { "/usr/bin/python3", FullPath("python3") }
            .FirstOrDefault(p => File.Exists(p) && Succeeds(p, "-m", "pip", "--version"));
        Assert.SkipWhen(python is null, "there is no pip");
        Program("python3", $"""exec {python} "$@" """);
        _environment["CHECKER_WHEELS"] = PathOf("wheels");
    }

    private void Wheel(string kind)
    {
        string wheel = PathOf("wheels/z3_solver-4.13.99.0-py3-none-any.whl");
        using (var zip = ZipFile.Open(wheel, ZipArchiveMode.Create))
        {
            const string Info = "z3_solver-4.13.99.0.dist-info";
            Add(zip, $"{Info}/METADATA", "Metadata-Version: 2.1\nName: z3-solver\nVersion: 4.13.99.0\n"u8);
            Add(zip, $"{Info}/WHEEL", "Wheel-Version: 1.0\nGenerator: here\nRoot-Is-Purelib: false\nTag: py3-none-any\n"u8);
            Add(zip, $"{Info}/RECORD", ""u8);
            if (kind != "empty")
            {
                Add(zip, "z3/lib/libz3.so", Library(kind));
            }
        }

        if (kind == "cut wheel")
        {
            File.WriteAllBytes(wheel, File.ReadAllBytes(wheel)[..1000]);
        }
    }

    private static void Add(ZipArchive zip, string name, ReadOnlySpan<byte> content)
    {
        using var stream = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
        stream.Write(content);
    }

    private byte[] Library(string kind)
    {
        byte[] whole = File.ReadAllBytes(_library);
        switch (kind)
        {
            case "text":
                return "no library"u8.ToArray();
            case "old":
                // Another name for the function that Debian 12's libz3 lacks. The loader's hash is the same: 33 * 'e' + 'n'.
                for (int at; (at = whole.AsSpan().IndexOf("Z3_enable_concurrent_dec_ref"u8)) >= 0;)
                {
                    "Z3_fM"u8.CopyTo(whole.AsSpan(at));
                }

                return whole;
            case "cut":
                return whole[..(whole.Length * 3 / 4)];
            case "foreign":
                whole[18] ^= 0xff;   // the processor, in the header of an ELF file
                return whole;
            default:
                return whole;
        }
    }

    private void Program(string name, string script)
    {
        File.WriteAllText(PathOf($"path/{name}"), $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(PathOf($"path/{name}"), Readable);
    }

    private static string? FullPath(string tool) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Select(folder => Path.Combine(folder, tool)).FirstOrDefault(File.Exists);

    private static bool Succeeds(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private static (int Code, string Line) First((int Code, string[] Error) run) => (run.Code, run.Error[0]);

    private (int Code, string[] Error) Run(string script = "checker", string? arguments = null, string input = "", bool asNobody = false)
    {
        string words = arguments ?? (script == "checker" ? "provision" : "");
        string[] command = [PathOf($"checkout/{script}"), .. words.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        if (asNobody && Environment.UserName == "root")
        {
            Assert.SkipWhen(FullPath("setpriv") is null, "setpriv runs the script as another user");
            command = [FullPath("setpriv")!, "--reuid=65534", "--regid=65534", "--clear-groups", .. command];
        }

        var start = new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        start.Environment.Clear();
        foreach (var (name, value) in _environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Write(input);
        process.StandardInput.Flush();
        if (input.Length == 0)
        {
            process.StandardInput.Close();
        }

        string output = process.StandardOutput.ReadToEnd();
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, [.. (error + output).Split('\n', StringSplitOptions.RemoveEmptyEntries)]);
    }
}
