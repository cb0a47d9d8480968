using System.Collections.Immutable;
using Checker.Model.Catalogue;

namespace Checker.Properties.CcaRealm;

/// <summary>One mutant for each label, which the label prevents. No label survives at the default bounds.</summary>
internal static class CcaRealmLabels
{
    public static ImmutableArray<Mutant> Mutants { get; } =
    [
        Without("delegate.result", [1, 1], "GptMatchesGranule", 4),
        Without("delegate.barrier", [1, 1], "RealmMemoryIsProtected", 6),
        Without("undelegate.delegated", [1, 1], "RealmMemoryIsProtected", 7),
        Without("undelegate.scrub", [1, 1], "HostReachesNoSecret", 10),
        Without("undelegate.tags", [1, 1], "HostReachesNoSecret", 14),
        Without("undelegate.block", [1, 1], "NoRealmLineInHostMemory", 9),
        Without("undelegate.clean", [1, 1], "NoRealmLineInHostMemory", 9),
        Without("undelegate.result", [1, 1], "GptMatchesGranule", 8),
        Without("create.delegated", [2, 1], "RealmMemoryIsProtected", 2),
        Without("create.keep", [1, 1], "OnlyTheRealmAcceptsRam", 6),
        Without("create.result", [1, 1], "DataIsMapped", 5),
        Without("destroy.taint", [1, 1], "NoSilentLoss", 8),
        Without("destroy.tlbi", [1, 1], "TranslationsAreCurrent", 9),
        Without("table.tlbi", [2, 1], "TranslationsAreCurrent", 6),
        Without("ripas.asked", [1, 1], "OnlyTheRealmAcceptsRam", 3),
        Without("ripas.destroyed", [1, 1], "NoSilentLoss", 11),
        Without("ripas.tlbi", [1, 1], "TranslationsAreCurrent", 10),
    ];

    private static Mutant Without(string drop, ImmutableArray<int> bounds, string property, int length) =>
        new("CcaRealm", [drop], "", bounds, property, length);
}
