import type { RootContent } from 'mdast';
import type { ModelVerdict, Verdict } from '../../schema/verdict.ts';
import { formatDigest, formatQuantity } from './format.ts';
import { code, heading, list, type Phrase, paragraph, renderMarkdown, table } from './markdown.ts';
import type { AnswerPair } from './verdict-answers.ts';
import { describeAnswers, describeBasis, describeChecks, listCheckChanges } from './verdict-facts.ts';
import type { Section } from './verdict-fit.ts';
import { foldDetails, foldNumbers, shownNotes } from './verdict-folds.ts';
import { formatChange } from './verdict-format.ts';
import {
  describeLevels,
  describeMemory,
  describeMetric,
  listOutstanding,
  nameHeadline,
} from './verdict-rows.ts';
import { joinPhrases, sentence, strong } from './verdict-text.ts';
import { isQuiet, toneOf } from './verdict-words.ts';

/** More than these are folded, or in the report. */
const most = { named: 3, leftOut: 10 };

/** A model of a verdict: what a reviewer has to know, and everything else folded; one without news as a whole. */
export function renderModel(
  verdict: Verdict,
  model: ModelVerdict,
  { answers, isOnly }: { answers: readonly AnswerPair[]; isOnly: boolean },
): Section {
  const open = [heading(3, nameModel(model)), paragraph(sentence(model.joint.line))];
  const facts = listFacts(verdict, model);
  if (!isOnly && isQuiet(model)) {
    return {
      ...{ kind: 'model', rank: 1, markdown: renderMarkdown(open) },
      folds: [foldNumbers(verdict, model, facts)],
    };
  }
  return {
    ...{ kind: 'model', rank: 0, markdown: renderMarkdown([...open, ...facts]) },
    folds: foldDetails(verdict, model, answers),
  };
}

/** `qwen3:8b` → `qwen3:14b`; of a tag that moved, its digests; of options that changed, the tag alone. */
export function nameModel({ base, head }: Pick<ModelVerdict, 'base' | 'head'>): Phrase {
  if (base.name !== head.name) return [code(base.name), ' → ', code(head.name)];
  if (base.digest === head.digest) return code(head.name);
  return [code(head.name), ' ', code(formatDigest(base.digest)), ' → ', code(formatDigest(head.digest))];
}

function listFacts(verdict: Verdict, model: ModelVerdict): RootContent[] {
  const { treatment, metrics, reasons, quality, text } = model;
  const memory = describeMemory(model.memory);
  const outstanding = listOutstanding(model).map(
    ({ prompt, metric, change }): Phrase => [
      code(prompt),
      ` ${nameHeadline(metric)} ${formatChange(change)}`,
    ],
  );
  const facts: Phrase[] = [
    ...(treatment.length === 0
      ? []
      : [['What was changed: ', joinPhrases(treatment.map(sentence), most.leftOut, '; ')]]),
    ...(reasons.length > 0
      ? []
      : [
          ['Checks: ', sentence(describeChecks(quality).join(' ')), nameChecks(model)],
          ['Answers: ', sentence(describeAnswers(text).join(' '))],
        ]),
    ...(outstanding.length === 0
      ? []
      : [['Prompts that stand out: ', joinPhrases(outstanding, most.named), '.']]),
    ...(memory === null ? [] : [memory]),
    ...(model.leftOut.length === 0 ? [] : [describeLeftOut(model)]),
    ...(reasons.length > 0 ? [] : describeBasis(verdict, model).slice(0, shownNotes).map(sentence)),
  ];
  return [
    ...(reasons.length > 0 || metrics.length === 0 ? [] : [renderMetrics(model)]),
    ...(facts.length === 0 ? [] : [list(facts)]),
  ];
}

function renderMetrics({ metrics, tails }: ModelVerdict): RootContent {
  const level = describeLevels(metrics);
  const rows = metrics.map((metric): Phrase[] => {
    const { metric: name, base, head, change, interval, word, detectable } = describeMetric(metric, tails);
    const named = toneOf(word) === 'worse' || toneOf(word) === 'better' ? strong(word) : word;
    return [
      ...[name, base, head, interval === null ? change : `${change} (${interval})`],
      detectable === null ? named : [named, `: ${detectable}`],
    ];
  });
  return table(
    [
      'Metric',
      'Base median',
      'Head median',
      level === null ? 'Change' : `Change (${level} interval)`,
      'Verdict',
    ],
    rows,
  );
}

/** The first few, the worse ones first. */
function nameChecks({ quality }: ModelVerdict): Phrase {
  const changes = listCheckChanges(quality);
  const name = (isBetter: boolean) => {
    const some = changes.filter((it) => it.isBetter === isBetter);
    if (some.length === 0) return '';
    const names = some.map(({ prompt, label }): Phrase => [code(prompt), ` ${label}`]);
    return [' ', strong(isBetter ? 'Better' : 'Worse'), ': ', joinPhrases(names, most.named, '; '), '.'];
  };
  return [name(false), name(true)];
}

function describeLeftOut({ leftOut }: ModelVerdict): Phrase {
  const byReason = [...Map.groupBy(leftOut, ({ reason }) => reason)].map(
    ([reason, of]): Phrase => [
      joinPhrases(
        of.map(({ prompt }) => code(prompt)),
        most.leftOut,
      ),
      ' (',
      sentence(reason.replace(/\.$/, '')),
      ')',
    ],
  );
  return [
    `Left out, ${formatQuantity(leftOut.length, 'prompt')}: `,
    joinPhrases(byReason, most.leftOut, '; '),
    '.',
  ];
}
