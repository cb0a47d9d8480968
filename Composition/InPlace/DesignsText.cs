using Checker.App;
using Checker.Cli.Report;
using Checker.Protocols.GuestMemory;
using Checker.Solver.Traces.Text;

namespace Checker.Composition.InPlace;

/// <summary>The text output of <c>checker designs</c>.</summary>
internal sealed class DesignsText(Terminal terminal)
{
    public void Write(IReadOnlyList<Survey> surveys, Parts parts, TimeSpan time)
    {
        terminal.Line($"In-place conversion: {Quantity.Count(surveys.Sum(s => s.All.Count()))} variants of "
            + $"{Quantity.Of(surveys.Count, "design")}, in {Quantity.Seconds(time)} s. "
            + $"Each was explored at {VariantExploration.Default} ({VariantExploration.Default.Names}), "
            + $"and the variants safe there also at {string.Join(" and ", VariantExploration.Larger)}.");
        terminal.Line("Safe: it has every safety property of the design with all guards. Useless: safe, "
            + "but a reachability property of the design is lost. A number is the number of states of a shortest trace.");
        if (parts.HasFlag(Parts.Subsets))
        {
            Part("Subsets of the guards", DesignTables.Subsets(surveys));
            EachVmm(surveys, vmm => $"Without a guard, {vmm} VMM", DesignTables.Guards);
        }

        if (parts.HasFlag(Parts.Orders))
        {
            foreach (var (to, name) in new[] { (Alias.Private, "private"), (Alias.Shared, "shared") })
            {
                Part($"Orders of the steps to {name}", DesignTables.Orders(surveys, to));
                Part($"Unsafe orders to {name}", DesignTables.Violations(surveys, to));
            }

            Part("Each safe order to private with each safe one to shared", DesignTables.Pairs(surveys));
            Part("The check and the zap in one critical section", DesignTables.CheckAndZap(surveys));
        }

        if (parts.HasFlag(Parts.Changes))
        {
            EachVmm(surveys, vmm => $"Other changes, {vmm} VMM", DesignTables.Changes);
        }
    }

    /// <summary>Writes one variant: its verdict, and its trace or the lost abilities.</summary>
    public void Write(VariantOutcome found)
    {
        terminal.Line(
            ($"{found.Variant.Design}, {found.Variant}: ", Tone.Strong),
            (DesignTables.Cell(found), found.Standing == Standing.Safe ? Tone.Good : Tone.Bad));
        if (found.Trace is { } trace)
        {
            terminal.Line();
            terminal.Lines(TraceText.Write(trace, new(terminal.Width)));
        }

        terminal.Line();
    }

    private void EachVmm(IReadOnlyList<Survey> surveys, Func<string, string> title, Func<IReadOnlyList<Survey>, TextTable> table)
    {
        foreach (var vmm in surveys.GroupBy(s => s.Vmm))
        {
            Part(title(vmm.Key), table([.. vmm]));
        }
    }

    private void Part(string title, TextTable table)
    {
        if (table.Rows.IsEmpty)
        {
            return;
        }

        terminal.Line();
        terminal.Line(title, Tone.Strong);
        terminal.Table(table.Heading, table.Rows.Select(r => (IReadOnlyList<string>)r));
    }
}
