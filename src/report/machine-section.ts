import { formatTime } from '../core/render/format.ts';
import type { AnswerPair } from '../core/render/verdict-answers.ts';
import { describeDesign, describeMethod } from '../core/render/verdict-facts.ts';
import { formatPlainPercent } from '../core/render/verdict-format.ts';
import { listCircumstances } from '../core/render/verdict-trouble.ts';
import type { Verdict } from '../schema/verdict.ts';
import { facts, fold } from './fold.ts';
import { type Html, html } from './html.ts';
import { modelSection } from './model-section.ts';
import { troubleList } from './trouble-list.ts';

/** Where a model is in the page. */
export function anchorOf(machine: number, model: number): string {
  return `machine-${machine + 1}-model-${model + 1}`;
}

/** A machine: what it measured and how that was judged, then its models. */
export function machineSection(verdict: Verdict, index: number, answers: readonly AnswerPair[]): Html {
  const { design, machine, base, head, settings, models } = verdict;
  const side = ({ runs, startedAt, source }: Verdict['base']) =>
    html`${runs.map((run, at) => [at > 0 && ', ', html`<code>${run}</code>`])}, ${formatTime(startedAt)}${
      source.sha !== null && html`, commit <code>${source.sha.slice(0, 12)}</code>`
    }`;
  const { repository, pullRequest } = head.source;
  return html`<section aria-labelledby="machine-${index + 1}">
<h2 id="machine-${index + 1}">${machine.label} <code class="muted">${machine.id}</code></h2>
<p>${describeDesign(verdict)}.</p>
${troubleList(listCircumstances(verdict))}
${fold(
  'How it was measured and judged',
  facts([
    ...(repository === null
      ? []
      : ([
          ['Repository', pullRequest === null ? repository : `${repository}, pull request ${pullRequest}`],
        ] as const)),
    ...(design === 'paired'
      ? ([['Run', side(head)]] as const)
      : ([
          ['Head', side(head)],
          ['Base', side(base)],
        ] as const)),
    ['Judged', describeMethod(verdict).join(' ')],
    ['Checks', `α ${formatPlainPercent(settings.qualityAlpha)} of their own, over all models.`],
    [
      'Detail',
      `At most ${formatPlainPercent(settings.falseDiscoveryRate)} false among the prompts and answers that are named.`,
    ],
  ]),
)}
${models.map((model, at) => modelSection(verdict, model, { answers, anchor: anchorOf(index, at) }))}
</section>`;
}
