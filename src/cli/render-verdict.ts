import { describeJointTail } from '../core/compare/joint-line.ts';
import { formatQuantity } from '../core/render/format.ts';
import { toPlainLine } from '../core/render/untrusted-text.ts';
import {
  describeAnswers,
  describeBasis,
  describeChecks,
  describeDesign,
  describeMethod,
  listCheckChanges,
} from '../core/render/verdict-facts.ts';
import { formatChange } from '../core/render/verdict-format.ts';
import { describeOutcome } from '../core/render/verdict-headline.ts';
import { writeOutcome } from '../core/render/verdict-outcome.ts';
import {
  describeMemory,
  describeMetric,
  listOutstanding,
  nameHeadline,
} from '../core/render/verdict-rows.ts';
import { nameSides } from '../core/render/verdict-sides.ts';
import { listCircumstances, listLosses, type Trouble } from '../core/render/verdict-trouble.ts';
import type { ModelVerdict, Verdict } from '../schema/verdict.ts';
import { alignColumns } from './align-columns.ts';

/** Beyond this a person opens the report. */
const mostLines = 8;

/** A verdict for a terminal: what came out, then model by model a line to act on, a table and what it rests on. */
export function renderVerdictTable(verdict: Verdict): string {
  return [
    '',
    `${verdict.machine.label}: ${describeOutcome([verdict])}`,
    `${describeDesign(verdict)}.`,
    ...limit(listCircumstances(verdict).map(writeTrouble)),
    ...verdict.models.flatMap((model) => renderModel(verdict, model)),
    '',
    ...describeMethod(verdict),
    '',
  ]
    .map(keepAlignment)
    .join('\n');
}

function renderModel(verdict: Verdict, model: ModelVerdict): string[] {
  const { reasons, joint, leftOut, quality, text } = model;
  const memory = describeMemory(model.memory);
  const tail = describeJointTail(model.tails);
  const { also } = nameSides(model);
  return [
    '',
    nameModel(model),
    // Of one model the first line of all has said it.
    ...(reasons.length > 0
      ? [joint.line]
      : verdict.models.length === 1
        ? []
        : [writeOutcome(model, joint.speed, verdict.settings.floor)]),
    ...limit(listLosses(model).map(writeTrouble)),
    ...(also.length === 0 ? [] : [`Changed with it: ${also.join('; ')}.`]),
    ...(reasons.length > 0
      ? []
      : [
          ...renderMetrics(model),
          `Checks. ${describeChecks(quality).join(' ')}`,
          ...limit(
            listCheckChanges(quality).map(
              ({ prompt, label, passed, isBetter }) =>
                `  ${isBetter ? 'better' : 'worse'}: ${prompt} ${label}: ${passed}`,
            ),
          ),
          `Answers. ${describeAnswers(text).join(' ')}`,
          ...limit(
            listOutstanding(model).map(
              ({ prompt, metric, change }) =>
                `  unlike the other prompts: ${prompt} ${nameHeadline(metric)} ${formatChange(change)}`,
            ),
          ),
          ...(tail === null ? [] : [tail]),
        ]),
    ...(memory === null ? [] : [`${memory}.`]),
    ...limit(leftOut.map(({ prompt, reason }) => `  left out: ${prompt}: ${reason}`)),
    ...(reasons.length > 0 ? [] : describeBasis(verdict, model)),
  ];
}

function renderMetrics({ metrics, tails }: ModelVerdict): string[] {
  if (metrics.length === 0) return [];
  const rows = metrics.map((metric) => {
    const row = describeMetric(metric, tails);
    const word = row.detectable === null ? row.word : `${row.word} (${row.detectable})`;
    return [row.metric, row.base, row.head, row.change, row.interval ?? '–', word];
  });
  return ['', ...alignColumns([['median', 'base', 'head', 'change', 'range', 'verdict'], ...rows]), ''];
}

function nameModel(model: ModelVerdict): string {
  const { from, to, changes } = nameSides(model);
  return `${from}${to === null ? '' : ` → ${to}`}${changes.length === 0 ? '' : `: ${changes.join(', ')}`}`;
}

function writeTrouble({ title, text, names }: Trouble): string {
  return `  ${title}${names.length === 0 ? '' : ` ${names.join(', ')}`}: ${text}`;
}

function limit(lines: readonly string[]): string[] {
  if (lines.length <= mostLines) return [...lines];
  return [...lines.slice(0, mostLines), `  and ${formatQuantity(lines.length - mostLines, 'other')}`];
}

/** Fit for a terminal; the spaces that make columns stay, as plain lines have one at the most. */
function keepAlignment(line: string): string {
  return line
    .split(/( {2,})/)
    .map((part, index) => (index % 2 === 1 ? part : toPlainLine(part, 2000)))
    .join('');
}
