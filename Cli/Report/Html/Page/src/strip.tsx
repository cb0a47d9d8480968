// The values of an expression in all states of a trace, as a strip. A click goes to the state.
import { useMemo } from "preact/hooks";
import type { Run } from "./data";
import { text } from "./data";

const kind = (value: string, rank: number, alarm: boolean) => (value === "false" && alarm ? "alarm" : value === "true" || value === "false" ? value : value === "" ? "none" : `v${rank % 4}`);

interface Props { runs: Run[]; length: number; step: number; label: string; go: (step: number) => void; values: (value: number) => string; alarm?: boolean }

export function Strip({ runs, length, step, label, go, values, alarm = false }: Props) {
  // One path for each value: a strip of a long trace has few elements.
  const paths = useMemo(() => {
    const ranks = new Map<number, number>();
    const byKind = new Map<string, string>();
    for (const run of runs) {
      if (!ranks.has(run.value)) ranks.set(run.value, ranks.size);
      const name = kind(values(run.value), ranks.get(run.value)!, alarm);
      const gap = length <= 120 ? 0.12 : 0;
      byKind.set(name, (byKind.get(name) ?? "") + (gap > 0
        ? Array.from({ length: run.to - run.from }, (_, i) => `M${run.from + i + gap / 2},0h${1 - gap}v1h${gap - 1}z`).join("")
        : `M${run.from},0h${run.to - run.from}v1h${run.from - run.to}z`));
    }
    return [...byKind];
  }, [runs]);
  return (
    <div class="strip"><svg viewBox={`0 0 ${length} 1`} preserveAspectRatio="none" role="img" aria-label={label}
      onClick={(event) => {
        const box = (event.currentTarget as SVGSVGElement).getBoundingClientRect();
        go(Math.min(length - 1, Math.floor(((event.clientX - box.left) / box.width) * length)));
      }}>
      {useMemo(() => paths.map(([name, path]) => <path key={name} class={name} d={path} />), [paths])}
    </svg><i class="cursor" style={{ left: `${(100 * step) / length}%`, width: `${100 / length}%` }} /></div>
  );
}

/** The text of a value by its number; empty for none. */
export const textOf = (value: number): string => (value < 0 ? "" : text(value));
