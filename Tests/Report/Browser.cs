using Checker.Tests.Architecture;
using Checker.Tests.Cli;
using Microsoft.Playwright;

namespace Checker.Tests.Report;

/// <summary>
/// One headless Chromium for all tests of pages. It is the system's (eng/provision-chromium.sh), or the one which CHECKER_CHROMIUM
/// names; Playwright downloads none. Without one the tests are skipped.
/// </summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] s_places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private readonly Folder _folder = new();
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>The page of all designs of PageLifecycle without a label: violations, witnesses, a picture.</summary>
    public string Pages { get; private set; } = "";

    /// <summary>The page of Counter, which has no picture.</summary>
    public string Table { get; private set; } = "";

    /// <summary>The page of a trace of 2,000 steps.</summary>
    public string Long { get; private set; } = "";

    private static string? Executable { get; } =
        Environment.GetEnvironmentVariable("CHECKER_CHROMIUM") ?? s_places.FirstOrDefault(File.Exists);

    public async ValueTask InitializeAsync()
    {
        if (Executable is not { } executable)
        {
            return;
        }

        // Playwright drives the browser with a Node of its own, and unpacks it without the right to run on some systems.
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = executable, Args = ["--no-sandbox"] });
        Pages = _folder.Write("pages.html", Checker.Cli.Report.Html.ReportPage.Of(Reported.Of("PageLifecycle", null, "punch.zap")));
        Table = _folder.Write("table.html", Checker.Cli.Report.Html.ReportPage.Of(Reported.Of("Counter", null, "lock")));
        Long = _folder.Write("long.html", Checker.Cli.Report.Html.ReportPage.Of(LongReport()));
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        _folder.Dispose();
    }

    /// <summary>Opens a page from the disk. Every error on its console is recorded.</summary>
    internal async Task<OpenPage> Open(string file, string address = "", int width = 1280, ColorScheme scheme = ColorScheme.Light)
    {
        Assert.SkipWhen(_browser is null, "there is no Chromium: run eng/provision-chromium.sh, or set CHECKER_CHROMIUM");
        var context = await _browser!.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 900 },
            ColorScheme = scheme,
            Offline = true,
        });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(10_000);
        var opened = new OpenPage(context, page);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                opened.Errors.Add(message.Text);
            }
        };
        page.PageError += (_, error) => opened.Errors.Add(error);
        await page.GotoAsync($"file://{file}{address}");
        await page.WaitForSelectorAsync("main");
        return opened;
    }

    /// <summary>The source of axe-core, from the packages of the page's sources; null if they cannot be fetched.</summary>
    internal static async Task<string?> Axe()
    {
        string cache = Path.Combine(Path.GetTempPath(), "checker-axe-core-4.11.0");
        string file = Path.Combine(cache, "node_modules", "axe-core", "axe.min.js");
        if (!File.Exists(file))
        {
            Directory.CreateDirectory(cache);
            foreach (string name in new[] { "package.json", "package-lock.json" })
            {
                File.WriteAllText(Path.Combine(cache, name), Repository.Read($"Cli/Report/Html/Page/{name}"));
            }

            await Npm.Run(cache, "ci", "--silent", "--no-audit", "--no-fund", "--ignore-scripts");
        }

        return File.Exists(file) ? await File.ReadAllTextAsync(file) : null;
    }

    private static App.Reports.Report LongReport()
    {
        var protocol = Checker.Composition.Protocols.Registry.Get("PageLifecycle");
        var design = protocol.Designs.Single(d => d.Id == "inplace,honest");
        var model = protocol.Build(design);
        model = model with { Properties = [.. model.Properties.Where(p => !p.IsLemma)] };
        var scope = new Solver.Instance.Scope(model, new Dictionary<string, int> { ["Page"] = 5, ["Frame"] = 10 });
        var trace = Reported.Long(scope, new("PageLifecycle", design.Id, "5,10", []), steps: 2000);
        return App.Reports.Report.Of(trace, protocol);
    }
}

/// <summary>An open page, and the errors on its console.</summary>
internal sealed record OpenPage(IBrowserContext Context, IPage Page) : IAsyncDisposable
{
    public List<string> Errors { get; } = [];

    public ValueTask DisposeAsync() => Context.DisposeAsync();
}
