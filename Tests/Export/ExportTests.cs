using Checker.Model.Ir;
using Checker.Solver.Export;
using Checker.Solver.Instance;
using Checker.Tests.Cli;

namespace Checker.Tests.Export;

/// <summary>The text of exported instances. <see cref="AgreementTests"/> runs it.</summary>
public sealed class ExportTests
{
    [Theory]
    [InlineData("murphi", "counter.m")]
    [InlineData("promela", "counter.pml")]
    [InlineData("tla", "counter.tla")]
    [InlineData("smtlib --steps 1", "counter.smt2")]
    [InlineData("btor2", "counter.btor2")]
    public void The_small_model_is_written_as_reviewed(string format, string golden) =>
        Golden.Matches(golden, Cli.Program.Call($"export --to {format} --protocol Counter --bounds 2").Output);

    [Theory]
    [InlineData("murphi")]
    [InlineData("promela")]
    [InlineData("tla")]
    public void A_dropped_label_is_not_written(string format)
    {
        const string Guard = "lock: Forall<Worker>";
        Assert.Contains(Guard, Cli.Program.Call($"export --to {format} --protocol Counter").Output, StringComparison.Ordinal);
        Assert.DoesNotContain(
            Guard,
            Cli.Program.Call($"export --to {format} --protocol Counter --drop lock").Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_chosen_property_is_the_only_one_besides_the_rules_of_the_language()
    {
        string text = Cli.Program.Call("export --to murphi --protocol Counter --property NoLostUpdate").Output;

        Assert.Contains("invariant \"NoLostUpdate\"", text, StringComparison.Ordinal);
        Assert.Contains("invariant \"InRange(Store.total)\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("AllDone", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_property_which_is_not_expressed_is_named()
    {
        foreach (string format in App.Exported.Formats)
        {
            string text = Cli.Program.Call($"export --to {format} --protocol Counter").Output;
            Assert.Contains("TwoIncrements", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_module_has_the_name_of_its_file_and_a_configuration_beside_it()
    {
        using var folder = new Folder();
        string file = folder["Small.tla"];

        Assert.Equal(0, Cli.Program.Call($"export --to tla --protocol Counter --out {file}").Code);

        Assert.StartsWith("---- MODULE Small ----\n", File.ReadAllText(file), StringComparison.Ordinal);
        Assert.Contains("\nINVARIANT NoLostUpdate\n", File.ReadAllText(folder["Small.cfg"]), StringComparison.Ordinal);
    }

    [Fact]
    public void An_old_file_stays_if_the_export_is_refused()
    {
        using var folder = new Folder();
        string file = folder["old.m"];
        File.WriteAllText(file, "old");

        Assert.Equal(2, Cli.Program.Call($"export --to murphi --protocol Counter --property TwoIncrements --out {file}").Code);

        Assert.Equal("old", File.ReadAllText(file));
    }

    [Theory]
    [InlineData(ExportFormat.Murphi, "Murphi")]
    [InlineData(ExportFormat.Promela, "Promela")]
    public void Numbers_of_more_than_32_bits_are_refused(ExportFormat format, string name)
    {
        var scope = Awkward.Scope(1);
        var system = scope.System with
        {
            Properties =
            [
                new(
                    "Large",
                    PropertyKind.Invariant,
                    new Less(new Lit(ModelType.Int, 0), new Plus(new Lit(ModelType.Int, int.MaxValue), new Lit(ModelType.Int, 1))),
                    [],
                    new("./Here.cs", 7)),
            ],
        };

        var refused = Assert.Throws<NotExportableException>(() =>
            Exporter.Write(format, new Scope(system, new Dictionary<string, int>(StringComparer.Ordinal) { ["Array"] = 1 }), [], "x"));

        Assert.Contains("Here.cs:7: the property Large", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"{name} has 32 bits", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_operand_has_parentheses_unless_it_is_closed()
    {
        var sum = Code.Infix(Code.Closed("a"), "-", Code.Infix(Code.Closed("b"), "-", Code.Closed("c")));

        Assert.Equal("a - (b - c)", sum.Text);
        Assert.Equal("!(a - (b - c))", Code.Prefix("!", sum).Text);
        Assert.Equal("a", Code.Infix("&", [Code.Closed("a")]).Operand);
        Assert.Equal("(!a)", Code.Prefix("!", Code.Closed("a")).Operand);
    }

    [Fact]
    public void Names_are_kept_or_changed_in_a_fixed_way()
    {
        var names = new Names("do", "end");

        Assert.Equal("page", names.Global("page"));
        Assert.Equal("do_2", names.Global("do"));
        Assert.Equal("fault_page", names.Global("fault.page"));
        Assert.Equal("fault_page_2", names.Global("fault_page"));
        Assert.Equal("PAGE_2", names.Global("PAGE"));
        Assert.Equal("x_1", names.Global("_1"));
        Assert.Equal("p_2", names.Local("p", [Code.Closed("p")]));
        Assert.Equal("p", names.Local("p", []));
    }

    [Fact]
    public void A_comment_ends_with_its_line()
    {
        var page = new Page("--");
        page.Comment("one\ntwo\r\\");

        Assert.Equal("-- one two\n", page.ToString());
    }
}
