// The verdict matrix: designs by properties, with the answers of all engines.
import type { Design, PropertyInfo, RawProtocol, Verdict } from "./data";
import { count, designs, protocols, report, text, traces } from "./data";
import { matches } from "./state";

interface Shown { sign: string; word: string; tone: string; sentence: string }

/** The answers about a property in one cell: the decisive sign, and words for all engines. */
function shown(verdict: Verdict): Shown {
  const { explored, proved, walked, expected, length } = verdict;
  const word = explored ?? (proved === "refuted" ? "violated" : proved ?? walked) ?? "undecided";
  const unexpected = expected !== undefined && ["violated", "impossible", "holds", "possible"].includes(word) && word !== expected;
  const bad = word === "violated" || word === "impossible" || word === "refuted";
  const sign = { holds: "\u2713", proved: "\u2713", possible: "\u25c6", violated: "\u2717", impossible: "\u25c7" }[word] ?? "?";
  const tone = unexpected || (bad && expected === undefined) ? "bad" : bad ? "known" : word === "undecided" ? "open" : word === "possible" ? "possible" : "good";
  const sentence = [
    explored && `explored: ${explored}`,
    proved && `any size: ${proved}`,
    walked && `walked: ${walked}`,
    expected && `expected: ${expected}`,
    length && count(length, "state"),
    verdict.reason !== undefined && text(verdict.reason),
  ].filter(Boolean).join("; ");
  return { sign, word, tone, sentence };
}

/** The trace which shows a verdict; -1 if the report has none. */
function traceOf(protocol: number, design: Design, verdict: Verdict): number {
  return traces.findIndex((t) => t.model.protocol === protocol && t.raw.name === verdict.name
    && text(t.raw.header).startsWith(`${text(protocols[protocol].name)} ${text(design.name)},`.replace(/^(\S+) \1,/, "$1,")));
}

function Matrix({ protocol, number, filter, open }: { protocol: RawProtocol; number: number; filter: string; open: (trace: number) => void }) {
  const own = designs.filter((d) => d.protocol === number && d.properties.length > 0);
  const names = own.map((d) => text(d.name));
  // A word which occurs in no design selects properties.
  const words = filter.split(/\s+/).filter((w) => w);
  const ofDesigns = words.filter((w) => names.some((n) => matches(w, n))).join(" ");
  const ofProperties = words.filter((w) => !names.some((n) => matches(w, n))).join(" ");
  const rows = own.filter((d) => matches(ofDesigns, text(d.name)));
  const columns = protocol.properties.filter((p) => matches(ofProperties, text(p.name), text(p.kind)));
  if (own.length === 0) return null;
  const keys = protocol.keys.map(text);
  const counted = own.some((d) => d.counts);
  const cell = (design: Design, property: PropertyInfo) => {
    const verdict = design.properties.find((v) => v.name === property.name);
    if (!verdict) return <td key={property.name} class="none"><span class="offscreen">not a property of this design</span></td>;
    const { sign, word, tone, sentence } = shown(verdict);
    const trace = traceOf(number, design, verdict);
    const content = (
      <>
        <span aria-hidden="true">{sign}{tone === "known" || tone === "bad" ? <small>{verdict.length}</small> : null}</span>
        {verdict.proved === "proved" && <small class="proved" aria-hidden="true">{"\u2200"}</small>}
        <span class="offscreen">{word}. {sentence}</span>
      </>
    );
    return (
      <td key={property.name} class={tone} title={`${text(property.name)}, ${text(design.name)}: ${sentence}`}>
        {trace >= 0 ? <a href={`#trace=${trace + 1}`} onClick={(e) => { e.preventDefault(); open(trace); }}>{content}</a> : content}
      </td>
    );
  };
  return (
    <section class="protocol" aria-labelledby={`p${number}`}>
      <h2 id={`p${number}`}>{text(protocol.name)} <small>{text(protocol.sentence)}</small></h2>
      {columns.length > 0 && rows.length > 0
        ? (
          <div class="scroll" tabIndex={0} role="region" aria-label={`Verdicts of ${text(protocol.name)}`}>
            <table class="matrix">
              <thead>
                <tr>
                  {keys.length > 0 ? keys.map((k) => <th key={k} scope="col" class="key">{k}</th>) : <th scope="col" class="key">design</th>}
                  {counted && <><th scope="col" class="number">states</th><th scope="col" class="number">depth</th></>}
                  {columns.map((p) => (
                    <th key={p.name} scope="col" class="property" title={`${text(p.kind)}: ${text(p.sentence)}`}><span>{text(p.name)}</span></th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map((d, i) => (
                  <tr key={i}>
                    {keys.length > 0
                      ? d.parts.map((p, place) => (
                        place === 0 ? <th key={place} scope="row">{text(p)}</th> : <td key={place} class="word">{text(p)}</td>
                      ))
                      : <th scope="row">{text(d.name)}</th>}
                    {counted && <><td class="number">{d.counts?.states.toLocaleString("en-US")}</td><td class="number">{d.counts?.depth}</td></>}
                    {columns.map((p) => cell(d, p))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )
        : <p class="hint">The filter hides all designs and properties of this protocol.</p>}
    </section>
  );
}

const purposes: [string, string][] = [
  ["violation", "violated"], ["expectedViolation", "violated, as expected"], ["witness", "possible"], ["file", "from a file"],
];

export function Overview({ filter, open }: { filter: string; open: (trace: number) => void }) {
  const verdicts = (word: string) => designs.filter((d) => d.verdict === word).length;
  const problems = designs.flatMap((d) => d.problems.map((p) => ({ design: text(d.name), problem: text(p) })));
  const notes = designs.filter((d) => d.sentence !== undefined && text(d.sentence) !== "");
  return (
    <>
      {designs.length > 0 && (
        <div class="tiles">
          <div class="tile"><b>{designs.length}</b> {designs.length === 1 ? "design" : "designs"}</div>
          {["holds", "proved", "violated", "refuted", "undecided"].filter((w) => verdicts(w) > 0).map((w) => (
            <div key={w} class={`tile ${w === "violated" && problems.length === 0 ? "expected" : w}`}>
              <b>{verdicts(w)}</b> {w === "holds" && verdicts(w) > 1 ? "hold" : w}{w === "violated" && problems.length === 0 && ", as expected"}
            </div>
          ))}
          <div class={`tile ${problems.length === 0 && report.finished ? "fine" : "violated"}`}>
            <b>{problems.length === 0 && report.finished ? "\u2713" : problems.length}</b>{" "}
            {!report.finished ? "not finished" : problems.length === 0 ? "all as expected" : problems.length === 1 ? "surprise" : "surprises"}
          </div>
          {purposes.map(([purpose, words]) => {
            const n = traces.filter((t) => t.raw.purpose === purpose).length;
            return n > 0 && <div key={purpose} class="tile quiet"><b>{n}</b> {n === 1 ? "trace" : "traces"}: {words}</div>;
          })}
        </div>
      )}
      {problems.length > 0 && (
        <section class="problems" aria-labelledby="problems">
          <h2 id="problems">Not as expected</h2>
          <ul>{problems.map((p, i) => <li key={i}><b>{p.design}</b>: {p.problem}</li>)}</ul>
        </section>
      )}
      {protocols.map((p, i) => <Matrix key={i} protocol={p} number={i} filter={filter} open={open} />)}
      {notes.length > 0 && (
        <section><h2>Designs</h2><ul class="plain">{notes.map((d, i) => <li key={i}><b>{text(d.name)}</b>: {text(d.sentence)}</li>)}</ul></section>
      )}
      <p class="legend">
        <span class="good">{"\u2713"} holds</span> <span class="possible">{"\u25c6"} possible</span>
        {" "}<span class="known">{"\u2717"} violated as expected, with the number of states</span>
        {" "}<span class="bad">{"\u2717"} violated, {"\u25c7"} impossible</span> <span class="open">? undecided</span>
        {" "}<span>{"\u2200"} proved for any size</span> <span>empty: not a property of the design</span>
      </p>
    </>
  );
}
