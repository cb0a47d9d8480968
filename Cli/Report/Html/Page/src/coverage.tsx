// The parts of each design that took part in its states, and those which never did.
import { useState } from "preact/hooks";
import type { Design, RawProtocol } from "./data";
import { designs, protocols, text } from "./data";
import { matches } from "./state";

const kinds: [string, string][] = [
  ["neverHappens", "Actions that never happen"],
  ["labelWithoutEffect", "Labels that never make a difference"],
  ["premiseNeverTrue", "Premises that are never true"],
  ["other", "Other observations"],
];

/** A number in few characters: 285k. */
const short = (n: number) => (n >= 1e6 ? `${(n / 1e6).toFixed(1)}M` : n >= 1e4 ? `${Math.round(n / 1e3)}k` : n.toLocaleString("en-US"));

function Actions({ protocol, rows, filter }: { protocol: RawProtocol; rows: Design[]; filter: string }) {
  const fired = rows.map((d) => new Map(Array.from({ length: (d.fired?.length ?? 0) / 2 }, (_, i) => [d.fired![2 * i], d.fired![2 * i + 1]])));
  const most = fired.map((f) => Math.max(1, ...f.values()));
  const actions = protocol.actions.filter((a) => matches(filter, text(a.name), text(a.actor)));
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={`Steps of each action of ${text(protocol.name)}`}>
      <table class="matrix actions">
        <thead>
          <tr>
            <th scope="col" class="key">action</th><th scope="col" class="key">actor</th>
            {rows.map((d, i) => <th key={i} scope="col" class="property"><span>{text(d.name)}</span></th>)}
          </tr>
        </thead>
        <tbody>
          {actions.map((a) => (
            <tr key={a.name}>
              <th scope="row" title={text(a.source)}>{text(a.name)}</th>
              <td class="word">{text(a.actor)}</td>
              {fired.map((f, i) => {
                const n = f.get(a.name);
                return n === undefined
                  ? <td key={i} class="none"><span class="offscreen">not an action of this design</span></td>
                  : <td key={i} class={n === 0 ? "never" : `heat${Math.ceil((4 * Math.log1p(n)) / Math.log1p(most[i]))}`}
                    title={`${text(a.name)}, ${text(rows[i].name)}: ${n.toLocaleString("en-US")} steps`}>{n === 0 ? "never" : short(n)}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function OfDesign({ design, protocol, filter }: { design: Design; protocol: RawProtocol; filter: string }) {
  const labels = design.labelsAtWork?.map(text);
  const sentences = new Map(protocol.labels.map((l) => [text(l.name), text(l.sentence)]));
  const { counts } = design;
  return (
    <div class="never-list">
      {counts && (
        <p>{counts.states.toLocaleString("en-US")} states, {counts.generated.toLocaleString("en-US")} steps, depth {counts.depth}, {counts.bits} bits
          a state, states in which nothing can happen: {counts.deadlocks.toLocaleString("en-US")}. Symmetry: {text(counts.symmetry)}.
          {text(design.bounds) && ` Bounds: ${text(design.bounds)}.`}</p>
      )}
      {text(design.sentence) && <p>{text(design.sentence)}.</p>}
      {kinds.map(([kind, title]) => {
        const notes = design.notes.filter((n) => n.kind === kind && matches(filter, text(n.sentence)));
        return notes.length > 0 && (
          <div key={kind}>
            <h4>{title}</h4>
            <ul>{notes.map((n, i) => (
              <li key={i}>{text(n.sentence)}{kind === "labelWithoutEffect" && sentences.has(text(n.subject)) && `: ${sentences.get(text(n.subject))}`}</li>
            ))}</ul>
          </div>
        );
      })}
      {labels && labels.length > 0 && (
        <div>
          <h4>Labels on which some step depends</h4>
          <ul>{labels.filter((l) => matches(filter, l)).map((l) => <li key={l}><code>{l}</code>: {sentences.get(l)}</li>)}</ul>
        </div>
      )}
      {design.notes.length === 0 && !labels && <p>There is nothing to report.</p>}
    </div>
  );
}

export function Coverage({ filter }: { filter: string }) {
  const [chosen, choose] = useState<Record<number, number>>({});
  const any = designs.some((d) => d.fired || d.notes.length > 0 || d.labelsAtWork);
  if (!any) return <p class="hint">This command counts no steps. The commands verify and walk do.</p>;
  return (
    <>
      {protocols.map((p, number) => {
        const own = designs.filter((d) => d.protocol === number);
        if (own.length === 0) return null;
        const design = own[chosen[number] ?? 0];
        return (
          <section key={number} class="protocol" aria-labelledby={`c${number}`}>
            <h2 id={`c${number}`}>{text(p.name)} <small>Steps of each action in all states, by design</small></h2>
            {own.some((d) => d.fired) && <Actions protocol={p} rows={own.filter((d) => d.fired)} filter={filter} />}
            <h3>
              <label>What has never happened in{" "}
                <select value={chosen[number] ?? 0} onChange={(e) => choose({ ...chosen, [number]: Number(e.currentTarget.value) })}>
                  {own.map((d, i) => <option key={i} value={i}>{text(d.name)}</option>)}
                </select>
              </label>
            </h3>
            <OfDesign design={design} protocol={p} filter={filter} />
          </section>
        );
      })}
    </>
  );
}
