using System.Text.Json;
using System.Text.RegularExpressions;
using Checker.App;
using Checker.Cli.Report.Html;
using Checker.Composition.Protocols;
using Checker.Model.Catalogue;
using Checker.Solver.Instance;
using Checker.Solver.Traces;

namespace Checker.Tests.Report;

/// <summary>Reports for tests, and the data in their pages.</summary>
internal static partial class Reported
{
    /// <summary>The report on a protocol, with all its designs or some of them.</summary>
    public static App.Reports.Report Of(Protocol protocol, string? design = null, params string[] drop)
    {
        var jobs = Plan.Of(new(new([protocol]), protocol.Name, design is null ? [] : [design], null, [.. drop], []));
        return App.Reports.Report.Of([.. jobs.Select(job => App.Run.Do(job, new(new(), null), _ => new Silence()))], finished: true);
    }

    public static App.Reports.Report Of(string protocol, string? design = null, params string[] drop) =>
        Of(Registry.Get(protocol), design, drop);

    /// <summary>The data in the page of a report.</summary>
    public static JsonElement DataIn(string page) =>
        JsonDocument.Parse(Data().Match(page).Groups["json"].Value).RootElement;

    public static JsonElement DataOf(App.Reports.Report report, int most = ReportPage.MostBytes) =>
        JsonDocument.Parse(ReportData.Of(report, most)).RootElement;

    public static string Text(JsonElement data, JsonElement number) => data.GetProperty("texts")[number.GetInt32()].GetString()!;

    /// <summary>The number in a list of runs at an index: a count, a number, a count, a number and so on.</summary>
    public static int At(JsonElement runs, int index)
    {
        int[] numbers = [.. runs.EnumerateArray().Select(n => n.GetInt32())];
        for (int i = 0, end = 0; i < numbers.Length; i += 2)
        {
            end += numbers[i];
            if (index < end)
            {
                return numbers[i + 1];
            }
        }

        throw new ArgumentOutOfRangeException(nameof(index));
    }

    /// <summary>
    /// A behaviour which takes some enabled instance at each step, chosen by a fixed rule. The last variable keeps its value.
    /// </summary>
    public static Trace Long(Scope scope, TraceHeader header, int steps)
    {
        var interpreter = new Interpreter(scope);
        var states = new List<TraceState> { new(null, [.. scope.InitialState()]) };
        for (int i = 0; i < steps; i++)
        {
            int[] before = [.. states[^1].Cells];
            int start = unchecked((int)((uint)i * 2654435761u % (uint)scope.Instances.Length));
            var instance = Enumerable.Range(0, scope.Instances.Length)
                .Select(k => scope.Instances[(start + k) % scope.Instances.Length])
                .First(x => interpreter.Enabled(x, before) && interpreter.Apply(x, before) is var next
                    && next[scope.FirstCell(scope.System.Variables[^1])] == 0);
            states.Add(new(instance, [.. interpreter.Apply(instance, before)]));
        }

        return new Trace(scope, null, [.. states], LastStep: false) { Header = header };
    }

    [GeneratedRegex("""<script type="application/json" id="data">(?<json>.*?)</script>""", RegexOptions.Singleline)]
    private static partial Regex Data();

    private sealed class Silence : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
