using System.Text;

namespace Checker.Cli.Report.Html;

/// <summary>
/// A report as one HTML file without references to others. The data is in an element which browsers do not run, and the policy of the
/// page allows its own script only.
/// </summary>
internal static class ReportPage
{
    /// <summary>The largest size of a page, in bytes.</summary>
    public const int MostBytes = 1_000_000;

    private const string Data = "<!--DATA-->";

    public static string Of(App.Reports.Report report)
    {
        string page = Resource();
        return page.Replace(Data, ReportData.Of(report, MostBytes - Encoding.UTF8.GetByteCount(page)), StringComparison.Ordinal);
    }

    /// <summary>The page without data, as built from the sources in Page/.</summary>
    private static string Resource()
    {
        using var stream = typeof(ReportPage).Assembly.GetManifestResourceStream("report.html")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
