import { formatQuantity } from '../core/render/format.ts';
import type { AnswerPair } from '../core/render/verdict-answers.ts';
import { describeMemory } from '../core/render/verdict-rows.ts';
import { describeSides, nameSides } from '../core/render/verdict-sides.ts';
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
export function modelName(model: Pick<ModelVerdict, 'base' | 'head'>): Content {
  const { tag, from, to } = nameSides(model);
  return [
    tag !== null && html`<code>${tag}</code> `,
    html`<code>${from}</code>`,
    to !== null && html` → <code>${to}</code>`,
  ];
}

/** What the two sides are; what differs is the treatment. */
function sidesTable(model: ModelVerdict): Content {
  const { treatment, memory } = model;
  return [
    html`<h4>What was changed</h4>`,
    treatment.length === 0 ? html`<p>Nothing: the same model was measured twice.</p>` : bullets(treatment),
    html`<p>${describeMemory(memory) ?? 'Memory: not known'}.</p>`,
    fold(
      'Both sides as they were asked',
      tableBox(
        'Both sides',
        ['Of the model', 'Base', 'Head'],
        describeSides(model).map(({ name, base, head, isSame }) => [
          ...[name, base],
          isSame ? head : html`<strong>${head}</strong>`,
        ]),
      ),
    ),
  ];
}
