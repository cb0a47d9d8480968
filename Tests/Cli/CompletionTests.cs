using System.Diagnostics;

namespace Checker.Tests.Cli;

/// <summary>The words that a shell offers.</summary>
public sealed class CompletionTests
{
    [Theory]
    [InlineData("checker ver", "verify")]
    [InlineData("./checker verify --prot", "--protocol")]
    [InlineData("checker verify --protocol ", "GuestMemory", "PageLifecycle", "Counter")]
    [InlineData("checker verify --protocol PageLifecycle --design sep", "separate,honest", "separate,spurious")]
    [InlineData("checker verify --drop punch.f", "punch.flush")]
    [InlineData("checker verify --protocol PageLifecycle --drop punch.", "punch.zap")]
    [InlineData("checker prove --property HostNever", "HostNeverReachesPrivate")]
    [InlineData("checker ci --jun", "--junit")]
    [InlineData("checker claims --pro", "--protocol")]
    public void Words_fit_the_place(string line, params string[] expected)
    {
        string[] words = Suggest(line, line.Length);

        Assert.Subset(words.ToHashSet(), expected.ToHashSet());
    }

    [Fact]
    public void A_wrong_name_offers_nothing_and_says_nothing()
    {
        Assert.Empty(Suggest("checker verify --protocol Nope --drop ", 38));
        Assert.Equal("", Program.Run("[suggest:5]").Error);
        Assert.Equal(0, Program.Run("[suggest:99999]", "checker verify --design").Code);
    }

    [Fact]
    public void The_cursor_may_stand_inside_the_line() => Assert.Contains("verify", Suggest("checker ver --protocol Counter", 11));

    /// <summary>A word is taken by the shell as it is.</summary>
    [Fact]
    public void No_word_needs_quotes() => Assert.DoesNotContain(
        Suggest("checker verify --property ", 26),
        w => w.Any(c => " ()<>*'\"".Contains(c, StringComparison.Ordinal)));

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("powershell")]
    public void Each_shell_has_a_script(string shell) =>
        Assert.Contains("[suggest:", Program.Run("completion", shell).Output, StringComparison.Ordinal);

    [Fact]
    public void Another_shell_is_refused()
    {
        var outcome = Program.Run("completion", "bush");
        Assert.Equal((2, ""), (outcome.Code, outcome.Output));
        Assert.Contains("did you mean 'bash'?", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Bash_completes()
    {
        using var folder = new Folder();
        string program = Path.Combine(AppContext.BaseDirectory, "checker.dll");
        string script = folder.Write("complete.sh", $$"""
            checker() { dotnet '{{program}}' "$@"; }
            {{Program.Run("completion", "bash").Output}}
            COMP_LINE='checker verify --protocol Count' COMP_POINT=31 COMP_WORDS=(checker verify --protocol Count) COMP_CWORD=3
            _checker_complete
            printf '%s\n' "${COMPREPLY[@]}"
            complete -p checker
            """);
        var start = new ProcessStartInfo("bash", [script])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var bash = Process.Start(start)!;
        string output = bash.StandardOutput.ReadToEnd();
        string error = bash.StandardError.ReadToEnd();
        bash.WaitForExit();

        Assert.Equal("", error);
        Assert.Equal(["Counter", "complete -o default -F _checker_complete checker"], output.TrimEnd('\n').Split('\n'));
    }

    private static string[] Suggest(string line, int position) => Program.Run($"[suggest:{position}]", line).Output
        .Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
