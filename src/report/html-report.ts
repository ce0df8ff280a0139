import { metricDefinitions } from '../core/metrics.ts';
import { missing } from '../core/render/format.ts';
import type { AnswerPair } from '../core/render/verdict-answers.ts';
import { describeOutcome } from '../core/render/verdict-headline.ts';
import { measureSizes } from '../core/render/verdict-outcome.ts';
import { defineWords, textWords } from '../core/render/verdict-words.ts';
import type { Verdict } from '../schema/verdict.ts';
import { facts, tableBox } from './fold.ts';
import { type Content, html } from './html.ts';
import { anchorOf, machineSection } from './machine-section.ts';
import { modelName } from './model-section.ts';
import { renderPage } from './page.ts';
import { sizedBadge, wordBadge } from './word-badge.ts';

/**
 * Everything about the verdicts of a campaign, one for each machine, in one HTML file that asks for nothing: no script,
 * no font, no picture. It opens from a disk, from an artifact, on a phone and on paper.
 * @param answers those that differ; what is not among them is told without its text.
 */
export function renderReport(verdicts: readonly Verdict[], answers: readonly AnswerPair[]): string {
  const outcome = describeOutcome(verdicts);
  const title = outcome.charAt(0).toUpperCase() + outcome.slice(1);
  const content = html`<header>
<p class="brand">Herdmark</p>
<h1>${title}</h1>
</header>
<main>
${overview(verdicts)}
${verdicts.map((verdict, index) => machineSection(verdict, index, answers))}
${explanation(verdicts)}
</main>`;
  return renderPage(title, content);
}

/** A line for each comparison, where there are several. */
function overview(verdicts: readonly Verdict[]): Content {
  const rows = verdicts.flatMap(({ machine, models, settings }, index) =>
    models.map((model, at) => {
      const { speed, quality, text } = model.joint;
      const sizes = measureSizes(model, settings.floor);
      return [
        html`<a href="#${anchorOf(index, at)}">${modelName(model)}</a>`,
        sizedBadge(speed, sizes.speed),
        sizedBadge(quality, [sizes.requests, sizes.checks].filter((it) => it !== null).join('; ')),
        sizedBadge(text, sizes.answers),
        ...[sizes.memory ?? (model.joint.memory === null ? missing : 'as before'), machine.label],
      ];
    }),
  );
  const head = ['Model', 'Speed', 'Checks', 'Answers', 'Memory', 'Machine'];
  return rows.length > 1 && tableBox('All comparisons', head, rows);
}

function explanation(verdicts: readonly Verdict[]): Content {
  const [first] = verdicts;
  if (first === undefined) return null;
  const { ttftMs, tpotMs, e2eMs, prefillTokensPerSecond } = metricDefinitions;
  return html`<section aria-labelledby="how">
<h2 id="how">How to read this</h2>
<h3>Speed and checks have one of five words</h3>
${facts(defineWords(first.settings).map(({ word, meaning }) => [wordBadge(word), meaning]))}
<h3>Answers have words of their own</h3>
${facts(textWords.map(({ word, meaning }) => [wordBadge(word), meaning]))}
<h3>What is measured</h3>
${facts([
  ...[ttftMs, tpotMs].map(({ name, definition }) => [name, definition] as const),
  [
    e2eMs.name,
    `${e2eMs.definition} At matched length: TTFT + (tokens of base’s answer − 1) · TPOT, as a shorter answer is no faster model.`,
  ],
  [prefillTokensPerSecond.name, prefillTokensPerSecond.definition.replaceAll('`', '')],
])}
</section>`;
}
