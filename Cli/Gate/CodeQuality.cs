using System.Security.Cryptography;
using System.Text;
using Checker.App.Gate;
using Checker.Cli.Report;

namespace Checker.Cli.Gate;

/// <summary>Results in GitLab's code-quality format (the JSON of Code Climate), which GitLab shows in a merge request.</summary>
internal static class CodeQuality
{
    public static string Of(IReadOnlyCollection<GateRun> runs) => Json.Text(json =>
    {
        json.WriteStartArray();
        foreach (var (run, one) in runs.SelectMany(run => run.Cases.Where(c => c.IsBad).Select(one => (run, one))))
        {
            json.WriteStartObject();
            json.WriteString("description", $"{run.Name}, {run.Engine}: {one.Message}");
            json.WriteString("check_name", Sarif.RuleOf(run, one));
            json.WriteString("fingerprint", Fingerprint($"{run.FullName}: {one.Property}"));
            json.WriteString("severity", one.Status == CaseStatus.Failed ? "blocker" : "major");
            json.WriteStartObject("location");
            json.WriteString("path", one.File);
            json.WriteStartObject("lines");
            json.WriteNumber("begin", Math.Max(1, one.Line));
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }) + "\n";

    /// <summary>GitLab recognises a case by its fingerprint, also when its line moves.</summary>
    private static string Fingerprint(string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..32];
}
