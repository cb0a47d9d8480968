using System.CommandLine;
using Checker.Cli;
using Checker.Composition;
using Checker.Composition.Protocols;

namespace Checker.Tests.Cli;

/// <summary>Every command refuses an option or argument with an empty value. Nothing is left out silently.</summary>
public sealed class EmptyValueTests
{
    /// <summary>The options whose values may be any text, including commas.</summary>
    private static readonly string[] s_freeText = ["file", "directory", "program"];

    // Building all commands takes longer than a refusal, and there are thousands of these.
    private static readonly Command[] s_commands = [.. CommandLine.Root(Registry.All, ProtocolCommands.All).Subcommands];

    /// <summary>Every command with each of its options that take a value, and the ways to omit the value.</summary>
    public static TheoryData<string, string, string> Options()
    {
        var data = new TheoryData<string, string, string>();
        foreach (var (command, option) in Commands()
            .SelectMany(c => c.Options.Where(o => o.ValueType != typeof(bool) && o.Arity.MinimumNumberOfValues > 0).Select(o => (c, o))))
        {
            string name = option.Name;
            string[] ways = [
                $"{name}|", $"{name}| ", $"{name}|\t", $"{name}=", name, $"{name}|1|{name}", $"{name}|1|{name}=", $"{name}|1|{name}|",
                $"{name}|1|{name}| "
            ];
            string[] commas = s_freeText.Contains(option.HelpName) ? [] : [$"{name}|,", $"{name}|,,", $"{name}| , "];
            foreach (string way in ways.Concat(commas))
            {
                data.Add(command.Name, name, way);
            }
        }

        return data;
    }

    public static TheoryData<string, string> Arguments() =>
        [.. Commands().Where(c => c.Arguments.Count > 0).SelectMany(c => new[] { "", " ", "\t" }.Select(a => (c.Name, a)))];

    public static TheoryData<string, string> Flags() =>
        [.. Commands().SelectMany(c =>
            c.Options.Where(o => o.ValueType == typeof(bool) && o is not System.CommandLine.Help.HelpOption)
                .Select(o => (c.Name, o.Name)))];

    [Theory, MemberData(nameof(Options), DisableDiscoveryEnumeration = true), Trait("Tier", "slow")]
    public void An_option_without_a_value_is_refused(string command, string option, string given) =>
        Refused(option.TrimStart('-'), [command, .. File(command, option), .. given.Split('|')]);

    [Theory, MemberData(nameof(Arguments), DisableDiscoveryEnumeration = true)]
    public void An_empty_argument_is_refused(string command, string argument) => Refused("argument", [command, argument]);

    [Theory, MemberData(nameof(Flags), DisableDiscoveryEnumeration = true)]
    public void A_flag_that_is_given_twice_is_refused(string command, string flag) =>
        Refused(flag, [command, .. File(command), flag, flag]);

    [Theory]
    [InlineData("verify --drop punch.flush,")]
    [InlineData("verify --drop ,punch.flush")]
    [InlineData("verify --property HostNeverReachesPrivate,,NoSilentCorruption")]
    [InlineData("mutate --kind label,")]
    [InlineData("designs --guards convert.zap,,convert.flush")]
    public void An_empty_item_of_a_list_is_refused(string arguments) => Refused("empty", arguments.Split(' '));

    [Theory]
    [InlineData("mutate --protocol Counter --mutant lock --kind swap", "no mutant")]
    [InlineData("claims S6 --protocol PageLifecycle --design inplace,honest", "no claim")]
    public void A_selection_that_leaves_nothing_is_refused(string arguments, string says) => Refused(says, arguments.Split(' '));

    private static void Refused(string says, string[] arguments)
    {
        var (code, output, error) = Program.Run(arguments);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(says, Assert.Single(error.TrimEnd('\n').Split('\n')), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The arguments and options which the command requires besides the tested option.</summary>
    private static string[] File(string command, string option = "")
    {
        var tested = Commands().Single(c => c.Name == command);
        return
        [
            .. tested.Arguments.Where(a => a.Arity.MinimumNumberOfValues > 0).Select(_ => "/nowhere"),
            .. tested.Options.Where(o => o.Required && o.Name != option).SelectMany(o => (string[])[o.Name, "/nowhere"]),
        ];
    }

    private static IEnumerable<Command> Commands() => s_commands;
}
