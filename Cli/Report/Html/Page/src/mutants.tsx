// The mutants of each design, and the properties which notice them.
import { designs, text } from "./data";
import { matches } from "./state";

const tones: Record<string, string> = { killed: "good", noticed: "good", survived: "known", unfinished: "open" };

export function Mutants({ filter }: { filter: string }) {
  return (
    <>
      {designs.filter((d) => d.mutants).map((d, i) => {
        const rows = d.mutants!.filter((m) => matches(filter, text(m.name), text(m.text), m.kind, m.verdict, text(m.by)));
        return (
          <section key={i} class="protocol" aria-labelledby={`m${i}`}>
            <h2 id={`m${i}`}>{text(d.name)} <small>{text(d.sentence)}</small></h2>
            <div class="scroll" tabIndex={0} role="region" aria-label={`Mutants of ${text(d.name)}`}>
              <table class="list">
                <thead><tr>{["verdict", "mutant", "kind", "noticed by", "states", "source"].map((h) => <th key={h} scope="col">{h}</th>)}</tr></thead>
                <tbody>
                  {rows.map((m, j) => (
                    <tr key={j}>
                      <td class={tones[m.verdict] ?? ""}>{m.verdict}{m.class && `, ${m.class}`}</td>
                      <td>{text(m.text)}{text(m.reason) && <small> {text(m.reason)}</small>}</td>
                      <td>{m.kind}</td>
                      <td>{text(m.by)}</td>
                      <td class="number">{m.length > 0 ? m.length : ""}</td>
                      <td class="source">{text(m.source)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </section>
        );
      })}
    </>
  );
}
