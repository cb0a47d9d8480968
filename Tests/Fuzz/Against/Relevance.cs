using Checker.Model.Ir;
using Checker.Tests.Fuzz.Naive;

namespace Checker.Tests.Fuzz.Against;

/// <summary>Decides the effect of a label by visiting every reachable state and each of its steps.</summary>
internal static class Relevance
{
    /// <summary>
    /// True if without the label a state has other steps, or violates or witnesses a property which it does not with the label.
    /// </summary>
    public static bool IsRelevant(Subject subject, string label) =>
        ChangesSteps(subject, label) || ChangesProperties(subject, label);

    /// <summary>
    /// True if without the label (or with it, if it was dropped) another instance is enabled in a reachable state, or leads elsewhere.
    /// </summary>
    public static bool ChangesOutcomes(Subject subject, string label)
    {
        var (with, without) = (subject.Truth.Model, Without(subject, label));
        return subject.Truth.States.Any(s => with.Instances.Any(i =>
            (with.Take(i, s), without.Take(i, s)) is var (a, b) && (a.Enabled != b.Enabled || a.Next?.Key != b.Next?.Key)));
    }

    /// <summary>True if without the label a reachable state has other steps.</summary>
    private static bool ChangesSteps(Subject subject, string label)
    {
        var (with, without) = (subject.Truth.Model, Without(subject, label));
        return subject.Truth.States.Any(s => with.Instances.Any(i => with.Take(i, s).Next?.Key != without.Take(i, s).Next?.Key));
    }

    private static bool ChangesProperties(Subject subject, string label)
    {
        var (with, without) = (subject.Truth.Model, Without(subject, label));
        var asked = subject.System.Properties.Where(p => p.Kind is not (PropertyKind.Lemma or PropertyKind.Scenario)
            && p.Labels.Contains(label)).ToList();
        return subject.Truth.States.Any(s => asked.Exists(p =>
        {
            var (before, after) = (Matters(with, s, p), Matters(without, s, p));
            return p.Kind switch
            {
                PropertyKind.Reachable => before != after,
                PropertyKind.Terminal => after && !before && without.Instances.All(i => without.Take(i, s).Next is null),
                _ => after && !before,
            };
        }));
    }

    private static NaiveModel Without(Subject subject, string label) =>
        new(subject.System with { Dropped = subject.System.Dropped.SymmetricExcept([label]) }, subject.Model.Sizes);

    /// <summary>True if the state, or a step from it, violates the property or witnesses it.</summary>
    private static bool Matters(NaiveModel model, NaiveState state, PropertyDeclaration property)
    {
        bool wanted = NaiveSearch.IsWitnessed(property);
        return NaiveSearch.IsOfSteps(property)
            ? model.Instances.Select(i => model.Take(i, state).Next).OfType<NaiveState>().Any(next =>
                model.Holds(property.Formula, state, next) == wanted)
            : model.Holds(property.Formula, state) == wanted;
    }
}
