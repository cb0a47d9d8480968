using System.Text;
using Checker.Model.Ir;
using Checker.Model.Language;
using Checker.Solver.Files;
using Checker.Solver.Proof;
using Checker.Solver.Proof.Certificates;

namespace Checker.Tests.Proofs;

/// <summary>A second solver confirms a certificate. A certificate which does not match the model is refused.</summary>
[Trait("Tier", "slow")]
public sealed class CertificateTests : IDisposable
{
    private const string Design = "sw,hole,separate,spurious";
    private static readonly string s_folder = Manifest.FolderOf(1) + "/01-design";
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

        var compared = Certifier.Compare(s_folder, certified, model, Proving.Claimed(model, protocol, design), Read);
        var result = Certifier.Check(compared, new SecondSolver(null, TimeSpan.FromSeconds(60)), 2, TestContext.Current.CancellationToken);

        Assert.Empty(result.Contradicted);
        Assert.Empty(result.Unconfirmed);
        Assert.Equal(certified.Obligations, result.Confirmed);
        Assert.Equal(Proving.Prove(protocol, design).Obligations.Length, result.Confirmed);
    }

    [Fact]
    public void The_manifest_is_read_back()
    {
        var certified = Write("GuestMemory", Design);
        AtomicFile.Write(
            Path.Combine(_directory, Manifest.FileName),
            Certificate.TextOf(new(Manifest.CurrentFormat, "test", "Z3", "run-1", [certified])));

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

        var refused = Assert.Throws<CertificateException>(() =>
            Certifier.Compare(s_folder, certified, mutant, Proving.Claimed(mutant, "GuestMemory", Design), Read));

        Assert.Contains("another model", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_invented_assumption_is_refused_even_with_the_right_hash()
    {
        var certified = Write("GuestMemory", Design);
        var file = certified.Files[5];
        var forged = certified with
        {
            Files = certified.Files.SetItem(5, file with { Goals = [.. file.Goals.Select(g => g with { Uses = g.Uses.Add("anything") })] })
        };

        var refused = Assert.Throws<CertificateException>(() => Compare(forged));

        Assert.Contains("nothing that may be assumed", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_obligation_left_out_is_noticed()
    {
        var certified = Write("GuestMemory", Design);
        var file = certified.Files[5];

        Assert.Throws<CertificateException>(() =>
            Compare(certified with { Files = certified.Files.SetItem(5, file with { Goals = file.Goals[1..] }) }));
        Assert.Throws<CertificateException>(() => Compare(certified with { Files = certified.Files[1..] }));
        Assert.Throws<CertificateException>(() => Compare(certified with { Properties = certified.Properties[1..] }));
    }

    [Fact]
    public void A_conjunct_left_out_added_or_moved_in_the_list_is_noticed()
    {
        var certified = Write("GuestMemory", Design);
        var conjuncts = certified.Conjuncts;
        foreach (var other in new[]
        {
            conjuncts[1..],
            conjuncts.Add("NoSuch"),
            [conjuncts[1], conjuncts[0], .. conjuncts[2..]]
        })
        {
            Assert.Contains(
                ": conjunct ",
                Assert.Throws<CertificateException>(() => Compare(certified with { Conjuncts = other })).Message,
                StringComparison.Ordinal);
        }

        // The claims come last. Without one, the obligations are others than those in the files.
        Assert.Throws<CertificateException>(() => Compare(certified with { Conjuncts = conjuncts[..^1] }));
    }

    [Fact]
    public void The_page_for_people_is_compared_as_well()
    {
        var certified = Write("GuestMemory", Design);
        string page = Path.Combine(_directory, certified.Invariant.Name);
        File.WriteAllText(page, File.ReadAllText(page).Replace("# The", "# Not the", StringComparison.Ordinal));

        Assert.Contains("invariant.md", Assert.Throws<CertificateException>(() => Compare(certified)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_file_is_read_once_and_the_solver_gets_what_was_read()
    {
        var certified = Write("GuestMemory", Design);
        var model = Proving.Model("GuestMemory", Design);
        var reads = new List<string>();
        var compared = Certifier.Compare(s_folder, certified, model, Proving.Claimed(model, "GuestMemory", Design), (name, most) =>
        {
            reads.Add(name);
            return Read(name, most);
        });

        // From here on the folder contains nothing to confirm.
        Directory.Delete(Path.Combine(_directory, "run-1"), recursive: true);
        string solver = Script("#!/bin/sh\ngrep '^(check-sat)' \"$1\" | sed 's/.*/unsat/'\n");
        var result = Certifier.Check(compared, new SecondSolver(solver, TimeSpan.FromSeconds(5)), 1, TestContext.Current.CancellationToken);

        Assert.Equal(reads.Count, reads.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(certified.Obligations, result.Confirmed);
    }

    [Theory]
    [InlineData("link", "symbolic link")]
    [InlineData("pipe", "no regular file")]
    [InlineData("device", "no regular file")]
    [InlineData("folder", "no regular file")]
    [InlineData("nothing", "there is no such file")]
    public void Only_regular_files_inside_of_the_folder_are_read(string kind, string said)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the kinds of files are those of Linux");
        string path = Path.Combine(_directory, "file");
        string elsewhere = Path.Combine(_directory, "elsewhere");
        File.WriteAllText(elsewhere, "");
        switch (kind)
        {
            case "link":
                File.CreateSymbolicLink(path, elsewhere);
                break;
            case "pipe":
                System.Diagnostics.Process.Start("mkfifo", [path]).WaitForExit();
                break;
            case "folder":
                Directory.CreateDirectory(path);
                break;
        }

        var refused = kind == "device"
            ? Assert.Throws<CertificateException>(() => Certifier.ReadFile("/dev", "zero", 100))
            : Assert.Throws<CertificateException>(() => Certifier.ReadFile(_directory, "file", 100));

        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Actions_whose_names_become_one_have_files_of_their_own()
    {
        var model = new SimilarNames().Build();
        PropertyDeclaration[] properties = [model.Property("P")];
        var proof = Induction.Prove(model, properties, Proving.Options with { Cores = true });

        var (certified, texts) = Certificate.Of(s_folder, "SimilarNames", "", proof);
        var compared = Certifier.Compare(
            s_folder,
            certified,
            model,
            properties,
            (file, _) => Encoding.UTF8.GetBytes(texts.Single(t => t.Name == file).Text));
        var result = Certifier.Check(compared, new SecondSolver(null, TimeSpan.FromSeconds(60)), 1, TestContext.Current.CancellationToken);

        Assert.Equal(model.Actions.Length + 2, certified.Files.Select(f => f.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(texts, t => Assert.Matches("^run-1/01-design/[A-Za-z0-9-]+[.](smt2|md)$", t.Name));
        Assert.Equal(proof.Obligations.Length, result.Confirmed);
    }

    [Fact]
    public void A_folder_in_a_certificate_that_is_a_link_is_refused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a link takes a privilege there");
        string target = Directory.CreateDirectory(Path.Combine(_directory, "target")).FullName;
        File.WriteAllText(Path.Combine(target, "file"), "");
        Directory.CreateSymbolicLink(Path.Combine(_directory, "run-1"), target);

        Assert.Contains(
            "symbolic link",
            Assert.Throws<CertificateException>(() => Certifier.ReadFile(_directory, "run-1/file", 100)).Message,
            StringComparison.Ordinal);
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
        var certificate = Certificate.Of(s_folder, protocol, design, proof);
        AtomicFile.MakeFolder(Path.Combine(_directory, s_folder));
        foreach (var text in certificate.Texts)
        {
            AtomicFile.Write(Path.Combine(_directory, text.Name), text.Text);
        }

        return certificate.Entry;
    }

    private byte[]? Read(string file, int most) => Certifier.ReadFile(_directory, file, most);

    private void Compare(CertifiedDesign certified)
    {
        var model = Proving.Model("GuestMemory", Design);
        Certifier.Compare(s_folder, certified, model, Proving.Claimed(model, "GuestMemory", Design), Read);
    }

    /// <summary>Names of actions which coincide in a file system, or coincide with the names of other files.</summary>
    private sealed class SimilarNames : Spec
    {
        private readonly Var<bool> x = new();
        private readonly Var<bool> y = new();

        public SimilarNames()
        {
            foreach (string name in new[] { "A.b", "A-b", "a-b", "Init", "Properties", "../é", new string('x', 300) })
            {
                Action(name, () =>
                {
                    x.Value = true;
                    y.Value = true;
                });
            }

            Invariant("P", y.Value.Implies(x.Value));
            Lemma("L", "P", "x never becomes false", y.Value.Implies(x.Value));
        }
    }
}
