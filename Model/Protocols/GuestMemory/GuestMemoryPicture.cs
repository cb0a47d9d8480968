using Checker.Model.Catalogue;

namespace Checker.Protocols.GuestMemory;

/// <summary>
/// The picture of a state: pages with all tables which lead from them to frames, frames with the firmware's metadata as marks, and the
/// operations and faults in progress.
/// </summary>
public static class GuestMemoryPicture
{
    private const string Guest = "guest";
    private const string Kvm = "KVM";
    private const string Vmm = "VMM";
    private const string Host = "host";

    public static Picture Definition { get; } = new(
        new("Vcpu", "vCPU", 0)
        {
            Marks =
            [
                new("vcpu.state", "exit"), new("vcpu.page", "for page"), new("vcpu.alias", "alias"), new("fault.page", "fault on"),
                new("fault.alias", "fault alias"), new("fault.frame", "fault frame"), new("fault.ok", "checked"),
                new("fault.stale", "stale"),
            ],
        },
        new("Thread", "system call", 0)
        {
            Marks = [new("op.kind", "operation"), new("op.page", "page"), new("op.to", "to"), new("op.done", "done")],
        },
        new("Page", "page", 1)
        {
            Marks = [new("guest", "guest's view"), new("owes", "holds a secret"), new("attr", "attribute")],
            Arrows =
            [
                new("gmem", "private fd", Kvm), new("shm", "shared file", Vmm), new("spte", "second stage", Kvm),
                new("gtlb", "guest TLB", Guest, IsCopy: true), new("ufault", "host fault", Host), new("upte", "page table", Vmm),
                new("utlb", "host TLB", Vmm, IsCopy: true),
            ],
        },
        new("Frame", "frame", 2)
        {
            Marks = [new("data", "contents"), new("own", "firmware: owner"), new("gpa", "firmware: page"), new("hostf", "other use")],
        },
        new("Pin", "pin", 2) { Arrows = [new("pin", "long-term pin", Host)] })
    {
        Marks = [new("dead", "the guest is dead"), new("corrupt", "the guest has read wrong data")],
    };
}
