using Checker.Solver.Smt;

namespace Checker.Tests.Proofs;

/// <summary>A certificate is confirmed by a second solver, and refused when it is not the one that the model calls for.</summary>
public sealed class CertificateTests : IDisposable
{
    private const string Design = "sw,hole,separate,spurious";
    private readonly string _directory = Directory.CreateTempSubdirectory("checker-certificate-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("GuestMemory", "snp,hole,separate,spurious")]
    [InlineData("GuestMemory", "pkvm,attribute,inplace,honest")]
    [InlineData("PageLifecycle", "inplace,spurious")]
    public void A_second_solver_confirms_every_obligation(string protocol, string design)
    {
        var certified = Write(protocol, design);
        var model = Proving.Model(protocol, design);

        Certifier.Compare(_directory, certified, model, Proving.Claimed(model, protocol, design));
        var result = Certifier.Check(_directory, certified, new SecondSolver(null, TimeSpan.FromSeconds(60)), 2, TestContext.Current.CancellationToken);

        Assert.Empty(result.Contradicted);
        Assert.Empty(result.Unconfirmed);
        Assert.Equal(certified.Obligations, result.Confirmed);
        Assert.Equal(Proving.Prove(protocol, design).Obligations.Length, result.Confirmed);
    }

    [Fact]
    public void The_manifest_is_read_back()
    {
        var certified = Write("GuestMemory", Design);
        Certificate.Finish(_directory, new(Manifest.CurrentFormat, "test", "Z3", [certified]));

        var read = Assert.Single(Certifier.Read(_directory).Designs);

        Assert.Equal((certified.Model, certified.Design, certified.Obligations), (read.Model, read.Design, read.Obligations));
    }

    [Fact]
    public void One_changed_assertion_is_noticed()
    {
        var certified = Write("GuestMemory", Design);
        string file = Path.Combine(_directory, certified.Files[5].Name);
        string text = File.ReadAllText(file);
        int at = text.IndexOf("(assert (", StringComparison.Ordinal);
        File.WriteAllText(file, text[..at] + "(assert false)\n" + text[at..]);

        var refused = Assert.Throws<CertificateException>(() => Compare(certified));

        Assert.Contains(certified.Files[5].Name, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_for_a_mutant_is_refused()
    {
        var certified = Write("GuestMemory", Design);
        var mutant = Proving.Model("GuestMemory", Design, "discard.host_flush");

        var refused = Assert.Throws<CertificateException>(() => Certifier.Compare(_directory, certified, mutant, Proving.Claimed(mutant, "GuestMemory", Design)));

        Assert.Contains("another model", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_invented_assumption_is_refused_even_with_the_right_hash()
    {
        var certified = Write("GuestMemory", Design);
        var file = certified.Files[5];
        var forged = certified with { Files = certified.Files.SetItem(5, file with { Goals = [.. file.Goals.Select(g => g with { Uses = g.Uses.Add("anything") })] }) };

        var refused = Assert.Throws<CertificateException>(() => Compare(forged));

        Assert.Contains("nothing that may be assumed", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_obligation_left_out_is_noticed()
    {
        var certified = Write("GuestMemory", Design);
        var file = certified.Files[5];

        Assert.Throws<CertificateException>(() => Compare(certified with { Files = certified.Files.SetItem(5, file with { Goals = file.Goals[1..] }) }));
        Assert.Throws<CertificateException>(() => Compare(certified with { Files = certified.Files[1..] }));
        Assert.Throws<CertificateException>(() => Compare(certified with { Properties = certified.Properties[1..] }));
    }

    [Theory]
    [InlineData("{", "manifest.json")]
    [InlineData("{\"format\": \"checker-certificate/9\", \"checker\": \"\", \"solver\": \"\", \"designs\": []}", "checker-certificate/9")]
    [InlineData("[]", "manifest.json")]
    public void A_damaged_manifest_is_refused(string text, string named)
    {
        File.WriteAllText(Path.Combine(_directory, Manifest.FileName), text);

        Assert.Contains(named, Assert.Throws<CertificateException>(() => Certifier.Read(_directory)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#!/bin/sh\necho hello\n", "printed 'hello'")]
    [InlineData("#!/bin/sh\nexit 134\n", "gave 0 of")]
    [InlineData("#!/bin/sh\necho unsat\n", "gave 1 of")]
    public void A_solver_that_prints_rubbish_or_crashes_confirms_nothing(string script, string said)
    {
        var certified = Write("GuestMemory", Design);
        string solver = Script(script);

        var failed = Assert.Throws<SolverFailedException>(() =>
            Certifier.Check(_directory, certified, new SecondSolver(solver, TimeSpan.FromSeconds(5)), 1, TestContext.Current.CancellationToken));

        Assert.Contains(said, failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_solver_that_gives_up_confirms_nothing()
    {
        var certified = Write("GuestMemory", Design);
        string solver = Script("#!/bin/sh\ngrep -c '^(check-sat)' \"$1\" | xargs seq | sed 's/.*/unknown/'\n");

        var result = Certifier.Check(_directory, certified, new SecondSolver(solver, TimeSpan.FromSeconds(5)), 1, TestContext.Current.CancellationToken);

        Assert.Equal(0, result.Confirmed);
        Assert.Equal(certified.Obligations, result.Unconfirmed.Length);
    }

    [Fact]
    public void A_missing_solver_is_a_matter_of_the_environment() =>
        Assert.Throws<EnvironmentException>(() => new SecondSolver("no-such-solver", TimeSpan.FromSeconds(1)));

    private string Script(string text)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the solver is a shell script");
        string path = Path.Combine(_directory, "solver.sh");
        File.WriteAllText(path, text);
#pragma warning disable CA1416 // Windows was ruled out
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
#pragma warning restore CA1416
        return path;
    }

    private CertifiedDesign Write(string protocol, string design)
    {
        var model = Proving.Model(protocol, design);
        var proof = Induction.Prove(model, Proving.Claimed(model, protocol, design), Proving.Options with { Cores = true });
        return Certificate.Write(_directory, protocol, design, proof);
    }

    private void Compare(CertifiedDesign certified)
    {
        var model = Proving.Model("GuestMemory", Design);
        Certifier.Compare(_directory, certified, model, Proving.Claimed(model, "GuestMemory", Design));
    }
}
