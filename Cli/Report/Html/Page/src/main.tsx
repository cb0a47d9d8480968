// The page: its tabs, its keyboard, and its address.
import { render } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Coverage } from "./coverage";
import { count, designs, report, traces } from "./data";
import { Mutants } from "./mutants";
import { Overview } from "./overview";
import type { Tab, Theme, View } from "./state";
import { address, apply, parse, shown, theme } from "./state";
import { TraceList, TraceView } from "./trace";

const names: [Tab, string][] = [["overview", "Overview"], ["traces", "Traces"], ["coverage", "Coverage"], ["mutants", "Mutants"]];

const keys: [string, string][] = [
  ["\u2190 \u2192", "step back and forward"], ["j k", "next and previous trace"], ["/", "filter"], ["Esc", "clear the filter"], ["?", "this help"],
];

/** True for a key press which belongs to a field. */
function isTyping(event: KeyboardEvent): boolean {
  const element = event.target as HTMLElement;
  return element.tagName === "SELECT" || element.tagName === "TEXTAREA"
    || (element instanceof HTMLInputElement && element.type !== "range");
}

function Page() {
  const [view, setView] = useState<View>(() => parse(location.hash));
  const [colours, setColours] = useState<Theme>(theme);
  const [help, setHelp] = useState(false);
  const [narrow, setNarrow] = useState(innerWidth < 700);
  const [printing, setPrinting] = useState(false);
  const filter = useRef<HTMLInputElement>(null);
  const latest = useRef(view);
  latest.current = view;

  const open = (trace: number) => setView((v) => ({ ...v, tab: "traces", trace, step: traces[trace].length - 1, property: -1 }));
  const go = (step: number) =>
    setView((v) => ({ ...v, step: Math.max(0, Math.min(traces[v.trace].length - 1, step)) }));

  useEffect(() => {
    // Browsers limit how often the address changes.
    const timer = setTimeout(() => {
      const now = address(view);
      if (now !== location.hash) history.replaceState(null, "", now);
    }, 120);
    return () => clearTimeout(timer);
  }, [view]);

  useEffect(() => {
    const follow = () => setView((v) => ({ ...parse(location.hash), filter: v.filter }));
    const resize = () => setNarrow(innerWidth < 700);
    const before = () => setPrinting(true);
    const after = () => setPrinting(false);
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "Escape") {
        setHelp(false);
        setView((v) => ({ ...v, filter: "" }));
        if (document.activeElement === filter.current) filter.current?.blur();
        return;
      }
      if (isTyping(event)) return;
      const { tab, trace, step } = latest.current;
      const forward = event.key === "ArrowRight" || event.key === "j";
      switch (event.key) {
        case "/":
          filter.current?.focus();
          filter.current?.select();
          break;
        case "?":
          setHelp((h) => !h);
          break;
        case "ArrowRight":
        case "ArrowLeft":
          if (tab !== "traces" || traces.length === 0 || (event.target as HTMLElement).closest(".scroll")) return;
          go(step + (forward ? 1 : -1));
          break;
        case "j":
        case "k": {
          const visible = shown(latest.current.filter);
          if (visible.length === 0) return;
          const place = visible.indexOf(trace);
          const next = tab !== "traces" ? Math.max(0, place) : Math.max(0, Math.min(visible.length - 1, place + (forward ? 1 : -1)));
          open(visible[next]);
          break;
        }
        default:
          return;
      }
      event.preventDefault();
    };
    addEventListener("hashchange", follow);
    addEventListener("resize", resize);
    addEventListener("keydown", press);
    addEventListener("beforeprint", before);
    addEventListener("afterprint", after);
    return () => {
      removeEventListener("hashchange", follow);
      removeEventListener("resize", resize);
      removeEventListener("keydown", press);
      removeEventListener("beforeprint", before);
      removeEventListener("afterprint", after);
    };
  }, []);

  const trace = traces[view.trace];
  const property = view.property >= 0 ? view.property : Math.max(0, trace?.raw.property ?? 0);
  const tabs = useMemo(() => names.filter(([t]) => (t === "overview" ? designs.length > 0
    : t === "traces" ? traces.length > 0
    : t === "mutants" ? designs.some((d) => d.mutants)
    : designs.length > 0)), []);
  const tab = tabs.some(([t]) => t === view.tab) ? view.tab : tabs[0]?.[0] ?? "overview";
  const nextTheme: Theme = colours === "auto" ? "light" : colours === "light" ? "dark" : "auto";
  return (
    <>
      <header class="bar">
        <h1>checker {report.command}</h1>
        <nav class="tabs" aria-label="Pages">
          {tabs.map(([t, name]) => (
            <a key={t} href={t === "traces" ? `#trace=${view.trace + 1}&step=${view.step + 1}` : `#${t}`} aria-current={t === tab ? "page" : undefined}
              onClick={(e) => { e.preventDefault(); setView((v) => ({ ...v, tab: t })); }}>
              {name}{t === "traces" && <small> {traces.length}</small>}
            </a>
          ))}
        </nav>
        <input ref={filter} class="filter" type="search" placeholder="Filter ( / )" aria-label="Filter designs, properties, traces and actions"
          value={view.filter} onInput={(e) => setView((v) => ({ ...v, filter: e.currentTarget?.value ?? filter.current!.value }))} />
        <button onClick={() => { apply(nextTheme); setColours(nextTheme); }} aria-label={`Colours: ${colours}. Change to ${nextTheme}`}>{colours}</button>
        <button aria-expanded={help} onClick={() => setHelp(!help)} aria-label="Keyboard help">?</button>
      </header>
      {help && (
        <aside class="help" aria-label="Keyboard">
          <dl>{keys.map(([key, words]) => <div key={key}><dt><kbd>{key}</kbd></dt><dd>{words}</dd></div>)}</dl>
        </aside>
      )}
      <main class={tab}>
        {tab === "overview" && <Overview filter={view.filter} open={open} />}
        {tab === "traces" && trace && (
          <>
            <TraceList filter={view.filter} chosen={view.trace} open={open} />
            <TraceView trace={trace} step={view.step < 0 ? trace.length - 1 : view.step} property={property} narrow={narrow}
              printing={printing} go={go} choose={(p) => setView((v) => ({ ...v, property: p }))} />
          </>
        )}
        {tab === "coverage" && <Coverage filter={view.filter} />}
        {tab === "mutants" && <Mutants filter={view.filter} />}
        {report.omitted > 0 && (
          <p class="hint">{count(report.omitted, "trace")} did not fit into one megabyte. Select fewer designs with --design to see all.</p>
        )}
      </main>
      <footer>
        checker {report.version}. Every value on this page was computed by the checker's interpreter. The page loads nothing from a network.
        <details>
          <summary>Licences</summary>
          <pre>{document.getElementById("licences")?.textContent?.trim()}</pre>
        </details>
      </footer>
    </>
  );
}

apply(theme());
render(<Page />, document.getElementById("page")!);
