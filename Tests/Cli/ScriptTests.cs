using System.Diagnostics;
using Checker.Tests.Architecture;

namespace Checker.Tests.Cli;

/// <summary>
/// The script <c>checker</c> in a copy of the repository that has few sources, and a <c>dotnet</c> that compiles by copying them.
/// </summary>
public sealed class ScriptTests : IDisposable
{
    private const string Source = "Model/Source.cs";
    private const string Built = "Composition/bin/Release/net10.0/checker.dll";

    /// <summary>
    /// Builds as MSBuild does: compiles only if a source is newer than the last compilation, or if it is told to build everything.
    /// </summary>
    private const string Dotnet = """
        #!/bin/sh
        case "$1" in
            --version) echo 10.0.0 ;;
            build)
                echo "$HOME" >> builds
                [ ! -e broken ] || exit 1
                if [ -e wrong ]; then
                    for i in 1 2; do echo "$PWD/Model/Source.cs(3,5): error CS1002: ; expected [$PWD/Model/Model.csproj]"; done
                    exit 1
                fi
                out=Composition/bin/Release/net10.0
                case "$*" in *--artifacts-path*)
                    out=$(echo "$*" | sed 's/.*--artifacts-path \([^ ]*\).*/\1/')/bin/Composition/release ;;
                esac
                mkdir -p $out
                if [ ! -e compiled ] || [ -n "$(find Model -newer compiled)" ] || [ "$3" = --no-incremental ]; then
                    cat Model/*.cs > compiled
                fi
                cp compiled $out/checker.dll
                cp compiled $out/Checker.Model.dll ;;
            *) cat "$1" ;;
        esac
        """;

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("checker-script");
    private string? _home;
    private string _cache = "";
    private string _error = "";

    public ScriptTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a shell script");
        string[] folders = ["Model", "Properties", "Solver", "App", "Testing", "Cli", "Composition", "eng", "path", "home", "temporary"];
        foreach (string folder in folders)
        {
            _root.CreateSubdirectory(folder);
        }

        foreach (string file in new[] { "checker", "eng/dotnet.sh", "eng/cache.sh" })
        {
            File.Copy(Path.Combine(Repository.Root, file), PathOf(file));
        }

        foreach (string file in new[] { "Directory.Build.props", "global.json", ".editorconfig", "Composition/Composition.csproj" })
        {
            File.WriteAllText(PathOf(file), "");
        }

        // The copy is executable, like the script.
        File.Copy(PathOf("checker"), PathOf("path/dotnet"));
        // The repository may be read-only; the copies are not.
        File.SetAttributes(PathOf("path/dotnet"), FileAttributes.Normal);
        File.WriteAllText(PathOf("path/dotnet"), Dotnet);
        File.WriteAllText(PathOf(Source), "first");
    }

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void What_is_up_to_date_is_not_built_again()
    {
        Assert.Equal((0, "first"), Run());
        Assert.Equal((0, "first"), Run());
        Assert.Equal(1, Builds);
    }

    [Fact]
    public void A_changed_source_is_built()
    {
        Run();
        File.WriteAllText(PathOf(Source), "second");
        Assert.Equal((0, "second"), Run());
    }

    [Fact]
    public void A_source_that_is_moved_to_its_place_is_built_whatever_its_age()
    {
        File.WriteAllText(PathOf("older"), "older");
        File.SetLastWriteTimeUtc(PathOf("older"), new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Run();
        File.Move(PathOf("older"), PathOf(Source), overwrite: true);
        Assert.Equal((0, "older"), Run());
    }

    [Fact]
    public void A_source_that_is_as_old_and_as_large_as_before_is_built()
    {
        Run();
        var time = File.GetLastWriteTimeUtc(PathOf(Source));
        File.WriteAllText(PathOf(Source), "FIRST");
        File.SetLastWriteTimeUtc(PathOf(Source), time);
        Assert.Equal((0, "FIRST"), Run());
    }

    [Fact]
    public void A_source_that_is_only_touched_is_not_built()
    {
        Run();
        File.SetLastWriteTimeUtc(PathOf(Source), DateTime.UtcNow.AddMinutes(1));
        Assert.Equal((0, "first"), Run());
        Assert.Equal(1, Builds);
    }

    [Fact]
    public void A_program_that_was_built_of_other_sources_is_built_again()
    {
        Run();
        File.WriteAllText(PathOf(Built), "of other sources");
        Assert.Equal((0, "first"), Run());
    }

    [Fact]
    public void A_source_that_comes_or_goes_is_built()
    {
        Run();
        File.WriteAllText(PathOf("Model/Tail.cs"), " and more");
        Assert.Equal((0, "first and more"), Run());
        File.Delete(PathOf("Model/Tail.cs"));
        Run();
        Assert.Equal(3, Builds);
    }

    [Fact]
    public void A_failing_build_is_no_violation()
    {
        File.WriteAllText(PathOf("broken"), "");
        Assert.Equal(4, Run(says: "the build failed").Code);
    }

    [Fact]
    public void Sources_that_do_not_compile_are_bad_input_and_each_error_is_printed_once()
    {
        File.WriteAllText(PathOf("wrong"), "");
        Assert.Equal((2, ""),
            Run(says: "Model/Source.cs(3,5): error CS1002: ; expected\nchecker: the sources do not compile; see above.\n"));
        Assert.DoesNotContain(_root.FullName, _error, StringComparison.Ordinal);
        Assert.Single(_error.Split('\n'), line => line.Contains("CS1002", StringComparison.Ordinal));
    }

    [Fact]
    public void A_failing_build_does_not_run_the_program_of_before()
    {
        Run();
        File.WriteAllText(PathOf("broken"), "");
        File.WriteAllText(PathOf(Source), "second");
        Assert.Equal((4, ""), Run(says: "the build failed"));
    }

    [Fact]
    public void Without_a_place_for_temporary_files_the_build_says_so() =>
        Assert.Equal((4, ""), Run(says: "TMPDIR", temporary: "/nowhere"));

    [Fact]
    public void A_checkout_that_cannot_be_written_is_built_in_the_cache()
    {
        HideOutput();
        Assert.Equal((0, "first"), Run(says: "cannot be written: what is built goes to"));
        Assert.Single(Directory.GetFiles(PathOf("home/.cache/checker"), "checker.dll", SearchOption.AllDirectories));
        Assert.Equal((0, "first"), Run());
        Assert.Equal(1, Builds);
        File.WriteAllText(PathOf(Source), "second");
        Assert.Equal((0, "second"), Run());
    }

    [Fact]
    public void Without_a_place_to_build_the_script_says_so()
    {
        HideOutput();
        _cache = "/dev/null/cache";
        Assert.Equal((4, ""), Run(says: "nothing can be built"));
    }

    [Fact]
    public void A_home_that_cannot_be_written_is_replaced_by_a_private_folder()
    {
        HideOutput();
        _home = "/dev/null/home";
        Assert.Equal((0, "first"), Run());
        string folder = Assert.Single(Directory.GetDirectories(PathOf("temporary"), "checker-*"));
        Assert.Equal([$"{folder}/home"], File.ReadAllLines(PathOf("builds")));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        }

        Assert.Equal((0, "first"), Run());
        Assert.Equal(1, Builds);
    }

    /// <summary>Another user may have made the link, to have this one run a program of theirs.</summary>
    [Fact]
    public void A_link_in_place_of_the_private_folder_is_not_followed()
    {
        HideOutput();
        _home = "/dev/null/home";
        Run();
        string folder = Assert.Single(Directory.GetDirectories(PathOf("temporary"), "checker-*"));
        Directory.Move(folder, PathOf("elsewhere"));
        Directory.CreateSymbolicLink(folder, PathOf("elsewhere"));
        Assert.Equal((4, ""), Run(says: "nothing can be built"));
    }

    private void HideOutput() => File.WriteAllText(PathOf("Composition/obj"), "not a folder");

    private int Builds => File.ReadAllLines(PathOf("builds")).Length;

    private string PathOf(string name) => Path.Combine(_root.FullName, name);

    private (int Code, string Output) Run(string says = "", string? temporary = null)
    {
        var start = new ProcessStartInfo(PathOf("checker"), "list")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{PathOf("path")}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["TMPDIR"] = temporary ?? PathOf("temporary");
        start.Environment["HOME"] = _home ?? PathOf("home");
        start.Environment["CHECKER_CACHE"] = _cache;
        start.Environment["XDG_CACHE_HOME"] = "";
        using var process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Contains(says, error, StringComparison.Ordinal);
        _error = error;
        return (process.ExitCode, output);
    }
}
