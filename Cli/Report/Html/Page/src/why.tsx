// A formula as a tree: the truth of each part, and the elements which decide it. The checker computed all values.
import { useState } from "preact/hooks";
import { nodes, text } from "./data";

export const valueOf = (node: number): string => (node < 0 ? "" : text(nodes[node][0]));
export const formulaOf = (node: number): string => text(nodes[node][2]);

/** A value with its sign. An alarming one is a violation; otherwise false is a value like any other. */
export function Truth({ value, alarm = false }: { value: string; alarm?: boolean }) {
  const kind = value === "false" && alarm ? "alarm" : value === "true" || value === "false" ? value : value === "" ? "none" : "other";
  const sign = value === "true" ? "\u2713 " : value === "false" ? "\u2717 " : "";
  return <span class={`truth ${kind}`}>{sign}{value === "" ? "no value" : value}</span>;
}

interface Props {
  node: number;
  /** The formulas from the root to this part. A part stays open from step to step. */
  path: string;
  depth: number;
  decides: boolean;
  /** True if the whole formula must not be false. */
  alarm: boolean;
  open: Map<string, boolean>;
  toggle: (path: string, open: boolean) => void;
  pin: (formula: string) => void;
}

function Part({ node, path, depth, decides, alarm, open, toggle, pin }: Props) {
  const [value, role, formula, witnesses = [], reads = [], parts = [], others = []] = nodes[node];
  const here = `${path}/${text(role)}:${text(formula)}`;
  const has = parts.length + others.length > 0;
  const isOpen = open.get(here) ?? (decides && depth < 9 && parts.length > 0);
  const othersOpen = open.get(`${here}/others`) ?? false;
  return (
    <li class={decides ? "decides" : "other"}>
      <div class="part">
        {has
          ? (
            <button class="toggle" aria-expanded={isOpen} onClick={() => toggle(here, !isOpen)}
              aria-label={`${isOpen ? "Close" : "Open"} the parts of ${text(formula)}`}>{isOpen ? "\u25be" : "\u25b8"}</button>
          )
          : <span class="toggle" />}
        <Truth value={text(value)} alarm={alarm && depth === 0} />
        <span class="formula">
          {text(role) && <span class="role">{text(role)}: </span>}
          <code>{text(formula)}</code>
          {witnesses.length > 0 && <span class="binding"> for {witnesses.map(text).join(", ")}</span>}
          {reads.length > 0 && <span class="reads"> as {reads.map(text).join(", ")}</span>}
        </span>
        <button class="pin" onClick={() => pin(text(formula))} title="Watch this formula" aria-label={`Watch ${text(formula)}`}>watch</button>
      </div>
      {isOpen && has && (
        <ul>
          {parts.map((p, i) => <Part key={i} node={p} path={here} depth={depth + 1} {...{ decides, alarm, open, toggle, pin }} />)}
          {others.length > 0 && (
            <li class="other">
              <button class="more" aria-expanded={othersOpen} onClick={() => toggle(`${here}/others`, !othersOpen)}>
                {othersOpen ? "\u25be" : "\u25b8"} {others.length} {others.length === 1 ? "part does" : "parts do"} not decide this
              </button>
              {othersOpen && (
                <ul>
                  {others.map((p, i) => (
                    <Part key={i} node={p} path={`${here}/others`} depth={depth + 1} decides={false} {...{ alarm, open, toggle, pin }} />
                  ))}
                </ul>
              )}
            </li>
          )}
        </ul>
      )}
    </li>
  );
}

export function Why({ node, alarm, pin }: { node: number; alarm: boolean; pin: (formula: string) => void }) {
  const [open, setOpen] = useState(new Map<string, boolean>());
  if (node < 0) return <p class="hint">This property is about steps, so it has no value in the first state.</p>;
  return (
    <ul class="why">
      <Part node={node} path="" depth={0} decides alarm={alarm} open={open} pin={pin}
        toggle={(path, isOpen) => setOpen(new Map(open).set(path, isOpen))} />
    </ul>
  );
}

const found = new Map<string, Map<number, number>>();

/** The value of a formula within an explained one, as the number of its text; -1 if it does not occur there. */
export function valueWithin(node: number, formula: string): number {
  if (node < 0) return -1;
  let known = found.get(formula);
  if (!known) found.set(formula, (known = new Map()));
  const cached = known.get(node);
  if (cached !== undefined) return cached;
  const [value, , own, , , parts = [], others = []] = nodes[node];
  let result = text(own) === formula ? value : -1;
  for (const part of [...parts, ...others]) {
    if (result >= 0) break;
    result = valueWithin(part, formula);
  }
  known.set(node, result);
  return result;
}
