import { formatShare } from '../core/render/format.ts';
import { formatChange, formatPlainPercent } from '../core/render/verdict-format.ts';
import { nameHeadline } from '../core/render/verdict-rows.ts';
import type { ModelVerdict, PromptVerdict, Verdict } from '../schema/verdict.ts';
import { fold, tableBox } from './fold.ts';
import { type Content, html } from './html.ts';

/** The change of each prompt on each metric, what stands out first: for who looks for the cause. */
export function promptTable({ settings }: Verdict, { promptDetail }: ModelVerdict): Content {
  if (promptDetail.length === 0) return null;
  const metrics = [...new Set(promptDetail.map(({ metric }) => metric))];
  const prompts = [...Map.groupBy(promptDetail, ({ prompt }) => prompt)].sort(
    ([, a], [, b]) => countOutstanding(b) - countOutstanding(a) || largest(b) - largest(a),
  );
  const rows = prompts.map(([prompt, details]) => [
    html`<code>${prompt}</code>`,
    ...metrics.map((metric) => cell(details.find((it) => it.metric === metric))),
  ]);
  const outstanding = countOutstanding(promptDetail);
  return fold(
    `Prompt by prompt: ${formatShare(outstanding, promptDetail.length)} readings stand out`,
    [
      tableBox('Prompt by prompt', ['Prompt', ...metrics.map(nameHeadline)], rows),
      html`<p class="muted">Marked is what is beyond chance and at least the floor; of what is marked, ${formatPlainPercent(settings.falseDiscoveryRate)} at most are expected to be false. Never an alarm.</p>`,
    ],
    outstanding > 0,
  );
}

function cell(detail: PromptVerdict | undefined): Content {
  if (detail === undefined) return '–';
  const { change, standsOut, logRatio } = detail;
  if (!standsOut) return formatChange(change);
  const isWorse = logRatio > 0;
  return html`<span class="badge ${isWorse ? 'worse' : 'better'}">${formatChange(change)} ${isWorse ? 'worse' : 'better'}</span>`;
}

function countOutstanding(details: readonly PromptVerdict[]): number {
  return details.filter(({ standsOut }) => standsOut).length;
}

function largest(details: readonly PromptVerdict[]): number {
  return Math.max(...details.map(({ logRatio }) => Math.abs(logRatio)));
}
