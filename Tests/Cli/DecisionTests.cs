using Checker.Composition;
using Checker.Composition.Protocols;
using Checker.Model.Catalogue;
using Checker.Model.Ir;
using Checker.Solver;

namespace Checker.Tests.Cli;

/// <summary>A command decides a requested property, or refuses it and names a command which decides it.</summary>
public sealed class DecisionTests
{
    /// <summary>The commands with an option --property, and the options which make them finish soon.</summary>
    private static readonly Dictionary<Engine, string> s_commands = new()
    {
        [Engine.Exploration] = "verify --json",
        [Engine.Walks] = "walk --walks 2 --steps 10 --seed 1 --json",
        [Engine.BoundedModelChecking] = "bmc --depth 1 --json",
        [Engine.KInduction] = "kind --k 0 --json",
        [Engine.StateGraph] = "graph --to dot --limit 100000",
        [Engine.Proof] = "prove --json",
        [Engine.Inference] = "infer --variables 1 --literals 1 --json",
    };

    public static TheoryData<Engine, PropertyKind> Cases() =>
        [.. Enum.GetValues<Engine>().SelectMany(e => Enum.GetValues<PropertyKind>().Select(k => (e, k)))];

    [Fact]
    public void Every_command_that_takes_a_property_has_its_engine() => Assert.Equal(
        // `export` writes properties for other programs, and `agree` compares their answers with an exploration.
        Checker.Cli.CommandLine.Root(Registry.All, ProtocolCommands.All).Subcommands.Where(c => c.Options.Any(o => o.Name == "--property"))
            .Select(c => c.Name)
            .Except(["agree", "export"], StringComparer.Ordinal)
            .Order(StringComparer.Ordinal),
        Enum.GetValues<Engine>().Select(e => e.Command()).Order(StringComparer.Ordinal));

    [Fact]
    public void Exploration_decides_every_kind() =>
        Assert.All(Enum.GetValues<PropertyKind>(), k => Assert.True(Engine.Exploration.Decides(k)));

    [Theory, MemberData(nameof(Cases))]
    public void A_command_decides_a_property_or_names_the_one_that_does(Engine engine, PropertyKind kind)
    {
        bool counts = engine is not (Engine.Proof or Engine.Inference);
        var (protocol, design, property) = Example(kind, counts) ?? Example(kind, counts: true)!.Value;
        string command = $"{s_commands[engine]} --protocol {protocol.Name}{(design.Parts.IsEmpty ? "" : $" --design {design.Id}")} "
            + "--property";
        var (code, output, error) = Program.Run([.. command.Split(' '), property]);
        if (engine.Decides(kind) && !counts && Example(kind, counts) is null)
        {
            Assert.Equal((2, ""), (code, output));
            Assert.Contains("there is no proof for any size", error, StringComparison.Ordinal);
        }
        else if (engine.Decides(kind))
        {
            Assert.True(code is 0 or 1 or 3, error);
            Assert.NotEmpty(output);
        }
        else
        {
            Assert.Equal((2, ""), (code, output));
            Assert.Contains($"--property {property}: {engine.Command()} does not decide", error, StringComparison.Ordinal);
            Assert.Contains(
                $"{Decision.Engines(kind)[0].Command()} --property {Checker.App.Self.Argument(property)}",
                error,
                StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("kind --k 8")]
    [InlineData("bmc --depth 8")]
    [InlineData("verify")]
    [InlineData("walk --seed 1")]
    public void A_false_lemma_is_violated_wherever_it_is_asked_for(string command)
    {
        var (code, output, _) = Program.Call(
            $"{command} --protocol PageLifecycle --design inplace,spurious --drop convert.destroy --property SecretMapped --json");
        Assert.Equal(1, code);
        Assert.Contains("\"SecretMapped\"", output, StringComparison.Ordinal);
    }

    /// <summary>A witness is shown. Finding none up to a depth is no success, because there may be a longer one.</summary>
    [Fact]
    public void Bmc_shows_a_witness_or_says_up_to_which_depth_it_found_none()
    {
        const string Command = "bmc --protocol Counter --property AllDone";
        var (code, output, _) = Program.Call($"{Command} --depth 6");
        Assert.Equal(0, code);
        Assert.Contains("possible: AllDone, 7 states", output, StringComparison.Ordinal);
        Assert.Contains("state 7 is a witness of AllDone", output, StringComparison.Ordinal);

        (code, output, _) = Program.Call($"{Command} --depth 5");
        Assert.Equal(3, code);
        Assert.Contains("AllDone is not found up to depth 5", output, StringComparison.Ordinal);

        var run = Program.Call($"{Command} --depth 6 --json").Run;
        Assert.Equal(
            ("possible", 7),
            (run.GetProperty("verdict").GetString(), run.GetProperty("witnesses")[0].GetProperty("length").GetInt32()));
    }

    /// <summary>Without a name, bmc decides the properties which can be violated. A depth without a witness is then no failure.</summary>
    [Fact]
    public void Bmc_looks_for_witnesses_only_where_they_are_asked_for() =>
        Assert.Equal(0, Program.Call("bmc --protocol Counter --depth 1").Code);

    [Fact]
    public void A_lemma_is_marked_where_its_violation_is_drawn()
    {
        var (code, output, _) = Program.Call("graph --to dot --protocol PageLifecycle --design inplace,spurious --drop convert.destroy "
            + "--property SecretMapped --around-trace");
        Assert.Equal(0, code);
        Assert.Contains("SecretMapped", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("graph --components --protocol Counter --property NoLostUpdate", "--components")]
    [InlineData("verify --cross-check --protocol Counter --property AllDone", "--cross-check does not confirm whether AllDone is possible")]
    [InlineData("infer --protocol Counter", "Counter counts")]
    public void What_would_not_be_looked_at_is_refused(string arguments, string says)
    {
        var (code, output, error) = Program.Call(arguments);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(says, error, StringComparison.Ordinal);
    }

    /// <param name="counts">True if the protocol may have integers.</param>
    private static (Protocol Protocol, Design Design, string Property)? Example(PropertyKind kind, bool counts) => (
        // The smallest protocol with such a property.
        from protocol in new[] { "Counter", "PageLifecycle", "GuestMemory" }.Select(Registry.Get)
        where protocol.Name != "GuestMemory" || kind == PropertyKind.Scenario
        from design in protocol.Designs.Take(1)
        let model = protocol.Build(design)
        where counts || model.Variables.All(v => v.Type is not RangeType)
        from property in model.Properties
        where property.Kind == kind
        select ((Protocol, Design, string)?)(protocol, design, property.Name)).FirstOrDefault();
}
