// The texts to copy. They are compressed in the page, because the ITF of a trace repeats itself in every state.
import type { Trace } from "./data";

export interface Exports { command: string; mermaid: string; plantUml: string; xunit: string; itf?: string }

export async function exportsOf(trace: Trace): Promise<Exports> {
  const bytes = Uint8Array.from(atob(trace.raw.exports), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text()) as Exports;
}

/** Formats in the order of the menu: the name, and the text made from the trace. */
export const formats: [string, (e: Exports) => string | undefined][] = [
  ["ITF", (e) => e.itf],
  ["Mermaid", (e) => e.mermaid],
  ["PlantUML", (e) => e.plantUml],
  ["xunit test", (e) => e.xunit],
  // A shell passes the trace itself to the command, so no file is needed.
  ["replay command", (e) => e.itf && `${e.command} <<'END_OF_TRACE'\n${e.itf.trimEnd()}\nEND_OF_TRACE\n`],
];

export async function copy(words: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(words);
    return;
  } catch {
    // Some browsers have no clipboard for pages from a disk.
  }
  const area = document.createElement("textarea");
  area.value = words;
  area.className = "offscreen";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (!done) throw new Error("the browser allows no copy");
}
