using Checker.App;

namespace Checker.Cli.Commands;

/// <summary>The introduction shown to a new user.</summary>
internal static class Guide
{
    public static int Print(TextWriter output)
    {
        string checker = Self.Command;
        output.WriteLine($"""
            checker {Self.ShortVersion}: finds the possible errors when a page of a
            confidential guest changes between private and shared (KVM guest_memfd). It
            visits every state which guest, VMM, KVM, host and firmware can reach together,
            and shows a shortest way to each error.

              {checker} verify         every design, every property (under a minute)
              {checker} verify --design snp,attribute,separate,spurious --drop punch.flush
                                       what if hole punching left the guest's TLBs alone?
              {checker} list labels    the guards and steps that --drop can leave out
              {checker} verify --protocol PageLifecycle
                                       the small model: a page's life in five states
              {checker} prove          the same for any number of pages, frames, vCPUs
              {checker} walk           random walks where there are too many states
              {checker} mutate         would the properties notice a wrong step?
              {checker} bugs           known bugs of real systems, found again
              {checker} designs        the guards and orders needed by in-place conversion
              {checker} claims         the claims of the first discussion: right or wrong?
              {checker} doctor         does this machine have everything needed?

            `{checker} COMMAND --help` shows the options of a command. Exit codes: 0 as
            expected, 1 violated, 2 bad input, 3 not finished, 4 something is missing.
            Read on: README.md, docs/tutorial.md, docs/architecture.md, invariants.md.
            """);
        return ExitCode.Ok;
    }
}
