using Checker.App;
using Checker.Composition.Protocols;
using Checker.Model.Catalogue;

namespace Checker.Tests.Cli;

/// <summary>The words of the command line, one by one.</summary>
public sealed class OptionsTests
{
    private static readonly Protocol s_guestMemory = Registry.Get("GuestMemory");

    [Theory]
    [InlineData("1,2,1,1,0", new[] { 1, 2, 1, 1, 0 })]
    [InlineData(" 2, 3,1,0,62", new[] { 2, 3, 1, 0, 62 })]
    public void Bounds_are_sizes_by_sort(string text, int[] sizes)
    {
        var bounds = BoundsOption.Parse(s_guestMemory, text);
        Assert.Equal(sizes, bounds.Sizes);
        Assert.Equal(sizes[1], bounds.BySort["Frame"]);
        Assert.Equal("pages,frames,vcpus,threads,pins", bounds.Names);
    }

    [Theory]
    [InlineData("*", 26)]
    [InlineData("*,*,*,*", 26)]
    [InlineData("pkvm,*,*,*", 2)]
    [InlineData("sw,hole,separate,*", 2)]
    [InlineData("SNP,attribute,inplace,honest", 1)]
    public void A_pattern_selects_designs(string pattern, int designs) =>
        Assert.Equal(designs, DesignPattern.Select(Registry.All, s_guestMemory, [pattern]).Length);

    [Fact]
    public void Patterns_add_up_and_none_means_all()
    {
        Assert.Equal(["sw,hole,separate,honest", "pkvm,attribute,inplace,honest"],
            DesignPattern.Select(Registry.All, s_guestMemory, ["pkvm,*,*,honest", "sw,hole,*,honest"]).Select(d => d.Id));
        Assert.Equal(s_guestMemory.Designs, DesignPattern.Select(Registry.All, s_guestMemory, []));
    }

    [Theory]
    [InlineData("1M", 1L << 20)]
    [InlineData("1.5g", 3L << 29)]
    [InlineData("2GiB", 2L << 30)]
    [InlineData("2GB", 2L << 30)]
    [InlineData("1048576", 1L << 20)]
    public void Sizes_are_powers_of_1024(string text, long bytes) =>
        Assert.Equal(bytes, Quantity.ParseBytes("--memory", text, most: 1L << 40));

    [Theory]
    [InlineData("")]
    [InlineData("G")]
    [InlineData("-1G")]
    [InlineData("1e9")]
    [InlineData("2T")]
    [InlineData("1023K")]
    public void Other_sizes_are_refused(string text) =>
        Assert.Throws<BadInputException>(() => Quantity.ParseBytes("--memory", text, most: 1L << 40));

    [Theory]
    [InlineData(512, "512")]
    [InlineData(1536, "1.5K")]
    [InlineData((1L << 30) - 1, "1023M")]
    [InlineData(23L << 30, "23G")]
    public void Bytes_are_printed_rounded_down(long bytes, string text)
    {
        Assert.Equal(text, Quantity.Bytes(bytes));
        Assert.True(bytes < 1 << 20 || Quantity.ParseBytes("--memory", text, most: bytes) <= bytes);
    }

    /// <summary>The sorts of one protocol are no example for the others.</summary>
    [Theory]
    [InlineData("verify")]
    [InlineData("bmc")]
    [InlineData("walk")]
    public void The_help_about_bounds_names_no_protocols_sorts(string command)
    {
        string help = Program.Call($"{command} --help").Output;

        Assert.Contains("--bounds", help, StringComparison.Ordinal);
        Assert.DoesNotContain("vcpus", help, StringComparison.OrdinalIgnoreCase);
    }

    [Theory, Trait("Tier", "slow")]
    [InlineData("PageLifecycle", "separate,spurious", "HostNeverReachesPrivate")]
    [InlineData("GuestMemory", "sw,hole,separate,spurious", "HostNeverReachesPrivate")]
    public void Inference_proves_the_first_invariant_by_default(string protocol, string design, string property) =>
        Assert.Equal(
            property,
            Program.Call($"infer --protocol {protocol} --design {design} --json").Run.GetProperty("property").GetString());

    [Fact]
    public void A_name_is_found_whatever_its_case() =>
        Assert.Equal("GuestMemory", Choice.Of("protocol", "guestmemory", ["Counter", "GuestMemory"]));
}
