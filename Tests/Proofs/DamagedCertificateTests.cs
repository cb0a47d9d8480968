using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Checker.Tests.Cli;
using Checker.Tests.Traces;

namespace Checker.Tests.Proofs;

/// <summary>Any damage to a certificate makes <c>certify</c> print one line, return exit code 2 and confirm nothing.</summary>
public sealed partial class DamagedCertificateTests : IClassFixture<DamagedCertificateTests.Fixture>
{
    private readonly Fixture _whole;

    public DamagedCertificateTests(Fixture whole)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the solver is a shell script");
        _whole = whole;
    }

    [Fact]
    public void The_whole_certificate_is_confirmed() => Assert.Equal((0, ""), (_whole.Certify().Code, _whole.Certify().Error));

    [Theory, Trait("Tier", "slow")]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 20, Explicit = true)]
    public void A_damaged_manifest_is_refused(int seed, int places)
    {
        var random = new Random(seed);
        var damage = new Damage(_whole.Manifest);
        var shapes = Enumerable.Range(0, damage.Places).GroupBy(p => Digits().Replace(damage.Path(p), "0"));
        int tried = 0;
        foreach (int place in shapes.SelectMany(s => s.OrderBy(_ => random.Next()).Take(places)))
        {
            // The useless values and the changes of the structure come last, after the manifest's own values.
            foreach (int kind in Enumerable.Range(damage.Kinds - 17, 17)
                .Concat(Enumerable.Range(0, 5).Select(_ => random.Next(damage.Kinds))))
            {
                if (damage.Do(place, kind) is { } text)
                {
                    tried++;
                    Refused(text, damage.Path(place), isFree: damage.Path(place) is "checker" or "solver");
                }
            }
        }

        Assert.True(tried > 300, $"{tried}");
    }

    [Theory]
    [InlineData("designs", "[]", "$.designs: there is no design")]
    [InlineData("designs", "null", "$.designs: must be an array, not null")]
    [InlineData("designs", "[null]", "$.designs[0]: must be an object, not null")]
    [InlineData("folder", "\"..\"", "$.folder: '..' is no folder of a certificate")]
    [InlineData("folder", "\"run-2\"", "but the model calls for 'run-2/")]
    [InlineData(
        "format",
        "\"checker-certificate/1\"",
        "$.format: is 'checker-certificate/1', but this program reads 'checker-certificate/2'")]
    [InlineData("solver", "7", "$.solver: must be a string")]
    [InlineData("designs/0/design", "\"\"", "$.designs[0].design: '' is no design of PageLifecycle")]
    [InlineData("designs/0/design", "\"*\"", "$.designs[0].design: '*' is no design of PageLifecycle")]
    [InlineData("designs/0/design", "\"*,*\"", "$.designs[0].design: '*,*' is no design of PageLifecycle")]
    [InlineData("designs/0/design", "\"separate,*\"", "$.designs[0].design: 'separate,*' is no design of PageLifecycle")]
    [InlineData(
        "designs/0/design",
        "\"Separate,honest\"",
        "$.designs[0].design: 'Separate,honest' is no design of PageLifecycle; did you mean 'separate,honest'?")]
    [InlineData("designs/0/design", "\"separate, honest\"", "$.designs[0].design: 'separate, honest' is no design of PageLifecycle")]
    [InlineData("designs/0/design", "\"separate,spurious\"", "$.designs[0].properties: ")]
    [InlineData("designs/0/protocol", "\"pagelifecycle\"", "$.designs[0].protocol: 'pagelifecycle' is no protocol")]
    [InlineData("designs/0/protocol", "\"\\u001b[31m\"", "$.designs[0].protocol: '\\u001b[31m' is no protocol")]
    [InlineData("designs/0/protocol", "\"Counter\"", "is no design of Counter")]
    [InlineData("designs/0/dropped", "[\"x\"]", "$.designs[0].dropped: 'x' is no label of PageLifecycle")]
    [InlineData("designs/0/dropped", "[\"punch.zap\"]", "is for another model")]
    [InlineData("designs/0/properties", "[]", "$.designs[0].properties: there is no property")]
    [InlineData("designs/0/properties", "[\"x\"]", "$.designs[0].properties: 'x' is no safety property of PageLifecycle")]
    [InlineData("designs/0/properties", "[\"x\",\"x\"]", "$.designs[0].properties: 'x' is there twice")]
    [InlineData("designs/0/conjuncts", "[]", "conjunct 1 is missing")]
    [InlineData("designs/0/files", "[]", "$.designs[0].files: there is no file")]
    [InlineData("designs/0/files/0/name", "\"../../etc/passwd\"", "file 1 is '../../etc/passwd'")]
    [InlineData("designs/0/files/0/name", "\"/etc/passwd\"", "file 1 is '/etc/passwd'")]
    public void What_is_wrong_is_named_with_its_place(string path, string value, string said)
    {
        var root = JsonNode.Parse(_whole.Manifest)!;
        JsonNode parent = root;
        string[] steps = path.Split('/');
        foreach (string step in steps[..^1])
        {
            parent = int.TryParse(step, out int index) ? parent[index]! : parent[step]!;
        }

        parent[steps[^1]] = JsonNode.Parse(value);
        Assert.Contains(said, Refused(root.ToJsonString(), path), StringComparison.Ordinal);
    }

    [Fact]
    public void A_design_that_is_there_twice_is_refused()
    {
        var root = JsonNode.Parse(_whole.Manifest)!;
        root["designs"]!.AsArray().Add(root["designs"]![0]!.DeepClone());
        Assert.Contains(
            "$.designs: 'PageLifecycle separate,honest' is there twice",
            Refused(root.ToJsonString(), "designs"),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"format\": \"checker-certificate/99\"}")]
    [InlineData("{\"format\": 1}")]
    [InlineData("{\"format\": \"checker-certificate/2\", \"checker\": \"\", \"solver\": \"\", \"folder\": \"run-1\", \"designs\": []}")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")]
    public void What_is_no_manifest_is_refused(string text) => Refused(text, "all");

    [Fact]
    public void A_damaged_file_is_refused()
    {
        var random = new Random(1);
        string[] files = [.. Directory.GetFiles(_whole.Folder[""], "*", SearchOption.AllDirectories)
            .Where(f => f.Contains("run-1", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];
        for (int i = 0; i < 60; i++)
        {
            string file = files[random.Next(files.Length)];
            byte[] old = File.ReadAllBytes(file);
            byte[] damaged = [.. old];
            int at = random.Next(old.Length);
            switch (i % 4)
            {
                case 0:
                    damaged[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    damaged = damaged[..at];
                    break;
                case 2:
                    damaged = [.. damaged, (byte)'\n'];
                    break;
                default:
                    damaged = [.. damaged[..at], (byte)random.Next(256), .. damaged[at..]];
                    break;
            }

            try
            {
                File.WriteAllBytes(file, damaged);
                Assert.Contains(Path.GetFileName(file), Refused(_whole.Manifest, $"{file} at {at}"), StringComparison.Ordinal);
                File.Delete(file);
                Assert.Contains("there is no such file", Refused(_whole.Manifest, file), StringComparison.Ordinal);
            }
            finally
            {
                File.WriteAllBytes(file, old);
            }
        }
    }

    [Fact]
    public void The_words_of_the_manifest_do_not_reach_the_terminal()
    {
        var root = JsonNode.Parse(_whole.Manifest)!;
        root["solver"] = "\u001b[2J";
        var outcome = _whole.Certify(root.ToJsonString());
        Assert.Equal(0, outcome.Code);
        Assert.DoesNotContain("\u001b[2J", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("\\u001b[2J", outcome.Output, StringComparison.Ordinal);
    }

    private string Refused(string manifest, string place, bool isFree = false)
    {
        var (code, output, error) = _whole.Certify(manifest);
        if (isFree && code == 0)
        {
            return "";
        }

        Assert.True(code == 2, $"{place}: code {code}: {error}");
        Assert.Empty(output);
        string line = Assert.Single(error.TrimEnd('\n').Split('\n'));
        Assert.DoesNotContain("error of this program", line, StringComparison.Ordinal);
        Assert.All(line, c => Assert.False(char.IsControl(c)));
        return line;
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();

    /// <summary>A certificate of one design, and a solver which confirms everything.</summary>
    public sealed class Fixture : IDisposable
    {
        private readonly string _solver;

        public Fixture()
        {
            Cli.Program.Run("prove", "--protocol", "PageLifecycle", "--design", "separate,honest", "--certificate", Folder["c"]);
            Manifest = File.ReadAllText(Folder["c/manifest.json"]);
            _solver = Folder.Write("solver.sh", "#!/bin/sh\ngrep '^(check-sat)' \"$1\" | sed 's/.*/unsat/'\n");
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(_solver, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            }
        }

        internal Folder Folder { get; } = new();

        internal string Manifest { get; }

        internal Outcome Certify(string? manifest = null)
        {
            File.WriteAllText(Folder["c/manifest.json"], manifest ?? Manifest);
            return Cli.Program.Run("certify", Folder["c"], "--solver", _solver);
        }

        public void Dispose() => Folder.Dispose();
    }
}
