using System.Collections.Immutable;
using Checker.Model.Catalogue;

namespace Checker.Properties.SnpRmp;

/// <summary>One mutant for each label, which the label prevents; and the labels which no property misses at the default bounds.</summary>
internal static class SnpRmpLabels
{
    public static ImmutableArray<Mutant> Mutants { get; } =
    [
        Without("validate.once", "hypervisor", [1, 2, 1], "OneValidFrame", 9),
        Without("validate.lock", "hypervisor", [1, 2, 2], "OneValidFrame", 11),
        Without("validate.result", "none", [1, 1, 1], "UsedPageIsValid", 9),
        Without("validate.zero", "hypervisor", [1, 1, 1], "ValidIsClean", 7),
        Without("image.known", "hypervisor", [1, 2, 1], "OneValidFrame", 9),
        Without("init.reset", "hypervisor", [1, 1, 1], "ValidIsClean", 3),
        Without("vmsa.lock", "none", [1, 1, 2], "RegistersInPlace", 8),
        Without("vmsa.role", "none", [1, 1, 1], "RegistersInPlace", 8),
        Without("prepare.rmp", "none", [1, 1, 1], "MappedFrameIsAssigned", 5),
        Without("prepare.started", "none", [1, 1, 1], "ImageIsMeasured", 3),
        Without("map.gpa", "vmm", [2, 1, 1], "MappedFrameIsAssigned", 5),
        Without("move.zap", "vmm", [2, 1, 1], "MappedFrameIsAssigned", 5),
        Without("punch.zap", "vmm", [1, 1, 1], "MappedFrameIsAssigned", 5),
        Without("punch.vmsa", "vmm", [1, 1, 1], "RegistersInPlace", 7),
        Without("punch.rmp", "vmm", [1, 1, 1], "FreeFrameIsTheHosts", 4),
        Without("psc.copy", "none", [1, 1, 1], "RequestsInBounds", 6),
        Without("smash.recheck", "vmm", [1, 1, 1], "NoFalseAlarm", 7),
        Without("firmware.taken", "none", [1, 1, 1], "FreeFrameIsTheHosts", 2),
        Without("firmware.rmp", "none", [1, 1, 1], "FreeFrameIsTheHosts", 3),
        Without("leak.once", "none", [1, 1, 1], "LeakedOnce", 3),
    ];

    public static ImmutableArray<Survivor> Survivors { get; } =
    [
        Redundant(
            "validate.once",
            "none",
            "an honest VMM gives a validated page no second frame, so nothing is left to be validated"),
        Redundant(
            "validate.lock",
            "none",
            "an honest VMM gives a validated page no second frame, so the second vCPU finds nothing to validate"),
        AtSize(
            "validate.lock",
            "vmm",
            "two vCPUs are needed to look at the record at once"),
        AtSize(
            "validate.lock",
            "hypervisor",
            "two vCPUs are needed to look at the record at once"),
        AtSize(
            "vmsa.lock",
            "none",
            "two vCPUs are needed: one is at work on a page while the other is created on it"),
        AtSize(
            "vmsa.lock",
            "vmm",
            "two vCPUs are needed: one is at work on a page while the other is created on it"),
        Redundant(
            "validate.result",
            "vmm",
            "the guest faults on a page which it wrongly takes for validated; it loses no secret and no data"),
        Redundant(
            "validate.result",
            "hypervisor",
            "the guest faults on a page which it wrongly takes for validated; it loses no secret and no data"),
        Redundant(
            "map.gpa",
            "none",
            "an honest VMM moves no frame to another page"),
        Redundant(
            "punch.vmsa",
            "none",
            "an honest VMM punches only pages which the guest has given up, and a VMSA is none of them"),
    ];

    private static Mutant Without(string drop, string design, ImmutableArray<int> bounds, string property, int length) =>
        new("SnpRmp", [drop], design, bounds, property, length);

    private static Survivor Redundant(string label, string designs, string reason) =>
        new("SnpRmp", label, designs, Because.Redundant, reason);

    private static Survivor AtSize(string label, string designs, string reason) =>
        new("SnpRmp", label, designs, Because.Size, reason) { Bounds = [1, 2, 2] };
}
