namespace Checker.Tests.Cli;

/// <summary>Bad input gives exit code 2, nothing on stdout, and one line on stderr which names the mistake and the remedy.</summary>
public sealed class BadInputTests
{
    [Theory]
    [InlineData("verify --design snq,attribute,separate,spurious", "'snq'", "did you mean 'snp'?", "sw, snp, tdx, cca, pkvm, *")]
    [InlineData("verify --design snp,attribute", "4 parts", "platform,designation,backing,vmm")]
    [InlineData("verify --design separate,honest", "--protocol PageLifecycle")]
    [InlineData("verify --design pkvm,hole,separate,honest", "no such design", "did you mean", "checker list designs")]
    [InlineData("verify --protocol Counter --design a", "takes no --design")]
    [InlineData("verify --protocol GestMemory", "unknown protocol 'GestMemory'", "did you mean 'GuestMemory'?")]
    [InlineData("verify --drop punch.flsh", "unknown label 'punch.flsh'", "did you mean 'punch.flush'?", "checker list labels")]
    [InlineData("verify --drop punch.flush,set.zip", "unknown label 'set.zip'", "did you mean 'set.zap'?")]
    [InlineData("verify --drop accept.once", "--protocol PageLifecycle")]
    [InlineData("verify --property NoSilentCorrupton", "unknown property", "did you mean 'NoSilentCorruption'?")]
    [InlineData("verify --protocol Counter --property Zzz", "unknown property 'Zzz'", "NoLostUpdate")]
    [InlineData("verify --bounds 0,2,1,1,1", "the number of pages is '0'", "1 to 62")]
    [InlineData("verify --bounds 1,2,0,1,1", "the number of vcpus is '0'", "1 to 62")]
    [InlineData("verify --bounds 1,2,1,1,-1", "the number of pins is '-1'", "0 to 62")]
    [InlineData("verify --bounds 99,2,1,1,1", "the number of pages is '99'", "1 to 62")]
    [InlineData("verify --bounds 99999999999999999999,2,1,1,1", "the number of pages", "1 to 62")]
    [InlineData("verify --protocol Counter --bounds 5", "the number of workers is '5'", "1 to 3", "the integers of Counter hold no more")]
    [InlineData("mutate --protocol Counter --bounds 4", "the number of workers is '4'", "1 to 3")]
    [InlineData("verify --bounds 1,2,1,1", "5 numbers", "pages,frames,vcpus,threads,pins", "1,2,1,1,1")]
    [InlineData("verify --bounds 1,2,1,1,x", "'x'")]
    [InlineData("verify --bounds 62,62,62,62,62 --json", "action instances", "smaller bounds")]
    [InlineData("verify --bounds 60,2,1,1,1 --json", "bits", "smaller bounds")]
    [InlineData("graph --to dot --protocol Counter --json", "--json is for --components")]
    [InlineData("export --protocol Counter", "export needs --to", "murphi")]
    [InlineData("export --to murfi --protocol Counter", "unknown format 'murfi'", "did you mean 'murphi'?", "allowed: tla, murphi")]
    [InlineData("export --to murphi", "export writes one design", "--design")]
    [InlineData("export --to murphi --protocol Counter --property TwoIncrements", "no format expresses a scenario", "verify")]
    [InlineData("export --to tla --protocol Counter --out /nowhere/at/all.tla", "/nowhere/at/all.tla", "there is no directory")]
    [InlineData("agree --protocol Counter --timeout 0", "--timeout 0", "from 1 to 86400")]
    [InlineData("agree --protocol Counter --memory 4X", "--memory 4X", "512M or 4G")]
    [InlineData("agree --mutants --drop set.zap", "--mutants is about whole protocols")]
    [InlineData("prove --protocol PageLifecycle --property SecretMapped --certificate c", "SecretMapped is a lemma", "SecretStaysPrivate")]
    [InlineData("verify --boudns 1,2,1,1,1", "unknown option '--boudns'", "did you mean '--bounds'?", "--help")]
    [InlineData("verify --bounds", "--bounds needs a value")]
    [InlineData("verify --bounds 1,2,1,1,1 --bounds 1,1,1,1,1", "--bounds", "2 were provided")]
    [InlineData("verify --json=yes", "unknown argument 'yes'")]
    [InlineData("verify everything", "unknown argument 'everything'")]
    [InlineData("verfy", "unknown command 'verfy'", "did you mean 'verify'?")]
    [InlineData("verify --threads 0", "--threads 0", "from 1 to 64")]
    [InlineData("verify --threads many", "--threads many")]
    [InlineData("verify --memory 4X", "--memory 4X", "512M or 4G")]
    [InlineData("verify --memory 1000000G", "--memory 1000000G", "the memory of this machine")]
    [InlineData("verify --memory 3", "--memory 3", "1M to")]
    [InlineData("verify --bmc-depth 4", "--cross-check")]
    [InlineData("verify --compare sw,hole,separate,honest", "--compare needs 2 values")]
    [InlineData("verify --compare snq,*,*,* sw,*,*,*", "unknown platform 'snq' in --compare snq,*,*,*", "did you mean 'snp'?")]
    [InlineData("verify --compare snp,attribute sw,attribute", "--compare snp,attribute", "4 parts")]
    [InlineData("verify --compare snp,*,separate,honest sw,attribute,*,honest", "have * in different places")]
    [InlineData("verify --protocol Counter --compare a b", "takes no --compare")]
    [InlineData("verify --compare sw,hole,separate,* snp,hole,separate,* --design *", "takes no --design")]
    [InlineData("verify --compare sw,hole,separate,* snp,hole,separate,* --trace-out t.json", "takes no --trace-out")]
    [InlineData("verify --compare sw,hole,separate,* here.json", "here.json is a file", "two files or two designs")]
    [InlineData("verify --cross-check --bmc-depth deep", "--bmc-depth deep")]
    [InlineData("verify --trace-out /nowhere/at/all.json", "/nowhere/at/all.json", "there is no directory")]
    [InlineData("verify --trace-out trace.txt", "trace.txt", ".itf.json")]
    [InlineData("walk --design snq,attribute,separate,spurious", "'snq'", "did you mean 'snp'?")]
    [InlineData("walk --drop punch.flsh", "unknown label 'punch.flsh'", "did you mean 'punch.flush'?")]
    [InlineData("walk --protocol GestMemory", "unknown protocol 'GestMemory'", "did you mean 'GuestMemory'?")]
    [InlineData("walk --property TwoVcpusInGuest", "unknown property", "checker list properties")]
    [InlineData("walk --protocol Counter --property AllDone", "whether AllDone is possible", "verify --property AllDone")]
    [InlineData("walk --seed 12x", "--seed 12x", "from 0 to 18446744073709551615", "0x1f")]
    [InlineData("walk --seed 0x", "--seed 0x", "0x1f")]
    [InlineData("walk --seed -1", "--seed -1", "from 0 to")]
    [InlineData("walk --seed 0x10000000000000000", "16 digits at most")]
    [InlineData("walk --steps 0", "--steps 0", "from 1 to 100000000")]
    [InlineData("walk --walks many", "--walks many", "from 1 to")]
    [InlineData("walk --walk -3", "--walk -3", "from 0 to")]
    [InlineData("walk --walk 3 --walks 5", "give one of them")]
    [InlineData("walk --threads 65", "--threads 65", "from 1 to 64")]
    [InlineData("walk --bounds 8,16,4,4", "5 numbers", "pages,frames,vcpus,threads,pins")]
    [InlineData("walk --bounds 8,63,4,4,4", "the number of frames is '63'", "1 to 62")]
    [InlineData("walk --bounds 62,62,62,62,62 --json", "action instances", "smaller bounds")]
    [InlineData("walk --bounds 62,62,62,62,62 --json", "action instances", "1,048,576", "smaller bounds")]
    [InlineData("walk --trace-out trace.txt", "trace.txt", ".itf.json")]
    [InlineData("replay /nowhere/at/all.json", "/nowhere/at/all.json", "there is no")]
    [InlineData("replay", "'file'", "--help")]
    [InlineData("list labls", "unknown subject 'labls'", "did you mean 'labels'?")]
    [InlineData("lifecycle --design sw,attribute", "4 parts")]
    [InlineData("designs --platform snq", "unknown platform 'snq'", "did you mean 'snp'?", "sw, snp, tdx, cca, pkvm")]
    [InlineData("designs --vmm onest", "unknown VMM 'onest'", "did you mean 'honest'?")]
    [InlineData("designs --guards convert.zip", "unknown guard 'convert.zip'", "did you mean 'convert.zap'?")]
    [InlineData("designs --order zap,flsh,reclaim,store", "unknown step 'flsh'", "did you mean 'flush'?")]
    [InlineData(
        "designs --order zap,flush,store",
        "--order zap,flush,store",
        "unmap,host_flush,check,zap,flush,store",
        "zap,flush,reclaim,store")]
    [InlineData("designs --order flush,zap,reclaim,store", "a flush comes after")]
    [InlineData("designs --order zap,flush,reclaim,store;zap,flush,store,reclaim", "once")]
    [InlineData("designs --pairs --subsets", "--pairs is for --orders")]
    [InlineData("designs --change zap_bth", "unknown change 'zap_bth'", "did you mean 'zap_both'?")]
    [InlineData("designs --guards all --change zap_both", "give one of them")]
    [InlineData("designs --guards all --subsets", "one is named")]
    [InlineData("designs --guards all --trace-out x.json", "one variant of one design")]
    [InlineData("designs --write /nowhere.md", "/nowhere.md", "there is no such file")]
    [InlineData("designs --all-sizes --no-proofs", "contradict")]
    [InlineData("designs --threads 0", "--threads 0", "from 1 to 64")]
    [InlineData("claims S99", "unknown claim 'S99'", "did you mean 'S9'?", "checker claims")]
    [InlineData("claims mapping", "unknown claim 'mapping'", "lists all 34")]
    [InlineData("claims S6 --protocol Counter", "unknown protocol 'Counter' of claims", "PageLifecycle, GuestMemory")]
    [InlineData("claims S6 --design snq,*,*,*", "'snq'", "did you mean 'snp'?")]
    [InlineData("claims S6 S7", "unknown argument 'S7'")]
    public void Is_named_in_one_line(string arguments, params string[] says)
    {
        var (code, output, error) = Program.Call(arguments);
        Assert.Equal(2, code);
        Assert.Empty(output);
        string line = Assert.Single(error.TrimEnd('\n').Split('\n'));
        Assert.StartsWith("checker: ", line);
        Assert.All(says, s => Assert.Contains(s, line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"schema\": \"checker-trace/1\"}")]
    [InlineData("{\"schema\": \"checker-trace/99\"}")]
    public void A_file_that_is_no_trace_is_named_with_the_place(string text)
    {
        using var folder = new Folder();
        string file = folder.Write("damaged.json", text);
        var (code, output, error) = Program.Run("replay", file);
        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.StartsWith($"checker: {file}: ", Assert.Single(error.TrimEnd('\n').Split('\n')));
    }

    [Theory]
    [InlineData("--bounds")]
    [InlineData("--design")]
    [InlineData("--threads")]
    [InlineData("--property")]
    public void A_long_argument_is_not_echoed_whole(string option)
    {
        string text = new string('7', 5000) + "\nx";
        string line = Assert.Single(Program.Run("verify", option, text).Error.TrimEnd('\n').Split('\n'));
        Assert.InRange(line.Length, 20, 1000);
        Assert.InRange(Program.Run("verify", $"{option}={text}").Error.Length, 20, 1000);
    }

    [Fact]
    public void Control_characters_are_not_sent_to_the_terminal()
    {
        var (code, _, error) = Program.Run("verify", "--drop", "\e[31mred");
        Assert.Equal(2, code);
        Assert.DoesNotContain('\e', error);
    }
}
