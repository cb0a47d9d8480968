using Checker.Model.Ir;
using Checker.Solver.Instance;

namespace Checker.Solver.Export;

/// <summary>The least and the greatest value of an expression, from its text alone.</summary>
internal static class IntegerRange
{
    /// <summary>Refuses a model with a number which the integers of a format cannot hold.</summary>
    /// <param name="format">The format's name for the message.</param>
    /// <exception cref="NotExportableException">Some number may have more than 32 bits.</exception>
    public static void Require32Bits(PreparedModel model, string format)
    {
        foreach (var action in model.Actions)
        {
            foreach (var node in action.Guards.Select(g => g.Condition).Concat(action.Updates.SelectMany(u => u.When.Append(u.Value))))
            {
                Require32Bits(model.Scope, node, format, $"{action.Declaration.Source}: the action {action.Name}");
            }
        }

        foreach (var property in model.Properties)
        {
            Require32Bits(model.Scope, property.Formula, format, $"{property.Declaration.Source}: the property {property.Name}");
        }
    }

    private static void Require32Bits(Scope scope, Node node, string format, string place)
    {
        foreach (var number in Fold.Descendants(node).Where(n => n is Plus or Minus or Count or Lit { Type: IntType }))
        {
            if (Of(scope, number) is var (least, greatest) && (least <= int.MinValue || greatest > int.MaxValue))
            {
                throw new NotExportableException($"{place} computes {number}, from {least} to {greatest}: {format} has 32 bits");
            }
        }
    }

    private static (long Least, long Greatest) Of(Scope scope, Node node) => node switch
    {
        Lit n => (n.Code, n.Code),
        Ite n => Union(Of(scope, n.Then), Of(scope, n.Else)),
        Plus n => Of(scope, n.Left) is var (a, b) && Of(scope, n.Right) is var (c, d) ? (a + c, b + d) : default,
        Minus n => Of(scope, n.Left) is var (a, b) && Of(scope, n.Right) is var (c, d) ? (a - d, b - c) : default,
        Count n => (0, scope.Cardinality(n.Binder.Type)),
        Read n => (0, scope.Cardinality(n.Type) - 1),
        _ => (0, 1),
    };

    private static (long Least, long Greatest) Union((long Least, long Greatest) a, (long Least, long Greatest) b) =>
        (Math.Min(a.Least, b.Least), Math.Max(a.Greatest, b.Greatest));
}
