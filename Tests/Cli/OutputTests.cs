namespace Checker.Tests.Cli;

/// <summary>Every command with an output checks before the work if it can be written.</summary>
public sealed class OutputTests
{
    private static readonly string[] s_commands =
    [
        "graph --to dot --protocol Counter --out",
        "verify --protocol Counter --trace-out",
        "walk --protocol Counter --trace-out",
        "designs --guards all --platform sw --vmm honest --trace-out",
        "designs --platform sw --vmm honest --traces",
        "mutate --protocol Counter --traces",
        "prove --protocol PageLifecycle --certificate",
        "invariants --write",
        "designs --write",
    ];

    public static TheoryData<string, string> Refusals()
    {
        var data = new TheoryData<string, string>();
        foreach (string command in s_commands)
        {
            bool isFolder = command.EndsWith("--traces", StringComparison.Ordinal)
                || command.EndsWith("--certificate", StringComparison.Ordinal);
            string extension = command.EndsWith("--trace-out", StringComparison.Ordinal) ? ".json" : "";
            data.Add(command, "");
            data.Add(command, "FOLDER/file" + extension + (isFolder ? "/in/it" : "/"));
            data.Add(command, "FOLDER/nowhere/\0" + extension);
            data.Add(command, "FOLDER/" + new string('x', 300) + extension);
            if (!isFolder)
            {
                data.Add(command, "FOLDER/nowhere/file" + extension);
                data.Add(command, "FOLDER/folder" + extension);
                data.Add(command, "FOLDER/link" + extension);
                data.Add(command, "FOLDER/readonly" + extension);
                data.Add(command, "FOLDER/pipe" + extension);
                data.Add(command, "/dev/full");
            }
            else
            {
                data.Add(command, "FOLDER/file");
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public void What_cannot_be_written_is_refused_in_one_line(string command, string path)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the paths are those of Linux");
        using var folder = new Folder();
        foreach (string extension in new[] { "", ".json" })
        {
            folder.Write("file" + extension, "");
            Directory.CreateDirectory(folder["folder" + extension]);
            File.CreateSymbolicLink(folder["link" + extension], folder["file" + extension]);
            new FileInfo(folder.Write("readonly" + extension, "")).IsReadOnly = true;
            System.Diagnostics.Process.Start("mkfifo", [folder["pipe" + extension]]).WaitForExit();
        }

        string[] before = Directory.GetFileSystemEntries(folder[""]);
        var (code, output, error) = Program.Run([
            .. command.Split(' '),
            path.Replace("FOLDER", folder[""].TrimEnd('/'), StringComparison.Ordinal)
        ]);

        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.StartsWith("checker: ", Assert.Single(error.TrimEnd('\n').Split('\n')));
        Assert.Equal(before, Directory.GetFileSystemEntries(folder[""]));
    }

    [Fact]
    public void A_name_that_becomes_too_long_with_the_design_is_refused_before_the_search()
    {
        using var folder = new Folder();
        string path = folder[new string('x', 240) + ".json"];
        var (code, output, error) = Program.Run("verify", "--protocol", "PageLifecycle", "--trace-out", path);
        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.Contains("the name is too long", error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_old_certificate_is_valid_until_the_new_one_is_complete()
    {
        using var folder = new Folder();
        const string Prove = "prove --protocol PageLifecycle --design separate,honest --certificate";
        Assert.Equal(0, Program.Call($"{Prove} {folder["c"]}").Code);
        Assert.Equal(["manifest.json", "run-1"], Entries());

        // A killed run leaves temporary files, and a folder without an entry in the manifest.
        Directory.CreateDirectory(folder["c/run-2/01-x"]);
        File.WriteAllText(folder["c/run-2/01-x/.checker-a.tmp"], "");
        File.WriteAllText(folder["c/.checker-b.tmp"], "");
        Assert.Equal(0, Program.Call($"certify {folder["c"]}").Code);

        Assert.Equal(0, Program.Call($"{Prove} {folder["c"]}").Code);
        Assert.Equal(["manifest.json", "run-2"], Entries());
        Assert.Equal(0, Program.Call($"certify {folder["c"]}").Code);

        // Nothing is proved, so the old certificate stays.
        var failed = Program.Call($"{Prove} {folder["c"]} --drop punch.zap");
        Assert.Equal(1, failed.Code);
        Assert.Contains("no certificate was written", failed.Error, StringComparison.Ordinal);
        Assert.Equal(["manifest.json", "run-2"], Entries());
        Assert.Equal(0, Program.Call($"certify {folder["c"]}").Code);

        string[] Entries() =>
            [.. Directory.GetFileSystemEntries(folder["c"]).Select(e => Path.GetFileName(e)!).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public void A_folder_in_which_nothing_was_proved_is_gone_again()
    {
        using var folder = new Folder();
        Assert.Equal(
            1,
            Program.Call($"prove --protocol PageLifecycle --design separate,honest --drop punch.zap --certificate {folder["c"]}").Code);
        Assert.False(Directory.Exists(folder["c"]));
    }

    [Fact]
    public void Another_run_in_the_same_folder_is_refused()
    {
        using var folder = new Folder();
        using var first = new Checker.App.CertificateFolder(folder["c"]);
        var second = Program.Call($"prove --protocol PageLifecycle --certificate {folder["c"]}");
        Assert.Equal(2, second.Code);
        Assert.Contains("another run writes a certificate there", second.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_written_without_labels_or_of_some_properties_is_certified_as_such()
    {
        using var folder = new Folder();
        Assert.Equal(
            0,
            Program.Call("prove --protocol PageLifecycle --design separate,honest --property NoMappingOutlivesItsFrame --certificate "
                + $"{folder["one"]}").Code);
        var one = Program.Call($"certify {folder["one"]} --json");
        Assert.Equal(0, one.Code);
        Assert.NotEmpty(one.Run.GetProperty("notInTheCertificate").EnumerateArray());
        Assert.Contains("not in the certificate: ", Program.Call($"certify {folder["one"]}").Output, StringComparison.Ordinal);

        Assert.Equal(
            0,
            Program.Call("prove --protocol PageLifecycle --design separate,honest --drop accept.once --certificate "
                + $"{folder["without"]}").Code);
        var without = Program.Call($"certify {folder["without"]} --json");
        Assert.Equal(0, without.Code);
        Assert.Equal("accept.once", Assert.Single(without.Run.GetProperty("dropped").EnumerateArray()).GetString());
        Assert.Contains("of the model without accept.once", Program.Call($"certify {folder["without"]}").Output, StringComparison.Ordinal);
    }
}
