using System.Text;
using Checker.App;
using Checker.App.Pages;
using Checker.Properties.GuestMemory.InPlace;
using Checker.Protocols.GuestMemory;

namespace Checker.Composition.InPlace;

/// <summary>The computed parts of docs/in-place.md.</summary>
internal static class InPlacePage
{
    public const string Guards = "guards";
    public const string Orders = "orders";
    public const string Changes = "changes";

    /// <summary>Returns the page with its parts computed from the surveys, which must cover all designs and parts.</summary>
    /// <exception cref="BadInputException">A marker is missing.</exception>
    public static string Update(string page, IReadOnlyList<Survey> surveys, string name)
    {
        page = MarkedPage.Replace(page, Guards, GuardsPart(surveys), name);
        page = MarkedPage.Replace(page, Orders, OrdersPart(surveys), name);
        return MarkedPage.Replace(page, Changes, ChangesPart(surveys), name);
    }

    private static string GuardsPart(IReadOnlyList<Survey> surveys)
    {
        var text = new StringBuilder();
        foreach (var vmm in surveys.GroupBy(s => s.Vmm))
        {
            text.Append($"With {(vmm.Key == "honest" ? "an honest" : "a spurious")} VMM:\n\n");
            Append(text, DesignTables.Guards([.. vmm]));
        }

        text.Append("Of all subsets:\n\n");
        Append(text, DesignTables.Subsets(surveys));
        return text.ToString();
    }

    private static string OrdersPart(IReadOnlyList<Survey> surveys)
    {
        var text = new StringBuilder();
        foreach (var (to, name) in new[] { (Alias.Private, "private"), (Alias.Shared, "shared") })
        {
            text.Append($"To {name}:\n\n");
            Append(text, DesignTables.Orders(surveys, to));
            Append(text, DesignTables.Violations(surveys, to));
        }

        text.Append("To private with the check and the zap in one critical section, where one follows the other:\n\n");
        Append(text, DesignTables.CheckAndZap(surveys));

        return text.ToString();
    }

    private static string ChangesPart(IReadOnlyList<Survey> surveys)
    {
        var text = new StringBuilder("| change | meaning |\n|---|---|\n");
        foreach (var (name, sentence, _) in DesignSpace.Changes)
        {
            text.Append($"| {name} | {sentence} |\n");
        }

        text.Append('\n');
        foreach (var vmm in surveys.GroupBy(s => s.Vmm))
        {
            text.Append($"With {(vmm.Key == "honest" ? "an honest" : "a spurious")} VMM:\n\n");
            Append(text, DesignTables.Changes([.. vmm]));
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, TextTable table)
    {
        text.Append($"| {string.Join(" | ", table.Heading)} |\n|{string.Concat(table.Heading.Select(_ => "---|"))}\n");
        foreach (var row in table.Rows)
        {
            text.Append($"| {string.Join(" | ", row)} |\n");
        }

        text.Append('\n');
    }
}
