// The state of the page: the tab, the trace, the state shown. The address has it, so a place in a trace is a link.
import { text as text, traces } from "./data";

export type Tab = "overview" | "traces" | "coverage" | "mutants";

export interface View {
  tab: Tab;
  trace: number;
  step: number;
  /** The property whose formula is taken apart; -1 for the trace's own. */
  property: number;
  filter: string;
}

const initial: View = { tab: "overview", trace: 0, step: -1, property: -1, filter: "" };

const clamp = (n: number, least: number, most: number) => Math.max(least, Math.min(most, n));

/** Reads an address such as "#trace=2&step=14" or "#coverage". Numbers count from 1. */
export function parse(hash: string): View {
  const words = hash.replace(/^#/, "");
  const fields = new URLSearchParams(words);
  const trace = Number.parseInt(fields.get("trace") ?? "", 10);
  if (Number.isInteger(trace) && traces.length > 0) {
    const index = clamp(trace - 1, 0, traces.length - 1);
    const step = Number.parseInt(fields.get("step") ?? "", 10);
    const property = traces[index].model.properties.findIndex((p) => text(p.name) === fields.get("property"));
    return {
      ...initial,
      tab: "traces",
      trace: index,
      step: Number.isInteger(step) ? clamp(step - 1, 0, traces[index].length - 1) : traces[index].length - 1,
      property,
    };
  }
  const tab = (["overview", "traces", "coverage", "mutants"] as Tab[]).find((t) => t === words) ?? "overview";
  return { ...initial, tab, step: traces.length > 0 ? traces[0].length - 1 : 0 };
}


export function address(view: View): string {
  if (view.tab !== "traces" || traces.length === 0) return `#${view.tab}`;
  const own = traces[view.trace].raw.property;
  const property = view.property >= 0 && view.property !== own
    ? `&property=${encodeURIComponent(text(traces[view.trace].model.properties[view.property].name))}`
    : "";
  return `#trace=${view.trace + 1}&step=${view.step + 1}${property}`;
}

/** True if all words of the filter occur in one of the texts. */
export function matches(filter: string, ...texts: string[]): boolean {
  const words = filter.toLowerCase().split(/\s+/).filter((w) => w.length > 0);
  return words.every((w) => texts.some((t) => t.toLowerCase().includes(w)));
}

/** The traces which pass the filter. */
export function shown(filter: string): number[] {
  return traces.filter((t) => matches(filter, t.name, text(t.raw.header), t.raw.purpose)).map((t) => t.number);
}

export type Theme = "auto" | "light" | "dark";

const key = "checker-theme";

export function theme(): Theme {
  try {
    const stored = localStorage.getItem(key);
    return stored === "light" || stored === "dark" ? stored : "auto";
  } catch {
    return "auto";
  }
}

export function apply(chosen: Theme) {
  if (chosen === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = chosen;
  try {
    localStorage.setItem(key, chosen);
  } catch {
    // A page opened from a disk may have no storage.
  }
}
