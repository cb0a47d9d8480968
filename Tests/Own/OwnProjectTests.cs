using System.Text.RegularExpressions;
using Checker.Tests.Cli;

namespace Checker.Tests.Own;

/// <summary>A protocol of one's own from an empty folder to `dotnet test`, without a package feed.</summary>
public sealed partial class OwnProjectTests
{
    [Fact, Trait("Tier", "slow")]
    public void A_new_project_is_verified_proved_walked_mutated_and_tested()
    {
        using var folder = new OwnFolder();
        Says(folder.Checker("new gate"), 0, "Gate, in gate: ", "checker verify --from gate");
        Says(folder.Checker("verify --from gate"), 0, "1 design: 1 holds", "proved  holds");
        Says(folder.Checker("verify --from gate --drop enter.free"), 1, "OneInside, 3 states",
            Path.Combine("gate", "GateModel.cs") + ":23");
        Says(folder.Checker("verify --from gate/Gate.csproj --drop leave.release --json"), 1, "\"NeverStuck\"");
        Says(folder.Checker("prove --from gate"), 0, "1 design: 1 proved");
        Says(folder.Checker("prove --from gate/bin/Release/net10.0/Gate.dll --drop enter.free"), 1, "OneInside");
        Says(folder.Checker("walk --from gate --walks 5"), 0, "no violation found");
        Says(folder.Checker("mutate --from gate"), 0, "2 label mutants: 2 caught");
        Says(folder.Checker("verify --from gate --drop enter.free --trace-out trace.json"), 1, "OneInside");
        Says(folder.Checker("replay --from gate trace.json"), 0, "The interpreter accepts all 3 states.");
        Says(folder.Checker("verify --from gate --drop enter.free --as-test gate/TwoInside.cs"), 1, "wrote gate/TwoInside.cs");
        Says(folder.Run("gate", "test"), 0, "total: 7", "failed: 0");

        // The test made of a trace fails as soon as the model does not allow the trace.
        const string Guard = "Require(\"enter.free\", key.Value == None);";
        folder.Edit("gate/GateModel.cs", Guard, Guard + " Require(key.Value == None);");
        var refused = folder.Run("gate", "test");
        Assert.NotEqual(0, refused.Code);
        Assert.Contains("OneInside_is_violated_in_2_steps", refused.Output, StringComparison.Ordinal);
        Assert.Contains("is not enabled", refused.Output, StringComparison.Ordinal);

        // A failing test shows the trace.
        folder.Edit("gate/GateModel.cs", Guard + " Require(key.Value == None);", "");
        var failed = folder.Run("gate", "test");
        Assert.NotEqual(0, failed.Code);
        Assert.Contains("state 3 violates OneInside", failed.Output, StringComparison.Ordinal);
    }

    [Fact, Trait("Tier", "slow")]
    public void A_wrong_project_is_refused_with_places()
    {
        using var folder = new OwnFolder();
        folder.Checker("new gate --name Turns");
        folder.Edit("gate/TurnsModel.cs", "inside[w] = true;", "inside[w] = 3;");
        folder.Edit("gate/TurnsProtocol.cs", "return m.Build();", "return m.Build()");

        var (code, output, error) = folder.Checker("verify --from gate");

        Assert.Equal((2, ""), (code, output));
        string[] lines = error.TrimEnd('\n').Split('\n');
        Assert.Equal("checker: --from gate does not compile:", lines[0]);
        Assert.All(lines[1..], l => Assert.Matches(Error(), l));
        Assert.Contains(lines[1..], l => l.Contains("TurnsProtocol.cs:", StringComparison.Ordinal)
            && l.Contains("CS1002", StringComparison.Ordinal));
        Assert.Equal(lines.Length, lines.Distinct(StringComparer.Ordinal).Count());

        // A mistake in the model itself is the model's, as for any other protocol.
        folder.Edit("gate/TurnsProtocol.cs", "return m.Build()", "return m.Build();");
        folder.Edit("gate/TurnsModel.cs", "inside[w] = 3;", "inside[w] = true; inside[w] = false;");
        Says(folder.Checker("verify --from gate"), 2, "the model is wrong", Path.Combine("gate", "TurnsModel.cs") + ":");

        // The packages of another program are not there: the build says so, once.
        folder.Edit("gate/Turns.csproj", "$(CheckerVersion)", "99.0.0");
        Says(folder.Checker("verify --from gate"), 2, "does not compile", "NU1102");
    }

    private static void Says(Outcome outcome, int code, params string[] says)
    {
        string all = outcome.Output + outcome.Error;
        Assert.True(code == outcome.Code, $"exit code {outcome.Code}, not {code}:\n{all}");
        Assert.All(says, s => Assert.Contains(s, all, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^  gate.Turns\w+\.cs:\d+: CS\d+: \S")]
    private static partial Regex Error();
}
