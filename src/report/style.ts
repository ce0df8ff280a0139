/** The colours of the site, in one sheet for screen, phone and paper. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#f7f6f1, #121412);
  --card: light-dark(#fffefb, #1a1d1a);
  --sunken: light-dark(#efede5, #0d0f0d);
  --ink: light-dark(#1c211e, #e8e7e0);
  --muted: light-dark(#595f59, #a4a99f);
  --line: light-dark(#dfdcd1, #2e332e);
  --strong-line: light-dark(#8b8f86, #6e746c);
  --accent: light-dark(#0b5f50, #6fcbb6);
  --mark: light-dark(#8f4506, #eba757);
  --mark-tint: light-dark(#fbeedb, #34250f);
  --good: light-dark(#0c6638, #74d19b);
  --good-tint: light-dark(#e2f1e6, #14301f);
  --bad: light-dark(#ab2618, #ff9486);
  --bad-tint: light-dark(#fbe8e4, #3b1b17);
  --sans: ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  --mono: ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
* { box-sizing: border-box; }
html { background: var(--paper); color: var(--ink); font: 400 0.9375rem/1.55 var(--sans); font-variant-numeric: tabular-nums; text-size-adjust: none; }
body { margin: 0 auto; max-width: 76rem; padding: 2rem 1.5rem 4rem; }
h1, h2, h3, h4, h5, p, dl, dd, ul, pre { margin: 0; }
h1, h2, h3, h4, h5 { line-height: 1.25; font-weight: 620; letter-spacing: -0.012em; text-wrap: balance; overflow-wrap: anywhere; }
h1 { font-size: clamp(1.35rem, 1.1rem + 1vw, 1.85rem); letter-spacing: -0.02em; }
h2 { font-size: 1.375rem; }
h3 { font-size: 1.125rem; }
h4 { font-size: 1rem; margin-top: 0.75rem; }
h5 { font-size: 0.8125rem; color: var(--muted); }
ul { padding-left: 1.1rem; }
li { overflow-wrap: anywhere; }
p { text-wrap: pretty; overflow-wrap: anywhere; max-width: 60rem; }
a { color: inherit; text-decoration-color: var(--strong-line); text-underline-offset: 0.2em; }
a:hover { color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
code, pre { font-family: var(--mono); font-size: 0.92em; }
code { overflow-wrap: anywhere; }
header { display: grid; gap: 0.4rem; padding-bottom: 1.5rem; }
main, section, article, .folded { display: grid; gap: 0.75rem; grid-template-columns: minmax(0, 1fr); align-content: start; }
main { gap: 2.5rem; }
section { gap: 1rem; }
.brand { color: var(--accent); font-weight: 640; letter-spacing: -0.03em; }
.muted { color: var(--muted); font-size: 0.8125rem; font-weight: 400; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1.25rem; min-width: 0; }
.words { display: flex; flex-wrap: wrap; gap: 0.3rem 1.2rem; font-size: 0.8125rem; color: var(--muted); }
.badge { display: inline-block; padding: 0.05rem 0.5rem; border-radius: 99px; font-size: 0.8125rem; font-weight: 550; background: var(--sunken); color: var(--muted); white-space: nowrap; }
.badge.worse { background: var(--bad-tint); color: var(--bad); }
.badge.better { background: var(--good-tint); color: var(--good); }
.badge.open { background: var(--mark-tint); color: var(--mark); }
.table-box { overflow: auto; border: 1px solid var(--line); border-radius: 10px; background: var(--card); max-width: 100%; }
table { border-collapse: collapse; width: 100%; font-size: 0.8125rem; line-height: 1.4; }
th, td { padding: 0.45rem 0.75rem; text-align: left; vertical-align: middle; border-bottom: 1px solid var(--line); white-space: nowrap; }
tbody tr:last-child > * { border-bottom: 0; }
thead th { color: var(--muted); font-weight: 550; vertical-align: bottom; }
tbody th { font-weight: 500; white-space: normal; min-width: 5.5rem; }
tbody th code { overflow-wrap: break-word; }
tbody th .badge { margin-top: 0.15rem; }
.axis { display: flex; justify-content: space-between; width: 160px; }
.bar { display: block; height: auto; color: var(--muted); }
.bar.worse { color: var(--bad); }
.bar.better { color: var(--good); }
.bar.open { color: var(--mark); }
.bar .floor { fill: var(--sunken); stroke: var(--line); }
.bar .zero { stroke: var(--strong-line); }
.bar .line { stroke: currentColor; stroke-width: 2; fill: none; }
.bar .dot { fill: currentColor; }
.facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0.35rem 1.25rem; font-size: 0.8125rem; }
.facts dt { color: var(--muted); }
.facts dd { overflow-wrap: anywhere; max-width: 60rem; }
summary { cursor: pointer; overflow-wrap: anywhere; }
summary:hover { color: var(--accent); }
.folded { padding: 0.75rem 0 0.25rem 1rem; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: 0.8125rem; line-height: 1.55; padding: 0.85rem 1rem; background: var(--sunken); border-radius: 8px; max-height: 30rem; overflow: auto; tab-size: 2; }
ins, del { border-radius: 3px; text-decoration-thickness: 1px; }
ins { background: var(--good-tint); color: var(--good); text-decoration: underline; }
del { background: var(--bad-tint); color: var(--bad); text-decoration: line-through; }
.sides { display: grid; gap: 0.75rem; grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr)); }
.sides > div { min-width: 0; display: grid; gap: 0.3rem; align-content: start; }
@media (max-width: 40rem) {
  body { padding-inline: 1rem; }
  .card { padding: 1rem; }
  .facts { grid-template-columns: minmax(0, 1fr); gap: 0.1rem; }
  .facts dd { margin-bottom: 0.5rem; }
  .folded { padding-left: 0; }
  th, td { padding-inline: 0.4rem; }
  .axis, .bar { width: 112px; }
}
@media print {
  :root { color-scheme: light; }
  html { font-size: 9pt; background: none; }
  body { max-width: none; padding: 0; }
  details::details-content { content-visibility: visible; height: auto; }
  .card { border: 0; padding: 0; }
  tr, svg { break-inside: avoid; }
  h2, h3, h4, summary { break-after: avoid; }
  .table-box, pre { overflow: visible; max-height: none; border: 0; }
  th, td { white-space: normal; padding: 0.25rem 0.4rem; }
}
`;
