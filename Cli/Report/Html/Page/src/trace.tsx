// One trace: its steps, the picture of the present state, the changes, and the truth of the properties.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Trace } from "./data";
import { count, protocols, text, traces } from "./data";
import { copy, exportsOf, formats } from "./copy";
import { PictureOf } from "./picture";
import { Properties, Watches } from "./properties";
import { shown } from "./state";
import { Steps } from "./steps";

const purposes: Record<string, string> = {
  violation: "violated", expectedViolation: "violated, as expected", witness: "possible", file: "from a file",
};

export function TraceList({ filter, chosen, open }: { filter: string; chosen: number; open: (trace: number) => void }) {
  const visible = shown(filter);
  let group = "";
  return (
    <nav class="traces" aria-label="Traces">
      {visible.length === 0 && <p class="hint">No trace passes the filter.</p>}
      <ul>
        {visible.flatMap((i) => {
          const trace = traces[i];
          const protocol = text(protocols[trace.model.protocol].name);
          const heading = `${protocol}: ${purposes[trace.raw.purpose]}`;
          const head = heading === group ? [] : [<li key={`h${i}`} class="group">{heading}</li>];
          group = heading;
          const design = text(trace.raw.header).replace(protocol, "").replace(/, bounds.*/, "").trim();
          return [...head, (
            <li key={i}>
              <button class={`entry ${trace.raw.purpose}`} aria-current={i === chosen ? "true" : undefined} onClick={() => open(i)}>
                <b>{trace.name}<span class="length">{trace.length}<span class="offscreen"> states</span></span></b>{design && <small>{design}</small>}
              </button>
            </li>
          )];
        })}
      </ul>
    </nav>
  );
}

function CopyMenu({ trace }: { trace: Trace }) {
  const [done, setDone] = useState("");
  useEffect(() => setDone(""), [trace]);
  const say = (words: string) => setDone(words);
  return (
    <span class="copy" role="group" aria-label="Copy the trace">
      <span class="label">Copy as</span>
      {formats.map(([name, of]) => (
        <button key={name} onClick={() => {
          exportsOf(trace).then(async (e) => {
            const words = of(e);
            if (words === undefined) return say(`this trace has no ${name}`);
            await copy(words);
            return say(`${name} copied`);
          }).catch((error: unknown) => say(String(error)));
        }}>{name}</button>
      ))}
      <button onClick={() => copy(location.href).then(() => say("link copied")).catch((error: unknown) => say(String(error)))}>link</button>
      <output>{done}</output>
    </span>
  );
}

function Changes({ trace, step }: { trace: Trace; step: number }) {
  const taken = trace.step(step);
  if (!taken) {
    return <section aria-labelledby="step-title"><h3 id="step-title">The initial state</h3><p class="hint">No step leads here.</p></section>;
  }
  const action = trace.model.actions[taken.action];
  return (
    <section aria-labelledby="step-title">
      <h3 id="step-title">{text(action.name)}<span class="arguments">{taken.arguments}</span></h3>
      <p class="by">by <b>{taken.actor}</b> <Source place={text(action.source)} /></p>
      {taken.missed.map((m) => <p key={m} class="missed">! {m}</p>)}
      <table class="changes">
        <tbody>
          {taken.changes.map((c) => (
            <tr key={c.cell}>
              <th scope="row"><code>{text(trace.model.cells[c.cell][1])}</code></th>
              <td>{text(c.old)}</td><td aria-label="becomes">{"\u2192"}</td><td><b>{text(c.now)}</b></td>
            </tr>
          ))}
        </tbody>
      </table>
      {taken.changes.length === 0 && <p class="hint">This step changes nothing.</p>}
      <details>
        <summary>{count(action.guards.length, "guard")}, {count(action.updates.length, "update")}</summary>
        <ul class="source-lines">
          {action.guards.map(([guard, label, source], i) => (
            <li key={i}>requires <code>{text(guard)}</code>{text(label) && <span class="tag">{text(label)}</span>} <Source place={text(source)} /></li>
          ))}
          {action.updates.map(([update, source], i) => <li key={`u${i}`}><code>{text(update)}</code> <Source place={text(source)} /></li>)}
        </ul>
      </details>
    </section>
  );
}

/** A file and line, which a click copies for an editor. */
function Source({ place }: { place: string }) {
  const [done, setDone] = useState(false);
  useEffect(() => setDone(false), [place]);
  return (
    <button class="source" title="Copy the file and line" onClick={() => void copy(place).then(() => setDone(true), () => setDone(false))}>
      {place}{done ? " (copied)" : ""}
    </button>
  );
}

function Variables({ trace, step, always }: { trace: Trace; step: number; always: boolean }) {
  const state = trace.state(step);
  const changed = new Set(trace.step(step)?.changes.map((c) => c.cell));
  const [open, setOpen] = useState(always);
  return (
    <details open={open} onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary>All variables in state {step + 1}</summary>
      {open && (
        <div class="variables">
          {trace.model.cells.map((cell, i) => (
            <div key={i} class={`${changed.has(i) ? "new" : ""}${state[i] === trace.raw.initial[i] ? " quiet" : ""}`}>
              <code>{changed.has(i) ? "\u0394 " : ""}{text(cell[1])}</code><b>{text(state[i])}</b>
            </div>
          ))}
        </div>
      )}
    </details>
  );
}

interface Props { trace: Trace; step: number; property: number; narrow: boolean; printing: boolean; go: (step: number) => void; choose: (property: number) => void }

export function TraceView({ trace, step, property, narrow, printing, go, choose }: Props) {
  const [watched, setWatched] = useState<string[]>([]);
  useEffect(() => setWatched(trace.raw.watches.filter(([name]) => text(name).startsWith("in progress")).map(([name]) => text(name))), [trace.model]);
  const read = useMemo(() => new Set(trace.raw.read), [trace]);
  const hasPicture = protocols[trace.model.protocol].picture !== null;
  const detail = useRef<HTMLDivElement>(null);
  const info = trace.raw.property >= 0 ? trace.model.properties[trace.raw.property] : null;
  return (
    <div class="trace">
      <header>
        <h2 class={trace.raw.purpose}>{trace.name} <small>{text(trace.raw.header)}</small></h2>
        {info && <p class="sentence">{text(info.sentence)} <span class="hint">{text(info.why)}</span></p>}
        <p class="remark">
          {info && <><b>{text(trace.raw.ending)}{trace.name}</b>. </>}{text(trace.raw.remark)}
        </p>
        <CopyMenu trace={trace} />
      </header>
      <div class="columns">
        <Steps trace={trace} step={step} go={go} printing={printing} />
        <div class="detail" ref={detail}>
          <div class="controls" role="group" aria-label="Steps">
            <button onClick={() => go(0)} disabled={step === 0} aria-label="First state">{"\u00ab"}</button>
            <button onClick={() => go(step - 1)} disabled={step === 0} aria-label="Step back">{"\u2039"}</button>
            <output class="position">state <b>{step + 1}</b> of {trace.length}</output>
            <button onClick={() => go(step + 1)} disabled={step === trace.length - 1} aria-label="Step forward">{"\u203a"}</button>
            <button onClick={() => go(trace.length - 1)} disabled={step === trace.length - 1} aria-label="Last state">{"\u00bb"}</button>
            <input type="range" min="1" max={trace.length} value={step + 1} aria-label="State"
              onInput={(e) => go(Number(e.currentTarget.value) - 1)} />
          </div>
          <PictureOf trace={trace} step={step} narrow={narrow} read={read} />
          <div class="pair">
            <Changes trace={trace} step={step} />
            <Watches trace={trace} step={step} go={go} watched={watched} set={setWatched} />
          </div>
          <Properties trace={trace} step={step} property={property} go={go} choose={choose}
            pin={(formula) => setWatched(watched.includes(formula) ? watched : [...watched, formula])} />
          <Variables key={trace.number} trace={trace} step={step} always={!hasPicture} />
        </div>
      </div>
    </div>
  );
}
