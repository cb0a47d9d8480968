using System.Text.Json;

namespace Checker.Tests.Cli;

/// <summary>
/// The command <c>checker designs</c> from end to end, on one variant. SurveyTests and InPlaceTests cover the whole space.
/// </summary>
public sealed class DesignsTests
{
    private const string Cca = "designs --platform cca --vmm honest";

    [Fact]
    public void A_variant_without_a_guard_is_shown_with_its_trace()
    {
        var (code, output, _) = Program.Call($"{Cca} --guards convert.unmap_user");
        Assert.Equal(1, code);
        Assert.Contains("NoMappingOutlivesItsFrame 9", output, StringComparison.Ordinal);
        Assert.Contains("state 9 violates NoMappingOutlivesItsFrame", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_variant_comes_out_as_json_and_nothing_else()
    {
        var outcome = Program.Call($"{Cca} --order store,zap,flush,reclaim --json");
        Assert.Equal(1, outcome.Code);
        Assert.Empty(outcome.Error);
        Assert.Equal(
            [
                "platform", "vmm", "kind", "dropped", "toPrivate", "toShared", "change", "verdict", "property", "length", "bounds",
                "states", "lost", "provedForAllSizes", "notProved"
            ],
            outcome.Run.EnumerateObject().Select(p => p.Name));
        Assert.Equal(("cca", "honest", "order"), (Text(outcome.Run, "platform"), Text(outcome.Run, "vmm"), Text(outcome.Run, "kind")));
        Assert.Equal(("as merged", "store,zap,flush,reclaim"), (Text(outcome.Run, "toPrivate"), Text(outcome.Run, "toShared")));
        Assert.Equal(("unsafe", "MappingFollowsDesignation"), (Text(outcome.Run, "verdict"), Text(outcome.Run, "property")));
        Assert.Equal(17, outcome.Run.GetProperty("length").GetInt32());
        Assert.Equal(JsonValueKind.Null, outcome.Run.GetProperty("provedForAllSizes").ValueKind);
    }

    [Fact]
    public void A_trace_of_another_order_can_be_replayed()
    {
        using var folder = new Folder();
        string file = folder["trace.json"];
        var written = Program.Run([.. Cca.Split(' '), "--order", "store,zap,flush,reclaim", "--json", "--trace-out", file]);
        Assert.Equal(1, written.Code);
        Assert.Contains("17 states", written.Error, StringComparison.Ordinal);

        var replayed = Program.Run("replay", file);
        Assert.Equal(0, replayed.Code);
        Assert.Contains("cca,attribute,inplace,honest,store.zap.flush.reclaim", replayed.Output, StringComparison.Ordinal);
        Assert.Contains("accepts all 17 states", replayed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_safe_is_no_failure()
    {
        using var folder = new Folder();
        string file = folder["trace.json"];
        var (code, output, error) = Program.Run([.. Cca.Split(' '), "--guards", "all", "--trace-out", file]);
        Assert.Equal(0, code);
        Assert.Contains("all guards: safe", output, StringComparison.Ordinal);
        Assert.Contains("was not written", error, StringComparison.Ordinal);
        Assert.False(File.Exists(file));
    }

    private static string? Text(JsonElement run, string member) => run.GetProperty(member).GetString();
}
