using static Checker.Model.Language.Logic;

namespace Checker.Protocols.GuestMemory;

public sealed partial class GuestMemoryModel
{
    /// <summary>
    /// Declares the operations of several steps: the system calls of this design, and faults. A vCPU which waits for the VMM is no
    /// operation, because the VMM may let it wait for ever.
    /// </summary>
    private void Operations()
    {
        OpKind[] calls = Separate
            ? [.. Designation == Designation.Attribute ? (OpKind[])[OpKind.Set] : [], OpKind.Punch, OpKind.Fill, OpKind.Discard]
            : [OpKind.Convert, OpKind.Punch, OpKind.Fill];
        foreach (var kind in calls)
        {
            Operation(kind.ToString().ToLowerInvariant(), Exists<Thread>(t => op[t].Kind == kind));
        }

        Operation("a fault of the guest", Exists<Vcpu>(v => fault[v].Page != None));
        if (!Separate)
        {
            Operation("a fault of the host", Exists<Page>(p => ufault[p] != None));
        }
    }
}
