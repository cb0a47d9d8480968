// The picture of a state: boxes with values and arrows, as the protocol describes them. The places of boxes and lines depend on the
// model alone, so a step changes only texts, marks and arrows.
import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import type { Arrow, BoxGroup, Mark, Picture, RawModel, Trace } from "./data";
import { protocols, text } from "./data";

interface Line { cell: number; label: string; arrow: { target: string; party: number; copy: boolean } | null }
interface Box { id: string; title: string; x: number; y: number; width: number; height: number; lines: Line[]; column: number }
interface Layout { width: number; height: number; boxes: Box[]; parties: string[]; marks: Line[] }

const lineHeight = 18;
const titleHeight = 24;

/** The lines of one element's box: the cells of its marks and arrows, without those which no action changes. */
function linesOf(model: RawModel, group: BoxGroup, element: string, parties: string[]): Line[] {
  const lines: Line[] = [];
  for (const item of [...group.marks, ...group.arrows] as (Mark | Arrow)[]) {
    const number = model.variables.findIndex((v) => v.name === item.variable);
    const variable = model.variables[number];
    if (!variable || variable.constant) continue;
    const place = variable.index.indexOf(group.sort);
    for (const [cell, names] of model.cells.entries()) {
      if (names[0] !== number || text(names[2 + place]) !== element) continue;
      const rest = names.slice(2).filter((_, i) => i !== place).map(text);
      const label = [text(item.label), ...rest].join(" ");
      const arrow = "party" in item ? item : null;
      const party = arrow ? text(arrow.party) : "";
      if (party && !parties.includes(party)) parties.push(party);
      lines.push({
        cell,
        label,
        arrow: arrow && { target: text(variable.target), party: parties.indexOf(party), copy: arrow.copy },
      });
    }
  }
  return lines;
}

function layout(model: RawModel, picture: Picture, narrow: boolean): Layout {
  const parties: string[] = [];
  const last = Math.max(...picture.boxes.map((b) => b.column));
  const columns = narrow ? Math.min(last, 1) + 1 : last + 1;
  const gap = narrow ? 38 : 56;
  const width = narrow ? 372 : Math.max(560, columns * 232);
  const boxWidth = (width - gap * (columns - 1)) / columns;
  const bottoms = new Array<number>(columns).fill(0);
  const boxes: Box[] = [];
  let wasAbove = false;
  for (const group of picture.boxes) {
    const sort = model.sorts.find((s) => s.name === group.sort);
    // A narrow picture has the leftmost of three columns above the others.
    const above = narrow && last > 1 && group.column === 0;
    if (wasAbove && !above) bottoms.fill(Math.max(...bottoms));
    wasAbove = above;
    const column = narrow && last > 1 ? Math.max(0, group.column - 1) : group.column;
    for (const element of sort?.elements.map(text) ?? []) {
      const lines = linesOf(model, group, element, parties);
      if (lines.length === 0) continue;
      const at = above ? bottoms.indexOf(Math.min(...bottoms)) : column;
      const height = titleHeight + lines.length * lineHeight + 6;
      boxes.push({
        id: `${text(group.sort)}:${element}`,
        title: `${text(group.title)} ${element}`,
        x: at * (boxWidth + gap),
        y: bottoms[at],
        width: boxWidth,
        height,
        lines,
        column: at,
      });
      bottoms[at] += height + 12;
    }
  }
  const marks = picture.marks.flatMap((m) => {
    const number = model.variables.findIndex((v) => v.name === m.variable);
    const cell = model.cells.findIndex((c) => c[0] === number);
    return cell < 0 || model.variables[number].constant ? [] : [{ cell, label: text(m.label), arrow: null }];
  });
  return { width, height: Math.max(...bottoms) - 10, boxes, parties, marks };
}

/** The curve from a line's end to the box it leads to. */
function curve(from: Box, y: number, to: Box, offset: number): { path: string; x: number } {
  const target = to.y + 12 + (offset % 6) * 9;
  if (from.column === to.column) {
    const x = from.x + from.width;
    return { x, path: `M${x},${y} C${x + 34},${y} ${x + 34},${target} ${x + 7},${target}` };
  }
  const right = from.column < to.column;
  const x = right ? from.x + from.width : from.x;
  const end = right ? to.x - 7 : to.x + to.width + 7;
  const bend = (end - x) / 2;
  return { x, path: `M${x},${y} C${x + bend},${y} ${end - bend},${target} ${end},${target}` };
}

export function PictureOf({ trace, step, narrow, read }: { trace: Trace; step: number; narrow: boolean; read: Set<number> }) {
  const { model } = trace;
  const picture = protocols[model.protocol].picture;
  const plan = useMemo(() => picture && layout(model, picture, narrow), [model, narrow]);
  if (!plan) return null;
  const colours = plan.parties.map((p) => trace.colour(p));
  const state = trace.state(step);
  const initial = trace.raw.initial;
  const changed = new Map(trace.step(step)?.changes.map((c) => [c.cell, c.old]));
  const byId = new Map(plan.boxes.map((b) => [b.id, b]));
  const arriving = new Map<string, number>();
  const arrows: ComponentChildren[] = [];
  const boxes = plan.boxes.map((box) => (
    <g key={box.id}>
      <rect class="box" x={box.x} y={box.y} width={box.width} height={box.height} rx="7" />
      <text class="title" x={box.x + 10} y={box.y + 16}>{box.title}</text>
      {box.lines.map((line, i) => {
        const y = box.y + titleHeight + i * lineHeight;
        const value = text(state[line.cell]);
        const isNew = changed.has(line.cell);
        const quiet = state[line.cell] === initial[line.cell] && !isNew;
        const to = line.arrow && byId.get(`${line.arrow.target}:${value}`);
        if (line.arrow && to) {
          const offset = arriving.get(to.id) ?? 0;
          arriving.set(to.id, offset + 1);
          const { path, x } = curve(box, y + 9, to, offset);
          arrows.push(
            <g key={line.cell} class={`arrow lane${colours[line.arrow.party]}${isNew ? " new" : ""}`}>
              <path class={line.arrow.copy ? "copy" : ""} d={path} marker-end={`url(#head${line.arrow.party})`} />
              <circle cx={x} cy={y + 9} r="3.5" />
            </g>,
          );
        }
        return (
          <g key={line.cell} class={`line${isNew ? " new" : ""}${quiet ? " quiet" : ""}`}>
            {isNew && <rect class="change" x={box.x + 3} y={y} width={box.width - 6} height={lineHeight - 1} rx="3" />}
            <text class="label" x={box.x + 10} y={y + 12.5}>
              {isNew ? "\u0394 " : ""}{line.label}{read.has(line.cell) ? " *" : ""}
            </text>
            <text class="value" x={box.x + box.width - 10} y={y + 12.5} text-anchor="end">{value === "None" ? "\u2013" : value}</text>
          </g>
        );
      })}
    </g>
  ));
  const description = plan.boxes.map((b) => `${b.title}: ${b.lines.map((l) => `${l.label} ${text(state[l.cell])}`).join(", ")}`).join("; ");
  return (
    <figure class="picture">
      {plan.marks.length > 0 && (
        <p class="flags">
          {plan.marks.map((m) => (
            <span key={m.cell} class={`flag${changed.has(m.cell) ? " new" : ""}${state[m.cell] === initial[m.cell] ? " quiet" : ""}`}>
              {changed.has(m.cell) ? "\u0394 " : ""}{m.label}: <b>{text(state[m.cell])}</b>
            </span>
          ))}
        </p>
      )}
      <svg viewBox={`-4 -4 ${plan.width + 8 + 30} ${plan.height + 8}`} role="img" aria-label={`State ${step + 1}. ${description}`}>
        <defs>
          {plan.parties.map((_, i) => (
            <marker key={i} id={`head${i}`} class={`lane${colours[i]}`} viewBox="0 0 8 8" refX="2" refY="4" markerWidth="8" markerHeight="8"
              markerUnits="userSpaceOnUse" orient="auto">
              <path d="M0,0.5 L8,4 L0,7.5 z" />
            </marker>
          ))}
        </defs>
        {boxes}
        {arrows}
      </svg>
      <figcaption>
        {plan.parties.map((p, i) => <span key={p} class="key"><i class={`swatch lane${colours[i]}`} />{p}</span>)}
        <span class="key">dashed: a cached copy</span>
        <span class="key"><b class="delta">{"\u0394"}</b> changed by this step</span>
        {read.size > 0 && <span class="key"><b>*</b> read by the violated formula</span>}
      </figcaption>
    </figure>
  );
}
