import { formatShare } from '../core/render/format.ts';
import { formatChange, formatPlainPercent } from '../core/render/verdict-format.ts';
import { arrangePrompts, compareToBase } from '../core/render/verdict-prompts.ts';
import { nameHeadline } from '../core/render/verdict-rows.ts';
import type { ModelVerdict, PromptVerdict, Verdict } from '../schema/verdict.ts';
import { fold, tableBox } from './fold.ts';
import { type Content, html } from './html.ts';

/** The change of each prompt on each metric, what stands out first: for who looks for the cause. */
export function promptTable({ settings }: Verdict, { promptDetail }: ModelVerdict): Content {
  if (promptDetail.length === 0) return null;
  const { metrics, rows, outstanding } = arrangePrompts(promptDetail);
  return fold(
    `Prompt by prompt: ${formatShare(outstanding, promptDetail.length)} readings changed otherwise than the rest`,
    [
      tableBox(
        'Prompt by prompt',
        ['Prompt', ...metrics.map(nameHeadline)],
        rows.map(({ prompt, cells }) => [
          html`<code>${prompt}</code>`,
          ...cells.map((it) => cell(it, settings.floor)),
        ]),
      ),
      html`<p class="muted">Marked is what changed otherwise than all prompts did on that metric, beyond chance and by at least the floor; of what is marked, ${formatPlainPercent(settings.falseDiscoveryRate)} at most are expected to be false. Never an alarm.</p>`,
    ],
    outstanding > 0,
  );
}

function cell(detail: PromptVerdict | null, floor: number): Content {
  if (detail === null) return '–';
  const { change, standsOut } = detail;
  if (!standsOut) return formatChange(change);
  const word = compareToBase(detail, floor);
  return html`<span class="badge ${word === 'as before' ? 'open' : word}">${formatChange(change)} ${word}</span>`;
}
