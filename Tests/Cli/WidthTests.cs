using System.Text.RegularExpressions;

namespace Checker.Tests.Cli;

/// <summary>The text output of every command fits in 80 columns, except for commands to be copied, paths and source code.</summary>
public sealed partial class WidthTests
{
    private const int Columns = 80;

    [Theory]
    [InlineData("")]
    [InlineData("--help")]
    [InlineData("verify --help")]
    [InlineData("replay --help")]
    [InlineData("verify --protocol Counter --drop lock --simplest")]
    [InlineData("list")]
    [InlineData("list properties --protocol PageLifecycle")]
    [InlineData("doctor")]
    [InlineData("bugs --protocol RangeConversion")]
    [InlineData("bugs E-K1")]
    [InlineData("verify --protocol Counter")]
    [InlineData("verify --protocol PageLifecycle --every-property")]
    [InlineData("verify --protocol PageLifecycle --drop punch.zap --every-property")]
    [InlineData("verify --protocol PageLifecycle --design separate,honest --drop punch.zap")]
    [InlineData("verify --design sw,attribute,inplace,spurious --bounds 1,1,1,1,0")]
    [InlineData("prove --protocol PageLifecycle")]
    [InlineData("prove --protocol PageLifecycle --design separate,honest --matrix")]
    [InlineData("prove --protocol PageLifecycle --design separate,honest --drop punch.zap")]
    [InlineData("bmc --protocol PageLifecycle --depth 4")]
    [InlineData("bmc --protocol Counter --drop lock --depth 6")]
    [InlineData("kind --protocol Counter --k 2")]
    [InlineData("infer --protocol PageLifecycle --design separate,honest")]
    [InlineData("walk --protocol PageLifecycle --walks 10 --steps 100")]
    [InlineData("walk --protocol Counter --walks 10 --drop lock")]
    [InlineData("mutate --protocol Counter")]
    [InlineData("mutate --protocol PageLifecycle --design separate,honest --kind label")]
    [InlineData("graph --protocol Counter --components")]
    [InlineData("graph --protocol PageLifecycle --components")]
    [InlineData("lifecycle --bounds 1,1,1,1,0 --design snp,attribute,inplace,honest")]
    [InlineData("claims S2 --protocol PageLifecycle")]
    [InlineData("export --help")]
    [InlineData("agree --help")]
    [InlineData("designs --platform cca --vmm honest --order store,zap,flush,reclaim")]
    [InlineData("verify --protocol PageLifecycle --compare separate,honest inplace,spurious")]
    public void A_command_fits(string arguments)
    {
        string output = Program.Call(arguments).Output;

        Assert.NotEmpty(output);
        Assert.DoesNotContain(output.Split('\n'), line => IsTooLong(line));
    }

    /// <summary>The commands about files and folders. Each makes what the next one reads.</summary>
    [Fact]
    public void A_command_about_files_fits()
    {
        using var folder = new Folder();
        string[] commands =
        [
            $"new {folder["Own"]}",
            $"verify --protocol PageLifecycle --design separate,honest --drop punch.zap --trace-out {folder["trace.json"]}",
            $"replay {folder["trace.json"]}",
            $"prove --protocol PageLifecycle --certificate {folder["certificate"]}",
            $"certify {folder["certificate"]}",
        ];

        Assert.All(commands, A_command_fits);
    }

    [Fact]
    public void A_row_has_all_its_numbers_in_one_line()
    {
        string output = Program.Call("verify --bounds 1,1,1,1,0 --no-proofs").Output;

        Assert.All(
            Registry("GuestMemory"),
            design => Assert.Matches($@"(?m)^  {Regex.Escape(design)} ( +[\d,]+)+ +\d+\.\d\d(  |$)", output));
    }

    /// <summary>The places in the sources begin at one column.</summary>
    [Fact]
    public void The_places_of_a_trace_are_aligned()
    {
        string output = Program.Call("verify --protocol PageLifecycle --design separate,honest --drop punch.zap").Output;
        var columns = Place().Matches(output).Select(m => m.Groups["place"].Index - output.LastIndexOf('\n', m.Index)).ToList();

        Assert.InRange(columns.Count, 5, 100);
        Assert.Single(columns.Distinct());
    }

    private static IEnumerable<string> Registry(string protocol) =>
        Composition.Protocols.Registry.Get(protocol).Designs.Select(d => d.Id);

    private static bool IsTooLong(string line) => line.Length > Columns && !Command().IsMatch(line) && !Code().IsMatch(line)
        && line.Trim().Contains(' ', StringComparison.Ordinal) && !Path().IsMatch(line);

    [GeneratedRegex(@"^ *(\./)?checker [a-z]+ |`[^`]{40,}`")]
    private static partial Regex Command();

    /// <summary>Matches a declaration to be copied into a model.</summary>
    [GeneratedRegex(@"^ *(m\.Lemma\(|Forall|Exists|\()")]
    private static partial Regex Code();

    [GeneratedRegex(@"(/[\w.+-]+){3,}")]
    private static partial Regex Path();

    [GeneratedRegex(@"(?m)  (?<place>(Model|Properties)/\S+\.cs:\d+)$")]
    private static partial Regex Place();
}
