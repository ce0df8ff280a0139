import { formatQuantity } from '../core/render/format.ts';
import type { AnswerPair } from '../core/render/verdict-answers.ts';
import { listCheckChanges } from '../core/render/verdict-facts.ts';
import { measureSizes } from '../core/render/verdict-outcome.ts';
import { describeMemory } from '../core/render/verdict-rows.ts';
import { describeSides, nameSides } from '../core/render/verdict-sides.ts';
import { listLosses } from '../core/render/verdict-trouble.ts';
import type { ModelVerdict, Verdict } from '../schema/verdict.ts';
import { answerSection } from './answer-section.ts';
import { checkSection } from './check-section.ts';
import { bullets, fold, tableBox } from './fold.ts';
import { type Content, type Html, html } from './html.ts';
import { metricSection } from './metric-section.ts';
import { troubleList } from './trouble-list.ts';
import { sizedBadge } from './word-badge.ts';

/** Everything a verdict has on one model. */
export function modelSection(
  verdict: Verdict,
  model: ModelVerdict,
  { answers, anchor }: { answers: readonly AnswerPair[]; anchor: string },
): Html {
  const { joint, reasons, leftOut, quality } = model;
  const sizes = measureSizes(model, verdict.settings.floor);
  const losses = listLosses(model);
  const worse = listCheckChanges(quality).filter(({ isBetter }) => !isBetter);
  return html`<article class="card" id="${anchor}" aria-labelledby="${anchor}-name">
<h3 id="${anchor}-name">${modelName(model)}</h3>
<p class="words"><span>speed ${sizedBadge(joint.speed, sizes.speed)}</span> <span>checks ${sizedBadge(joint.quality, sizes.checks)}</span> <span>answers ${sizedBadge(joint.text, sizes.answers)}</span>${
    sizes.memory !== null && html` <span>memory <span class="badge open">${sizes.memory}</span></span>`
  }</p>
${losses.length > 0 && [html`<h4>What came to nothing</h4>`, troubleList(losses)]}
${
  worse.length > 0 && [
    html`<h4>Checks that pass less often than before</h4>`,
    bullets(worse.map(({ prompt, label, passed }) => html`<code>${prompt}</code> ${label}: ${passed}`)),
  ]
}
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

/** Both tags, or of one tag what was changed of it. */
export function modelName(model: Pick<ModelVerdict, 'base' | 'head'>): Content {
  const { from, to, changes } = nameSides(model);
  return [
    html`<code>${from}</code>`,
    to !== null && html` → <code>${to}</code>`,
    changes.length > 0 && `: ${changes.join(', ')}`,
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
