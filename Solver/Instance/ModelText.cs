using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Checker.Model.Ir;

namespace Checker.Solver.Instance;

/// <summary>
/// The text of a whole model at its sizes: everything that a search reads, and no source place. Two models with the same text have
/// the same states, steps and properties.
/// </summary>
public static class ModelText
{
    /// <summary>The SHA-256 of <see cref="Of"/>, as 64 hexadecimal digits.</summary>
    public static string Hash(Scope scope) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Of(scope))));

    public static string Of(Scope scope)
    {
        var system = scope.System;
        var text = new StringBuilder();
        void Line(string line) => text.Append(CultureInfo.InvariantCulture, $"{line}\n");

        Line($"model {system.Name} without {string.Join(",", system.Dropped.Order(StringComparer.Ordinal))}");
        foreach (var sort in system.Sorts)
        {
            Line($"sort {sort} {scope.SizeOf(sort)}");
        }

        foreach (var variable in system.Variables)
        {
            Line($"variable {variable} [{string.Join(",", variable.Index.Select(Type))}] {Type(variable.Type)} {variable.Initial}");
        }

        var definitions = new HashSet<string>(StringComparer.Ordinal);
        foreach (var action in system.Actions)
        {
            Line($"action {action.Name} {action.Actor} {Binders(action.Parameters)}");
            foreach (var guard in action.Guards)
            {
                Line($"  guard {guard.Label} {Formula(guard.Condition)}");
            }

            foreach (var update in action.Updates)
            {
                Line($"  update {update.Variable}[{Formulas(update.Index)}] {Formula(update.Value)} for {Binders(update.Bulk)} "
                    + $"if {Formulas(update.When)}");
            }
        }

        foreach (var property in system.Properties)
        {
            Line($"{property.Kind} {property.Name} {Formula(property.Formula)} {string.Join(",", property.Actions)}");
        }

        foreach (string definition in definitions.Order(StringComparer.Ordinal))
        {
            Line(definition);
        }

        return text.ToString();

        string Formulas(IEnumerable<Node> nodes) => string.Join("; ", nodes.Select(Formula));

        // A formula's text names its definitions and shows its binders without their types.
        string Formula(Node node)
        {
            foreach (var part in Fold.Descendants(node))
            {
                if (part is Definition definition)
                {
                    definitions.Add($"definition {Printer.Print(definition)}: {Printer.PrintBody(definition)}");
                }
            }

            var bound = Fold.Descendants(node).Select(n => n is Quantified q ? q.Binder : n is Count c ? c.Binder : null).OfType<Binder>();
            return $"{Printer.Print(node)} over {Binders(bound)}";
        }
    }

    private static string Binders(IEnumerable<Binder> binders) => string.Join(",", binders.Select(b => $"{b.Name}: {Type(b.Type)}"));

    private static string Type(ModelType type) => type switch
    {
        EnumType e => $"{e}({string.Join(",", e.Members)})",
        OptionType o => $"{Type(o.Element)}?",
        _ => type.Name,
    };
}
