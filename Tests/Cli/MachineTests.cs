using Checker.App;

namespace Checker.Tests.Cli;

/// <summary>The free memory is the least of the amounts left by the machine and by each control group.</summary>
public sealed class MachineTests
{
    private const string Meminfo = "MemTotal:       24000000 kB\nMemFree:         1000000 kB\nMemAvailable:   20000000 kB\n";
    private static readonly Dictionary<string, string> s_bare = new(StringComparer.Ordinal) { ["/proc/meminfo"] = Meminfo };

    [Fact]
    public void Without_groups_it_is_what_the_kernel_says_is_available() =>
        Assert.Equal(new Memory(20_000_000L * 1024, 24_000_000L * 1024), Machine.Linux(s_bare.GetValueOrDefault));

    [Fact]
    public void A_group_limits_and_so_does_its_parent_and_the_page_cache_can_be_dropped()
    {
        var files = new Dictionary<string, string>(s_bare, StringComparer.Ordinal)
        {
            ["/proc/self/cgroup"] = "0::/outer/inner\n",
            ["/sys/fs/cgroup/outer/inner/memory.max"] = "max\n",
            ["/sys/fs/cgroup/outer/inner/memory.current"] = "100\n",
            ["/sys/fs/cgroup/outer/memory.max"] = "1000000\n",
            ["/sys/fs/cgroup/outer/memory.current"] = "700000\n",
            ["/sys/fs/cgroup/outer/memory.stat"] = "anon 600000\ninactive_file 100000\n",
        };
        Assert.Equal(new Memory(400_000, 1_000_000), Machine.Linux(files.GetValueOrDefault));
    }

    [Fact]
    public void The_first_version_of_groups_and_a_path_that_is_not_seen_from_inside()
    {
        var files = new Dictionary<string, string>(s_bare, StringComparer.Ordinal)
        {
            ["/proc/self/cgroup"] = "11:cpu,cpuacct:/docker/x\n9:memory:/docker/x\n",
            ["/sys/fs/cgroup/memory/memory.limit_in_bytes"] = "2000000\n",
            ["/sys/fs/cgroup/memory/memory.usage_in_bytes"] = "500000\n",
        };
        Assert.Equal(new Memory(1_500_000, 2_000_000), Machine.Linux(files.GetValueOrDefault));
    }

    [Fact]
    public void Without_meminfo_nothing_is_known() => Assert.Null(Machine.Linux(_ => null));

    [Fact]
    public void This_machine_has_some()
    {
        var memory = Machine.Memory();
        Assert.InRange(memory.Available, 1, memory.Total);
        Assert.InRange(Machine.DefaultBudget(), 1, memory.Total);
    }
}
