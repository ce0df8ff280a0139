import { formatDigest, formatQuantity } from '../core/render/format.ts';
import type { AnswerPair } from '../core/render/verdict-answers.ts';
import { describeMemory } from '../core/render/verdict-rows.ts';
import type { ModelVerdict, Verdict } from '../schema/verdict.ts';
import { answerSection } from './answer-section.ts';
import { checkSection } from './check-section.ts';
import { bullets, fold, tableBox } from './fold.ts';
import { type Content, type Html, html } from './html.ts';
import { metricSection } from './metric-section.ts';
import { wordBadge } from './word-badge.ts';

/** Everything a verdict has on one model. */
export function modelSection(
  verdict: Verdict,
  model: ModelVerdict,
  { answers, anchor }: { answers: readonly AnswerPair[]; anchor: string },
): Html {
  const { joint, reasons, leftOut } = model;
  return html`<article class="card" id="${anchor}" aria-labelledby="${anchor}-name">
<h3 id="${anchor}-name">${modelName(model)}</h3>
<p class="words"><span>speed ${wordBadge(joint.speed)}</span> <span>checks ${wordBadge(joint.quality)}</span> <span>answers ${wordBadge(joint.text)}</span></p>
<p class="joint">${joint.line}</p>
${
  reasons.length > 0 && [
    html`<h4>Why the two cannot be compared</h4>`,
    bullets(reasons.map(({ code, reason }) => html`<code>${code}</code> ${reason}`)),
  ]
}
${sidesTable(model)}
${reasons.length === 0 && [metricSection(verdict, model), checkSection(model), answerSection(verdict, model, answers)]}
${
  leftOut.length > 0 &&
  fold(
    `${formatQuantity(leftOut.length, 'prompt')} left out`,
    bullets(leftOut.map(({ prompt, reason }) => html`<code>${prompt}</code> ${reason}`)),
  )
}
</article>`;
}

/** Both tags, or of a tag that moved both digests. */
export function modelName({ base, head }: Pick<ModelVerdict, 'base' | 'head'>): Content {
  if (base.name !== head.name) return html`<code>${base.name}</code> → <code>${head.name}</code>`;
  if (base.digest === head.digest) return html`<code>${head.name}</code>`;
  return html`<code>${head.name}</code> <code>${formatDigest(base.digest)}</code> → <code>${formatDigest(head.digest)}</code>`;
}

/** What the two sides are; what differs is the treatment. */
function sidesTable({ base, head, treatment, memory }: ModelVerdict): Content {
  const rows = [
    ['Tag', base.name, head.name],
    ['Digest', formatDigest(base.digest), formatDigest(head.digest)],
    ['Parameters', base.parameterSize, head.parameterSize],
    ['Quantization', base.quantization, head.quantization],
    ['Context', show(base.contextLength), show(head.contextLength)],
    ['Template', digestOf(base.templateHash), digestOf(head.templateHash)],
    ['Options', describeOptions(base.options), describeOptions(head.options)],
    ['Think', show(base.think), show(head.think)],
  ];
  return [
    html`<h4>What was changed</h4>`,
    treatment.length === 0 ? html`<p>Nothing: the same model was measured twice.</p>` : bullets(treatment),
    html`<p>${describeMemory(memory) ?? 'Memory: not known'}.</p>`,
    fold(
      'Both sides as they were asked',
      tableBox(
        'Both sides',
        ['Of the model', 'Base', 'Head'],
        rows.map(([name, before, after]) => [name ?? '', before ?? '–', changedCell(before, after)]),
      ),
    ),
  ];
}

function changedCell(before: string | null | undefined, after: string | null | undefined): Content {
  return before === after ? (after ?? '–') : html`<strong>${after ?? '–'}</strong>`;
}

function show(value: string | number | boolean | null): string | null {
  return value === null ? null : String(value);
}

function digestOf(hash: string | null): string | null {
  return hash === null ? null : formatDigest(hash);
}

function describeOptions(options: ModelVerdict['base']['options']): string {
  const entries = Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([key, value]) => `${key} ${JSON.stringify(value)}`).join(', ') || 'none';
}
