using System.Globalization;
using Microsoft.Playwright;

namespace Checker.Tests.Report;

/// <summary>The page of a report in a browser: stepping, addresses, keyboard, filter, speed and accessibility.</summary>
[Trait("Tier", "slow")]
public sealed class BrowserTests(Browser browser, ITestOutputHelper output) : IClassFixture<Browser>
{
    [Fact]
    public async Task Steps_go_forward_and_back()
    {
        await using var open = await browser.Open(browser.Pages, "#trace=1&step=2");
        var page = open.Page;
        Assert.Equal("state 2 of 5", await Position(page));
        await page.Keyboard.PressAsync("ArrowRight");
        Assert.Equal("state 3 of 5", await Position(page));
        await page.Keyboard.PressAsync("ArrowLeft");
        await page.Keyboard.PressAsync("ArrowLeft");
        await page.Keyboard.PressAsync("ArrowLeft");
        Assert.Equal("state 1 of 5", await Position(page));
        await page.GetByRole(AriaRole.Button, new() { Name = "Last state" }).ClickAsync();
        Assert.Equal("state 5 of 5", await Position(page));
        Assert.Contains("false", await page.Locator(".strips .row.chosen .truth").InnerTextAsync(), StringComparison.Ordinal);
        // The spte of the punched page still leads to the freed frame: both values are in the tree.
        Assert.Contains("NoMappingOutlivesItsFrame", await page.Locator(".reason .sentence").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("for p = p0", await page.Locator(".why").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Empty(open.Errors);
    }

    [Fact]
    public async Task An_address_is_a_place_in_a_trace()
    {
        await using var open = await browser.Open(browser.Pages, "#trace=2&step=3");
        var page = open.Page;
        Assert.StartsWith("state 3 of", await Position(page));
        Assert.Equal("2", await Number(page, "[...document.querySelectorAll('.entry')].findIndex(e => e.ariaCurrent) + 1"));
        await page.Keyboard.PressAsync("ArrowRight");
        await Until(page, "location.hash === '#trace=2&step=4'");
        await page.EvaluateAsync("location.hash = '#trace=1&step=99'");
        await Until(page, "document.querySelector('.position').textContent === 'state 5 of 5'");
        await page.EvaluateAsync("location.hash = '#coverage'");
        await page.WaitForSelectorAsync("main.coverage");
        Assert.Empty(open.Errors);
    }

    [Fact]
    public async Task Keys_change_the_trace_and_the_filter_hides_traces()
    {
        await using var open = await browser.Open(browser.Pages);
        var page = open.Page;
        await page.Keyboard.PressAsync("j");
        await page.WaitForSelectorAsync("main.traces");
        await page.Keyboard.PressAsync("j");
        await Until(page, "location.hash.startsWith('#trace=2&')");
        await page.Keyboard.PressAsync("k");
        await Until(page, "location.hash.startsWith('#trace=1&')");
        int all = await page.Locator(".entry").CountAsync();
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("RoundTrip");
        Assert.Equal(1, await page.Locator(".entry").CountAsync());
        Assert.True(all > 1);
        await page.Keyboard.PressAsync("Escape");
        Assert.Equal(all, await page.Locator(".entry").CountAsync());
        // Letters in the field are text, and no commands.
        Assert.StartsWith("#trace=1&", await page.EvaluateAsync<string>("location.hash"));
        Assert.Empty(open.Errors);
    }

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task A_page_is_not_blank_and_not_wider_than_the_window(int width, ColorScheme scheme)
    {
        foreach (string address in new[] { "#overview", "#trace=1&step=4", "#coverage" })
        {
            await using var open = await browser.Open(browser.Pages, address, width, scheme);
            byte[] image = await open.Page.ScreenshotAsync();
            // A blank image of this size has some five kilobytes.
            Assert.True(image.Length > 20_000, $"{address} at {width}: {image.Length} bytes");
            Assert.Equal("true", await Number(open.Page, "document.documentElement.scrollWidth <= innerWidth"));
            Assert.Empty(open.Errors);
        }
    }

    [Fact]
    public async Task The_keyboard_alone_reaches_everything()
    {
        await using var open = await browser.Open(browser.Pages, "#trace=1&step=4");
        var page = open.Page;
        // All that a pointer can use, but for strips and steps, which the range and the list give to the keyboard.
        const string Usable = "[...document.querySelectorAll('a[href], button:not(:disabled), input, select, summary, [tabindex=\"0\"]')]"
            + ".filter(e => e.checkVisibility())";
        int count = int.Parse(await Number(page, $"{Usable}.length"), CultureInfo.InvariantCulture);
        await page.EvaluateAsync($"window.usable = {Usable}; window.reached = new Set(); document.body.focus()");
        for (int i = 0; i < count + 3; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            await page.EvaluateAsync("window.reached.add(document.activeElement)");
        }

        Assert.Equal("", await page.EvaluateAsync<string>(
            "window.usable.filter(e => !window.reached.has(e)).map(e => e.outerHTML.slice(0, 80)).join('; ')"));
        await page.Locator(".rows").FocusAsync();
        await page.Keyboard.PressAsync("Home");
        Assert.Equal("state 1 of 5", await Position(page));
        Assert.NotEqual("none", await page.EvaluateAsync<string>("getComputedStyle(document.activeElement).outlineStyle"));
        Assert.Empty(open.Errors);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Contrast_and_labels_are_sufficient(ColorScheme scheme)
    {
        string? axe = await Browser.Axe();
        Assert.SkipWhen(axe is null, "axe-core cannot be fetched with npm");
        foreach (string address in new[] { "#overview", "#trace=1&step=5", "#coverage" })
        {
            await using var open = await browser.Open(browser.Pages, address, scheme: scheme);
            await open.Page.EvaluateAsync(axe!);
            string found = await open.Page.EvaluateAsync<string>(
                "axe.run().then(r => r.violations.map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 120) + ' '"
                    + " + (n.any[0]?.message ?? '')).join(' | ')).join('\\n'))");
            Assert.True(found.Length == 0, $"{address}: {found}");
        }
    }

    [Fact]
    public async Task A_protocol_without_a_picture_has_a_table()
    {
        await using var open = await browser.Open(browser.Table, "#trace=1&step=5");
        Assert.Equal(0, await open.Page.Locator(".picture").CountAsync());
        Assert.Contains("total", await open.Page.Locator(".variables").InnerTextAsync(), StringComparison.Ordinal);
        Assert.True(await open.Page.Locator(".variables .new").CountAsync() > 0);
        Assert.Empty(open.Errors);
    }

    [Fact]
    public async Task A_trace_is_copied_in_every_format()
    {
        await using var open = await browser.Open(browser.Pages, "#trace=1&step=5");
        var page = open.Page;
        await page.EvaluateAsync("navigator.clipboard.writeText = async words => { window.copied = words; }");
        foreach (var (name, begins) in new[]
        {
            ("ITF", "{\"#meta\""), ("Mermaid", "sequenceDiagram\n"), ("PlantUML", "@startuml\n"), ("xunit test", "using Checker.Testing;"),
            ("link", "file://"),
        })
        {
            await page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();
            await Until(page, $"document.querySelector('.copy output').textContent === '{name} copied'");
            Assert.StartsWith(begins, await page.EvaluateAsync<string>("window.copied"));
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "replay command" }).ClickAsync();
        await Until(page, "window.copied.includes('END_OF_TRACE')");
        Assert.Matches(@"checker replay /dev/stdin <<'END_OF_TRACE'\n\{""#meta""", await page.EvaluateAsync<string>("window.copied"));
        Assert.Empty(open.Errors);
    }

    [Fact]
    public async Task Parts_of_formulas_and_variables_are_watched()
    {
        await using var open = await browser.Open(browser.Pages, "#trace=1&step=5");
        var page = open.Page;
        int before = await page.Locator("section[aria-labelledby=watch-title] .row").CountAsync();
        await page.Locator(".why .pin").Last.ClickAsync();
        await page.Locator(".adder select").SelectOptionAsync("dead");
        Assert.Equal(before + 2, await page.Locator("section[aria-labelledby=watch-title] .row").CountAsync());
        Assert.Contains("dead", await page.Locator("section[aria-labelledby=watch-title]").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Empty(open.Errors);
    }

    /// <summary>The time from a key to the new layout: the goal is one frame of sixteen milliseconds.</summary>
    [Fact]
    public async Task Two_thousand_steps_are_fluid()
    {
        await using var open = await browser.Open(browser.Long, "#trace=1&step=1000");
        Assert.Equal("state 1000 of 2001", await Position(open.Page));
        double[] times = await open.Page.EvaluateAsync<double[]>(
            """
            async () => {
              const times = [];
              for (let i = 0; i < 100; i++) {
                const from = performance.now();
                document.body.dispatchEvent(new KeyboardEvent('keydown', { key: i < 50 ? 'ArrowRight' : 'ArrowLeft', bubbles: true }));
                await Promise.resolve(); await Promise.resolve(); await Promise.resolve();
                document.body.offsetHeight;
                times.push(performance.now() - from);
                await new Promise(r => setTimeout(r));
              }
              return times;
            }
            """);
        Assert.Equal("state 1000 of 2001", await Position(open.Page));
        double median = times.Order().ElementAt(times.Length / 2);
        output.WriteLine($"a step takes {median:0.0} ms (median), {times.Max():0.0} ms (most)");
        // The goal is 16 ms; a machine shared with other tests is several times slower.
        Assert.True(median < 48, $"{median:0.0} ms");
        Assert.True(await open.Page.Locator(".step").CountAsync() < 100);
        Assert.Empty(open.Errors);
    }

    [Fact]
    public async Task A_script_in_a_name_is_shown_and_not_run()
    {
        const string Evil = "</script><script>document.title='run'</script><img src=x onerror=\"document.title='run'\">";
        var counter = Checker.Composition.Protocols.Registry.Get("Counter");
        var evil = counter with
        {
            Name = Evil,
            Sentence = Evil,
            Designs = [new(Evil, [])],
            Claims = [.. counter.Claims.Select(c => c with { Protocol = Evil })],
        };
        using var folder = new Cli.Folder();
        await using var open = await browser.Open(
            folder.Write("evil.html", Checker.Cli.Report.Html.ReportPage.Of(Reported.Of(evil))));
        Assert.Contains(Evil, await open.Page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal("Checker report", await open.Page.TitleAsync());
        await open.Page.Keyboard.PressAsync("j");
        Assert.Contains(Evil, await open.Page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal("Checker report", await open.Page.TitleAsync());
        Assert.Empty(open.Errors);
    }

    private static async Task<string> Position(IPage page) => (await page.Locator(".position").InnerTextAsync()).Trim();

    /// <summary>Waits for a condition. The policy of the page forbids Playwright's own way, which evaluates a text in the page.</summary>
    private static async Task Until(IPage page, string condition)
    {
        for (int i = 0; i < 200 && await Number(page, condition) != "true"; i++)
        {
            await Task.Delay(50);
        }

        Assert.Equal("true", await Number(page, condition));
    }

    private static async Task<string> Number(IPage page, string expression) =>
        await page.EvaluateAsync<string>($"String({expression})");
}
