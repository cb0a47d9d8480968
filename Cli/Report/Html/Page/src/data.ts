// The document in the page, and its decoding. Texts and explained formulas are stored once and named by their numbers.

export interface RawDocument {
  command: string;
  version: string;
  finished: boolean;
  omitted: number;
  overview: { protocols: RawProtocol[]; designs: Design[] };
  models: RawModel[];
  traces: RawTrace[];
  texts: string[];
  nodes: RawNode[];
}

/** Value, role, formula, witnesses, read cells, deciding parts, other parts. */
export type RawNode = [number, number, number, number[]?, number[]?, number[]?, number[]?];

export interface PropertyInfo {
  name: number;
  kind: number;
  witnessed: boolean;
  rule: boolean;
  sentence: number;
  why: number;
  source: number;
  formula?: number;
}

export interface Mark { variable: number; label: number }
export interface Arrow { variable: number; label: number; party: number; copy: boolean }
export interface BoxGroup { sort: number; title: number; column: number; marks: Mark[]; arrows: Arrow[] }
export interface Picture { marks: Mark[]; boxes: BoxGroup[] }

export interface RawProtocol {
  name: number;
  sentence: number;
  keys: number[];
  properties: PropertyInfo[];
  actions: { name: number; actor: number; source: number }[];
  labels: { name: number; sentence: number }[];
  picture: Picture | null;
}

export interface Verdict {
  name: number;
  explored?: string;
  proved?: string;
  walked?: string;
  expected?: string;
  length?: number;
  reason?: number;
}

export interface Note { kind: string; subject: number; sentence: number }

export interface Mutant {
  name: number;
  kind: string;
  text: number;
  source: number;
  verdict: string;
  class: string;
  by: number;
  length: number;
  reason: number;
}

export interface Design {
  protocol: number;
  parts: number[];
  name: number;
  bounds: number;
  dropped: number[];
  verdict: string;
  sentence: number;
  counts?: { states: number; generated: number; depth: number; bits: number; deadlocks: number; symmetry: number };
  properties: Verdict[];
  /** Pairs of an action's name and the number of its steps. */
  fired?: number[];
  labelsAtWork?: number[];
  notes: Note[];
  problems: number[];
  mutants?: Mutant[];
}

export interface Variable { name: number; source: number; index: number[]; target: number; first: number; constant: boolean }

export interface Action {
  name: number;
  actor: number;
  source: number;
  /** The condition, its label and its source. */
  guards: [number, number, number][];
  /** The assignment and its source. */
  updates: [number, number][];
}

export interface RawModel {
  protocol: number;
  sorts: { name: number; elements: number[] }[];
  variables: Variable[];
  /** The variable, the name of the cell, and the elements of its index. */
  cells: number[][];
  actions: Action[];
  properties: PropertyInfo[];
}

export interface RawTrace {
  model: number;
  purpose: string;
  property: number;
  name: number;
  ending: number;
  remark: number;
  header: number;
  lastStep: boolean;
  /** False for a long trace, whose formulas are not taken apart. */
  explained: boolean;
  read: number[];
  initial: number[];
  /** The action, its arguments, the missed labels, then pairs of a cell and its new value. */
  steps: [number, number, number[], ...number[]][];
  /** For each property runs of explained formulas: a count, then a number. */
  properties: number[][];
  watches: [number, number[]][];
  exports: string;
}

export interface Change { cell: number; old: number; now: number }

export interface Step { action: number; actor: string; arguments: string; missed: string[]; changes: Change[] }

/** A run of states with one value; from is included, to is not. */
export interface Run { from: number; to: number; value: number }

export class Trace {
  readonly length: number;
  readonly actors: string[];
  private expanded: { states: Int32Array[]; steps: (Step | null)[] } | null = null;
  private readonly decoded = new Map<number, Run[]>();
  private named: string[] | null = null;
  private readonly turned = new Map<number, number>();

  constructor(readonly raw: RawTrace, readonly model: RawModel, readonly number: number) {
    this.length = raw.steps.length + 1;
    const actors = new Set(raw.steps.map((s) => text(model.actions[s[0]].actor)));
    // In the order of the model, so all traces of a model have the same order of lanes.
    this.actors = [...new Set(model.actions.map((a) => text(a.actor)))].filter((a) => actors.has(a));
  }

  get name(): string { return text(this.raw.name); }

  /** The number of the colour of an actor or another party, the same in lanes and pictures. */
  colour(party: string): number {
    return this.parties().indexOf(party) % 6;
  }

  private parties(): string[] {
    if (this.named) return this.named;
    const actors = [...new Set(this.model.actions.map((a) => text(a.actor)))];
    const others = protocols[this.model.protocol].picture?.boxes.flatMap((b) => b.arrows.map((a) => text(a.party))) ?? [];
    return (this.named = [...new Set([...actors, ...others])]);
  }

  /** All states and steps, computed once. */
  private all() {
    if (this.expanded) return this.expanded;
    const states = [Int32Array.from(this.raw.initial)];
    const steps: (Step | null)[] = [null];
    for (const [action, args, missed, ...pairs] of this.raw.steps) {
      const before = states[states.length - 1];
      const after = before.slice();
      const changes: Change[] = [];
      for (let i = 0; i < pairs.length; i += 2) {
        changes.push({ cell: pairs[i], old: before[pairs[i]], now: pairs[i + 1] });
        after[pairs[i]] = pairs[i + 1];
      }
      states.push(after);
      steps.push({
        action, actor: text(this.model.actions[action].actor), arguments: text(args), missed: missed.map(text), changes,
      });
    }
    return (this.expanded = { states, steps });
  }

  state(index: number): Int32Array { return this.all().states[index]; }

  step(index: number): Step | null { return this.all().steps[index]; }

  /** The explained formula of a property in each run of states; -1 where there is none. */
  runs(property: number): Run[] {
    let runs = this.decoded.get(property);
    if (!runs) this.decoded.set(property, (runs = decode(this.raw.properties[property])));
    return runs;
  }

  node(property: number, index: number): number { return at(this.runs(property), index); }

  /** The first state in which the property is false, or, for a witnessed one, true; -1 if there is none. */
  turning(property: number): number {
    let turning = this.turned.get(property);
    if (turning === undefined) {
      const wanted = this.model.properties[property].witnessed ? "true" : "false";
      turning = this.runs(property).find((r) => r.value >= 0 && text(nodes[r.value][0]) === wanted)?.from ?? -1;
      this.turned.set(property, turning);
    }
    return turning;
  }

  /** The values of a cell in runs of states. */
  cellRuns(cell: number): Run[] {
    const runs: Run[] = [];
    for (let i = 0; i < this.length; i++) push(runs, i, this.state(i)[cell]);
    return runs;
  }
}

export function decode(runs: number[]): Run[] {
  const decoded: Run[] = [];
  let from = 0;
  for (let i = 0; i < runs.length; i += 2) {
    decoded.push({ from, to: from + runs[i], value: runs[i + 1] });
    from += runs[i];
  }
  return decoded;
}

export function push(runs: Run[], index: number, value: number) {
  const last = runs[runs.length - 1];
  if (last && last.value === value) last.to = index + 1;
  else runs.push({ from: index, to: index + 1, value });
}

/** The value of the run which contains the state, by binary search. */
export function at(runs: Run[], index: number): number {
  let low = 0;
  let high = runs.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (runs[middle].to <= index) low = middle + 1;
    else high = middle;
  }
  return runs[low]?.value ?? -1;
}

const raw = JSON.parse(document.getElementById("data")!.textContent!) as RawDocument;

export const report = raw;
export const protocols = raw.overview.protocols;
export const designs = raw.overview.designs;
export const nodes = raw.nodes;
export const text = (number: number): string => raw.texts[number];
export const traces = raw.traces.map((t, i) => new Trace(t, raw.models[t.model], i));

/** True if no state may make the property false. A terminal one may be false wherever something can still happen. */
export const isAlarming = (info: PropertyInfo): boolean => !info.witnessed && text(info.kind) !== "terminal";

/** "1 state", "2 states". */
export const count = (n: number, noun: string): string => `${n.toLocaleString("en-US")} ${noun}${n === 1 ? "" : "s"}`;
