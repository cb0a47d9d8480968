// The properties of a trace with their truth in all states, and the watched expressions.
import { useMemo, useState } from "preact/hooks";
import type { Run, Trace } from "./data";
import { at, decode, isAlarming, push, text } from "./data";
import { Strip, textOf } from "./strip";
import { formulaOf, Truth, valueOf, valueWithin, Why } from "./why";

interface Props { trace: Trace; step: number; property: number; go: (step: number) => void; choose: (property: number) => void; pin: (formula: string) => void }

export function Properties({ trace, step, property, go, choose, pin }: Props) {
  const [all, setAll] = useState(false);
  const rows = useMemo(() => {
    const numbers = trace.model.properties.map((_, i) => i).filter((i) => !trace.model.properties[i].rule || i === trace.raw.property);
    // The trace's own property first, then those which turn, the rest behind a button.
    const rank = (i: number) => (i === trace.raw.property ? 0 : trace.turning(i) >= 0 ? 1 : 2);
    return numbers.sort((a, b) => rank(a) - rank(b) || a - b);
  }, [trace]);
  const few = rows.filter((i, place) => place < 6 || i === property);
  const chosen = trace.model.properties[property];
  return (
    <section aria-labelledby="why-title">
      <h3 id="why-title">Why is it true or false?</h3>
      <div class="strips" role="group" aria-label="Properties in all states">
        {(all ? rows : few).map((i) => {
          const info = trace.model.properties[i];
          const turning = trace.turning(i);
          const name = text(info.name);
          return (
            <div key={i} class={`row${i === property ? " chosen" : ""}`}>
              <button class="name" aria-pressed={i === property} onClick={() => choose(i)} title={text(info.sentence)}>{name}</button>
              <Strip runs={trace.runs(i)} length={trace.length} step={step} go={go} values={valueOf} alarm={isAlarming(info)}
                label={`${name}: ${turning < 0 ? "does not turn" : `turns ${info.witnessed ? "true" : "false"} in state ${turning + 1}`}`} />
              <Truth value={valueOf(trace.node(i, step))} alarm={isAlarming(info)} />
              {turning >= 0
                ? <button class="turning" onClick={() => go(turning)}>{info.witnessed ? "true" : "false"} from {turning + 1}</button>
                : <span class="turning">{info.witnessed ? "never true" : "never false"}</span>}
            </div>
          );
        })}
      </div>
      {rows.length > few.length || all
        ? <button class="more" aria-expanded={all} onClick={() => setAll(!all)}>{all ? "Fewer properties" : `All ${rows.length} properties`}</button>
        : null}
      {chosen && (
        <div class="reason">
          <p class="sentence"><b>{text(chosen.name)}</b> ({text(chosen.kind)}): {text(chosen.sentence)} <span class="source">{text(chosen.source)}</span></p>
          <Why node={trace.node(property, step)} alarm={isAlarming(chosen)} pin={pin} />
          {!trace.raw.explained && <p class="hint">This trace is too long to take the formulas apart in every state.</p>}
          <details>
            <summary>The whole formula, with its definitions</summary>
            <pre>{text(chosen.formula!)}</pre>
          </details>
        </div>
      )}
    </section>
  );
}

/** The runs of a watched expression: a cell, a definition, or a part of a property's formula. */
function runsOf(trace: Trace, watch: string): Run[] {
  const cell = trace.model.cells.findIndex((c) => text(c[1]) === watch);
  if (cell >= 0) return trace.cellRuns(cell);
  const defined = trace.raw.watches.find(([name]) => text(name) === watch);
  if (defined) return decode(defined[1]);
  for (let property = 0; property < trace.model.properties.length; property++) {
    if (valueWithin(trace.node(property, trace.length - 1), watch) < 0) continue;
    const runs: Run[] = [];
    for (let i = 0; i < trace.length; i++) push(runs, i, valueWithin(trace.node(property, i), watch));
    return runs;
  }
  return [{ from: 0, to: trace.length, value: -1 }];
}

interface WatchProps { trace: Trace; step: number; go: (step: number) => void; watched: string[]; set: (watched: string[]) => void }

export function Watches({ trace, step, go, watched, set }: WatchProps) {
  const rows = useMemo(() => watched.map((w) => ({ watch: w, runs: runsOf(trace, w) })), [trace, watched]);
  // The list of expressions is long, and the same in every state.
  const adder = useMemo(() => (
    <label class="adder">Add{" "}
      <select value="" onChange={(event) => {
        const { value } = event.currentTarget;
        if (value && !watched.includes(value)) set([...watched, value]);
        event.currentTarget.value = "";
      }}>
        <option value="">an expression to watch</option>
        <optgroup label="Operations and definitions">
          {trace.raw.watches.map(([name]) => <option key={name}>{text(name)}</option>)}
        </optgroup>
        <optgroup label="Variables">
          {trace.model.cells.map((c, i) => <option key={i}>{text(c[1])}</option>)}
        </optgroup>
        <optgroup label="Properties">
          {trace.model.properties.map((_, i) => i).filter((i) => trace.node(i, trace.length - 1) >= 0)
            .map((i) => <option key={i} value={formulaOf(trace.node(i, trace.length - 1))}>{text(trace.model.properties[i].name)}</option>)}
        </optgroup>
      </select>
    </label>
  ), [trace, watched]);
  return (
    <section aria-labelledby="watch-title">
      <h3 id="watch-title">Watched expressions</h3>
      <div class="strips">
        {rows.map(({ watch, runs }) => {
          const value = textOf(at(runs, step));
          return (
            <div key={watch} class="row">
              <span class="name watch">{watch}</span>
              <Strip runs={runs} length={trace.length} step={step} go={go} values={textOf} label={`${watch}: ${value} in state ${step + 1}`} />
              <Truth value={value} />
              <button class="turning" aria-label={`Remove ${watch}`} onClick={() => set(watched.filter((w) => w !== watch))}>remove</button>
            </div>
          );
        })}
      </div>
      {adder}
    </section>
  );
}
