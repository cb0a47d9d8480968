using Checker.App;

namespace Checker.Cli.Commands;

/// <summary>The introduction shown to a new user.</summary>
internal static class Guide
{
    public static int Print(TextWriter output)
    {
        string checker = Self.Command;
        output.WriteLine($"""
            checker {Self.ShortVersion}: finds the possible errors when a confidential guest's pages change between private and
            shared (KVM guest_memfd; SNP, TDX, CCA, pKVM). It visits every state which guest, VMM, KVM, host and firmware
            can reach together, and shows a shortest way to each error.

              {checker} verify                         every design, every property (under a minute)
              {checker} verify --design snp,attribute,separate,spurious --drop punch.flush
                                                       what if hole punching did not flush the guest's TLBs?
              {checker} list labels                    the guards and steps that --drop can leave out
              {checker} verify --protocol PageLifecycle
                                                       the small model: the life of a page in five states
              {checker} prove                          the same for any number of pages, frames, vCPUs, threads, pins
              {checker} walk                           random walks where there are too many states to see all
              {checker} mutate                         would the properties notice if a step were wrong?
              {checker} designs                        which guards does in-place conversion need, and which orders are safe?
              {checker} claims                         the claims of the first discussion: right or wrong?
              {checker} doctor                         does this machine have everything needed?

            `{checker} COMMAND --help` shows the options of a command. Exit codes: 0 as expected, 1 violated, 2 bad input,
            3 not finished, 4 something is missing. Read on: README.md, docs/tutorial.md, docs/architecture.md, invariants.md.
            """);
        return ExitCode.Ok;
    }
}
