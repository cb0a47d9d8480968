// The steps of a trace, with one lane for each actor. Only the visible rows are in the document.
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Trace } from "./data";
import { text } from "./data";

const rowHeight = 28;
const margin = 12;

interface Props { trace: Trace; step: number; go: (step: number) => void; printing: boolean }

export function Steps({ trace, step, go, printing }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [range, setRange] = useState({ top: 0, height: 600 });
  const measure = () => {
    const element = box.current;
    if (element) setRange({ top: element.scrollTop, height: element.clientHeight });
  };
  useEffect(() => {
    measure();
    addEventListener("resize", measure);
    return () => removeEventListener("resize", measure);
  }, []);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const top = step * rowHeight;
    if (top < element.scrollTop + rowHeight) element.scrollTop = top - rowHeight;
    else if (top > element.scrollTop + element.clientHeight - 2 * rowHeight) element.scrollTop = top - element.clientHeight + 2 * rowHeight;
    measure();
  }, [step, trace]);
  const first = printing ? 0 : Math.max(0, Math.floor(range.top / rowHeight) - margin);
  const last = printing ? trace.length : Math.min(trace.length, Math.ceil((range.top + range.height) / rowHeight) + margin);
  const colours = useMemo(() => trace.actors.map((a) => trace.colour(a)), [trace]);
  const rows = [];
  for (let i = first; i < last; i++) {
    const taken = trace.step(i);
    const lane = taken ? trace.actors.indexOf(taken.actor) : -1;
    rows.push(
      <div key={i} id={`step${i}`} role="option" aria-selected={i === step} class={`step${i === step ? " here" : ""}`}
        ref={(e) => { if (e) e.style.transform = printing ? "" : `translateY(${i * rowHeight}px)`; }} onClick={() => go(i)}>
        <span class="number">{i + 1}</span>
        <span class="lanes">
          {colours.map((c, place) => <span key={place} class={`lane lane${c}${place === lane ? " on" : ""}`} />)}
        </span>
        {taken
          ? (
            <span class="what" title={`${taken.actor}: ${text(trace.model.actions[taken.action].name)}${taken.arguments}`}>
              <span class="offscreen">{taken.actor}: </span>
              <b>{text(trace.model.actions[taken.action].name)}</b><span class="arguments">{taken.arguments}</span>
              {taken.missed.length > 0 && <span class="missed" title={taken.missed.join("; ")}> ! dropped label</span>}
            </span>
          )
          : <span class="what"><i>the initial state</i></span>}
      </div>,
    );
  }
  return (
    <div class="steps">
      <div class="lane-heads" aria-hidden="true">
        <span class="number" />
        <span class="lanes">{trace.actors.map((a, i) => <span key={a} class={`lane lane${colours[i]}`}><span>{a}</span></span>)}</span>
        <span class="what">action</span>
      </div>
      <div ref={box} class="rows" role="listbox" tabIndex={0} aria-label="Steps" aria-activedescendant={`step${step}`} onScroll={measure}
        onKeyDown={(event) => {
          const to = { ArrowUp: step - 1, ArrowDown: step + 1, Home: 0, End: trace.length - 1, PageUp: step - 15, PageDown: step + 15 }[event.key];
          if (to === undefined) return;
          event.preventDefault();
          go(to);
        }}>
        <div class="all" role="presentation" ref={(e) => { if (e) e.style.height = printing ? "" : `${trace.length * rowHeight}px`; }}>{rows}</div>
      </div>
    </div>
  );
}
