import { headlineNames } from '../core/compare/joint-line.ts';
import { chooseSpan } from '../core/render/interval-layout.ts';
import { describeBasis } from '../core/render/verdict-facts.ts';
import { formatProbability } from '../core/render/verdict-format.ts';
import { describeMetric, describeTail, tailColumns } from '../core/render/verdict-rows.ts';
import type { ModelVerdict, Verdict } from '../schema/verdict.ts';
import { bullets, fold, tableBox } from './fold.ts';
import { type Content, html } from './html.ts';
import { axisLabel, intervalBar } from './interval-bar.ts';
import { promptTable } from './prompt-table.ts';
import { wordBadge } from './word-badge.ts';

/** How fast a model is: the headline metrics, what they rest on, prompt by prompt, and the tails. */
export function metricSection(verdict: Verdict, model: ModelVerdict): Content {
  const { metrics, tails } = model;
  return [
    html`<h4>Speed</h4>`,
    metrics.length === 0
      ? html`<p>There is no metric that both sides have.</p>`
      : metricTable(verdict, model),
    bullets(describeBasis(verdict, model)),
    promptTable(verdict, model),
    tails.length > 0 &&
      fold('Tails: described, never judged', [
        tableBox('Tails', tailColumns, tails.map(describeTail)),
        html`<p class="muted">Base → head, over all valid readings. A percentile is shown where there are enough readings to bound it.</p>`,
      ]),
  ];
}

function metricTable({ settings: { floor } }: Verdict, { metrics, tails }: ModelVerdict): Content {
  const span = chooseSpan(metrics, floor);
  const rows = metrics.map((metric) => {
    const row = describeMetric(metric, tails);
    return [
      // The word stands below the name, so that both and the bar beside them fit a phone.
      [
        html`${row.metric}<br>${wordBadge(row.word)}`,
        row.detectable !== null && html`<br><span class="muted">${row.detectable}</span>`,
      ],
      html`<strong>${row.change}</strong>`,
      intervalBar(metric, span, floor),
      ...[row.interval ?? '–', row.base, row.head, formatProbability(metric.adjustedPValue)],
    ];
  });
  const head = [...['Metric', 'Change', axisLabel(span), 'Range', 'Base', 'Head', 'Adjusted p']];
  const matched = metrics.some(({ metric }) => metric === 'matchedE2eMs');
  return [
    tableBox('Speed, metric by metric', head, rows),
    html`<p class="muted">Base and head are medians; the change is of pairs, prompt by prompt, and not their quotient. The band is the floor: no change within it is named.${
      matched &&
      ` ${headlineNames.matchedE2eMs} is how long head takes for an answer as long as base’s: computed pair by pair, it has no median.`
    }</p>`,
  ];
}
