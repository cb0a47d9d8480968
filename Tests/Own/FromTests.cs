using System.Reflection.Emit;
using Checker.Model.Catalogue;
using Checker.Properties.Counter;
using Checker.Tests.Cli;

namespace Checker.Tests.Own;

/// <summary>Protocols from an assembly outside the program, and whatever may be wrong with such an assembly.</summary>
public sealed class FromTests
{
    private static readonly string s_properties = typeof(CounterProtocol).Assembly.Location;

    [Fact]
    public void Protocols_of_an_assembly_are_checked_like_those_of_the_program()
    {
        var (code, output, error) = Cli.Program.Run("verify", "--from", s_properties, "--protocol", "Counter", "--no-proofs");

        Assert.Equal("", error);
        Assert.Equal(0, code);
        Assert.Contains("1 design: 1 holds", output, StringComparison.Ordinal);
    }

    [Fact]
    public void They_take_the_place_of_those_of_the_program()
    {
        using var folder = new Folder();
        Emitted.Protocols(folder["Own.dll"], Emitted.Counter);

        var (code, output, _) = Cli.Program.Run("list", "protocols", $"--from={folder["Own.dll"]}", "--json");
        var wrong = Cli.Program.Run("verify", "--from", folder["Own.dll"], "--protocol", "GuestMemory");

        Assert.Equal(0, code);
        Assert.Contains("Counter", output, StringComparison.Ordinal);
        Assert.DoesNotContain("PageLifecycle", output, StringComparison.Ordinal);
        Assert.Contains("unknown protocol 'GuestMemory'", wrong.Error, StringComparison.Ordinal);
    }

    /// <summary>A command that the program prints works when it is pasted.</summary>
    [Fact]
    public void A_printed_command_names_the_assembly_again()
    {
        using var folder = new Folder();
        Emitted.Protocols(folder["Own.dll"], Emitted.Counter);

        var (code, _, error) = Cli.Program.Run("walk", "--from", folder["Own.dll"], "--property", "AllDone");

        Assert.Equal(2, code);
        Assert.Contains($"verify --from {folder["Own.dll"]} --property AllDone", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("claims", "verify")]
    [InlineData("designs", "mutate")]
    [InlineData("lifecycle", "graph")]
    public void A_command_about_protocols_of_the_program_names_another(string command, string other)
    {
        foreach (string[] from in new string[][] { ["--from", "my/gate"], ["--from=my/gate"] })
        {
            var (code, _, error) = Cli.Program.Run([command, .. from]);

            Assert.Equal(2, code);
            Assert.Contains($"{command} is about the protocols of this program", error, StringComparison.Ordinal);
            Assert.Contains($"{other} --from my/gate`", error, StringComparison.Ordinal);
        }
    }

    /// <summary>A project of the user has no page at first, so one is written.</summary>
    [Fact]
    public void The_pages_of_its_properties_are_written()
    {
        using var folder = new Folder();
        Emitted.Protocols(folder["Own.dll"], Emitted.Counter);
        string[] write = ["invariants", "--from", folder["Own.dll"], "--write", folder["properties.md"]];

        var (code, output, error) = Cli.Program.Run(write);
        Assert.Equal((0, ""), (code, error));
        string page = File.ReadAllText(folder["properties.md"]);
        Assert.Contains("updated: ", output, StringComparison.Ordinal);
        Assert.Contains("[NoLostUpdate](docs/invariants/Counter.md#nolostupdate)", page, StringComparison.Ordinal);
        Assert.Contains("explored only", page, StringComparison.Ordinal);
        Assert.Contains("### NoLostUpdate", File.ReadAllText(folder["docs/invariants/Counter.md"]), StringComparison.Ordinal);
        Assert.Contains("(../../properties.md)", File.ReadAllText(folder["docs/invariants/Counter.md"]), StringComparison.Ordinal);
        Assert.Contains("up to date", Cli.Program.Run(write).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void One_protocol_in_two_properties_is_one()
    {
        using var folder = new Folder();
        Emitted.Protocols(folder["Own.dll"], Emitted.Counter, Emitted.Counter);

        Assert.Equal(0, Cli.Program.Run("list", "--from", folder["Own.dll"]).Code);
    }

    public static TheoryData<string, Action<ILGenerator>[]> WrongAssemblies => new()
    {
        { "two protocols are called Counter", [Emitted.Counter, Emitted.CopyOfCounter] },
        { "Class0.Definition is null", [Emitted.Nothing] },
        { "Class0.Definition throws InvalidOperationException: the design has no parts", [Emitted.Throws] },
    };

    [Theory]
    [MemberData(nameof(WrongAssemblies))]
    public void A_wrong_assembly_is_refused_in_one_line(string says, Action<ILGenerator>[] bodies)
    {
        using var folder = new Folder();
        Emitted.Protocols(folder["Own.dll"], bodies);

        Refused(folder["Own.dll"], says);
    }

    [Fact]
    public void An_assembly_without_a_protocol_is_refused()
    {
        using var folder = new Folder();
        Emitted.WithModel(folder["Own.dll"], typeof(Protocol).Assembly.GetName().Version!);

        Refused(folder["Own.dll"], "Own has no protocol: no public static property or field of the type Checker.Model.Catalogue.Protocol");
    }

    [Theory]
    [InlineData("missing", "there is no such folder or file")]
    [InlineData("empty", "there is no project (*.csproj) in this folder", "checker new ")]
    [InlineData("two", "there are 2 projects in this folder", "A.csproj, B.csproj")]
    [InlineData("two/A.txt", "neither a folder nor a .csproj nor a .dll")]
    [InlineData("text.dll", "is no .NET assembly")]
    public void A_place_without_a_project_is_refused_in_one_line(string place, params string[] says)
    {
        using var folder = new Folder();
        Directory.CreateDirectory(folder["empty"]);
        Directory.CreateDirectory(folder["two"]);
        folder.Write("two/A.csproj", "");
        folder.Write("two/B.csproj", "");
        folder.Write("two/A.txt", "");
        folder.Write("text.dll", "no assembly");

        Refused(folder[place], says);
    }

    [Fact]
    public void An_assembly_that_knows_no_model_is_refused() =>
        Refused(typeof(FactAttribute).Assembly.Location, "has no protocol: it does not refer to Checker.Model");

    [Fact]
    public void An_assembly_of_another_version_is_refused()
    {
        using var folder = new Folder();
        Emitted.WithModel(folder["Own.dll"], new(99, 0, 0, 0));

        Refused(folder["Own.dll"], "Own was built with another version of Checker.Model", "99.0.0.0");
    }

    /// <summary>Before 1.0 all versions of an assembly have the same number; the copy beside it says more.</summary>
    [Fact]
    public void An_assembly_beside_another_version_is_refused()
    {
        using var folder = new Folder();
        Emitted.Protocols(folder["Own.dll"], Emitted.Counter);
        File.Copy(typeof(FactAttribute).Assembly.Location, folder["Checker.Model.dll"]);

        Refused(folder["Own.dll"], "Own was built with another version of Checker.Model");
    }

    [Fact]
    public void A_command_that_is_not_about_any_protocol_has_no_such_option()
    {
        var (code, _, error) = Cli.Program.Run("doctor", "--from", s_properties);

        Assert.Equal(2, code);
        Assert.Contains("unknown option '--from'", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_option_is_named_before_anything_is_loaded() =>
        Assert.Contains("unknown option '--boudns'", Cli.Program.Run("verify", "--from", "/nowhere", "--boudns", "1").Error,
            StringComparison.Ordinal);

    private static void Refused(string from, params string[] says)
    {
        var (code, output, error) = Cli.Program.Run("verify", "--from", from);

        Assert.Equal(2, code);
        Assert.Empty(output);
        string line = Assert.Single(error.TrimEnd('\n').Split('\n'));
        Assert.StartsWith($"checker: --from {from}", line);
        Assert.All(says, s => Assert.Contains(s, line, StringComparison.Ordinal));
    }
}
