using System.Collections.Immutable;
using Checker.Model.Ir;

namespace Checker.Model.Catalogue;

/// <summary>
/// A drawing of the model's state, for reports: one box for each element of some sorts, with values as lines inside of it, and with
/// arrows to other boxes. A report draws it for every state of a trace. A protocol without a picture is shown as a table.
/// </summary>
/// <param name="Boxes">The boxes, by sort. The columns of the picture are in the order of <see cref="BoxGroup.Column"/>.</param>
public sealed record Picture(params ImmutableArray<BoxGroup> Boxes)
{
    /// <summary>The values which belong to no box.</summary>
    public ImmutableArray<Mark> Marks { get; init; } = [];

    /// <summary>Returns the names in the picture which none of the models has, as sentences.</summary>
    public IEnumerable<string> Unknown(IReadOnlyCollection<TransitionSystem> models)
    {
        var variables = models.SelectMany(m => m.Variables).ToLookup(v => v.Name, StringComparer.Ordinal);
        var sorts = models.SelectMany(m => m.Sorts).Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var group in Boxes)
        {
            if (!sorts.Contains(group.Sort))
            {
                yield return $"the picture: there is no sort {group.Sort}";
            }

            foreach (string name in group.Marks.Select(m => m.Variable).Concat(group.Arrows.Select(a => a.Variable)))
            {
                if (!variables[name].Any(v => v.Index.Any(i => i.Name == group.Sort)))
                {
                    yield return $"the picture: there is no variable {name} of a {group.Sort}";
                }
            }

            foreach (var arrow in group.Arrows.Where(a => !variables[a.Variable].Any(v => Boxes.Any(b => b.Sort == TargetOf(v)))))
            {
                yield return $"the picture: {arrow.Variable} leads to no box";
            }
        }

        foreach (var mark in Marks.Where(m => !variables[m.Variable].Any(v => v.Index.IsEmpty)))
        {
            yield return $"the picture: there is no variable {mark.Variable} without an index";
        }
    }

    /// <summary>The sort whose elements are values of the variable; null for values of another type.</summary>
    public static string? TargetOf(Variable variable) => variable.Type switch
    {
        SortType sort => sort.Name,
        OptionType { Element: SortType sort } => sort.Name,
        _ => null,
    };
}

/// <summary>The boxes of a sort.</summary>
/// <param name="Title">The noun for an element, before its name.</param>
/// <param name="Column">The column of the boxes, from 0 at the left.</param>
public sealed record BoxGroup(string Sort, string Title, int Column)
{
    /// <summary>The values in the box.</summary>
    public ImmutableArray<Mark> Marks { get; init; } = [];

    /// <summary>The arrows which begin at the box.</summary>
    public ImmutableArray<Arrow> Arrows { get; init; } = [];
}

/// <summary>A value as a line in a box.</summary>
/// <param name="Label">The noun before the value.</param>
public sealed record Mark(string Variable, string Label);

/// <summary>
/// An arrow from a box to the element which is the value of the variable. There is no arrow while the value is None. A variable with
/// several indices has several arrows in one box.
/// </summary>
/// <param name="Label">The noun for the arrow.</param>
/// <param name="Party">The party which uses the arrow. All arrows of one party have one colour.</param>
/// <param name="IsCopy">True for a cached copy of another arrow. It is dashed.</param>
public sealed record Arrow(string Variable, string Label, string Party, bool IsCopy = false);
