import { formatCount, formatQuantity } from '../core/render/format.ts';
import { describeChecks, listCheckChanges } from '../core/render/verdict-facts.ts';
import { formatProbability } from '../core/render/verdict-format.ts';
import type { ModelVerdict, QualityVerdict } from '../schema/verdict.ts';
import { bullets, fold, tableBox } from './fold.ts';
import { type Content, html } from './html.ts';

/** What the answers are worth by the checks of the prompt set. */
export function checkSection({ quality }: ModelVerdict): Content {
  const { prompts, better, worse, adjustedPValue, neverFailed, neverPassed } = quality;
  const changes = listCheckChanges(quality);
  const test =
    adjustedPValue === null ? '' : ` An exact sign test gives p ${formatProbability(adjustedPValue)}.`;
  return [
    html`<h4>Checks</h4>`,
    html`<p>Of ${formatQuantity(prompts, 'prompt')}, head passed more of its checks on ${formatCount(better)} and fewer on ${formatCount(worse)}.${test}</p>`,
    bullets(describeChecks(quality)),
    changes.length > 0 &&
      tableBox(
        'Checks that passed more or less often',
        ['Prompt', 'Check', 'How often it passed', 'Head is'],
        changes.map(({ prompt, label, passed, isBetter }) => [
          html`<code>${prompt}</code>`,
          ...[label, passed],
          html`<span class="badge ${isBetter ? 'better' : 'worse'}">${isBetter ? 'better' : 'worse'}</span>`,
        ]),
      ),
    listVacuous('that no answer of either side failed', neverFailed),
    listVacuous('that no answer of either side passed', neverPassed),
  ];
}

function listVacuous(what: string, checks: QualityVerdict['neverFailed']): Content {
  return (
    checks.length > 0 &&
    fold(
      `${formatQuantity(checks.length, 'check')} ${what}: nothing to tell the two by`,
      bullets(checks.map(({ prompt, label }) => html`<code>${prompt}</code> ${label}`)),
    )
  );
}
