import type { RootContent } from 'mdast';
import type { ModelVerdict, Verdict } from '../../schema/verdict.ts';
import { describeJointTail } from '../compare/joint-line.ts';
import { formatQuantity } from './format.ts';
import { code, heading, list, type Phrase, paragraph, renderMarkdown, table } from './markdown.ts';
import type { AnswerPair } from './verdict-answers.ts';
import { describeAnswers, describeChecks, listCheckChanges } from './verdict-facts.ts';
import type { Section } from './verdict-fit.ts';
import { foldDetails, foldNumbers } from './verdict-folds.ts';
import { formatChange } from './verdict-format.ts';
import { writeOutcome } from './verdict-outcome.ts';
import { describeMemory, describeMetric, listOutstanding, nameHeadline } from './verdict-rows.ts';
import { nameSides } from './verdict-sides.ts';
import { capPhrases, joinPhrases, sentence, strong } from './verdict-text.ts';
import { listLosses, type Trouble } from './verdict-trouble.ts';
import { isQuiet, toneOf } from './verdict-words.ts';

/** More than these are folded, or in the report. */
const most = { worse: 5, named: 3, leftOut: 10, changes: 4, losses: 8 };

/**
 * A model of a verdict: what came to nothing and what got worse, then the table, then everything else folded. One without
 * news is folded as a whole.
 */
export function renderModel(
  verdict: Verdict,
  model: ModelVerdict,
  { answers, isOnly }: { answers: readonly AnswerPair[]; isOnly: boolean },
): Section {
  const title = heading(3, nameModel(model));
  const facts = listFacts(model);
  if (!isOnly && isQuiet(model)) {
    const line = writeOutcome(model, model.joint.speed, verdict.settings.floor);
    return {
      ...{ kind: 'model', rank: 1, markdown: renderMarkdown([title, paragraph(sentence(line))]) },
      folds: [foldNumbers(verdict, model, facts)],
    };
  }
  return {
    ...{ kind: 'model', rank: 0, markdown: renderMarkdown([title, ...listNews(model), ...facts]) },
    folds: foldDetails(verdict, model, answers),
  };
}

/** `qwen3:8b` → `qwen3:14b`; of one tag what was changed of it: `qwen3:8b`: num_ctx 512 → 1024. */
export function nameModel(model: Pick<ModelVerdict, 'base' | 'head'>): Phrase {
  const { from, to, changes } = nameSides(model);
  const tags: Phrase = to === null ? code(from) : [code(from), ' → ', code(to)];
  return changes.length === 0 ? tags : [tags, ': ', joinPhrases(changes.map(sentence), most.changes)];
}

/** What has to be read first: why there is no verdict, what came to nothing, and the checks that passed before. */
function listNews(model: ModelVerdict): RootContent[] {
  const { reasons, quality } = model;
  const { also } = nameSides(model);
  const worse = listCheckChanges(quality)
    .filter(({ isBetter }) => !isBetter)
    .map(({ prompt, label, passed }): Phrase => [code(prompt), ` ${label}: ${passed}`]);
  const losses = listLosses(model).map(renderTrouble);
  return [
    ...(reasons.length === 0
      ? []
      : [paragraph('Not comparable. ', sentence(reasons.map(({ reason }) => reason).join(' ')))]),
    ...(losses.length === 0 ? [] : [list(capPhrases(losses, most.losses))]),
    ...(worse.length === 0
      ? []
      : [paragraph(strong('Checks that pass less often than before')), list(capPhrases(worse, most.worse))]),
    ...(also.length === 0 ? [] : [paragraph('Changed with it: ', joinPhrases(also.map(sentence), 9), '.')]),
  ];
}

/** `**Ended early** after 4 of at most 12 loads: …`, or of prompts and models `**Lost, 2 prompts** `a`, `b`: …`. */
export function renderTrouble({ title, text, names }: Trouble): Phrase {
  const of: Phrase =
    names.length === 0
      ? ''
      : [
          ' ',
          joinPhrases(
            names.map((it) => code(it)),
            most.leftOut,
          ),
          ':',
        ];
  return [strong(title), of, ' ', sentence(text)];
}

function listFacts(model: ModelVerdict): RootContent[] {
  const { metrics, reasons, quality, text } = model;
  const memory = describeMemory(model.memory);
  const tail = describeJointTail(model.tails);
  const outstanding = listOutstanding(model).map(
    ({ prompt, metric, change }): Phrase => [
      code(prompt),
      ` ${nameHeadline(metric)} ${formatChange(change)}`,
    ],
  );
  const facts: Phrase[] = [
    ...(reasons.length > 0
      ? []
      : [
          ['Checks. ', sentence(describeChecks(quality).join(' ')), nameBetter(model)],
          ['Answers. ', sentence(describeAnswers(text).join(' '))],
        ]),
    ...(outstanding.length === 0
      ? []
      : [['Prompts that changed otherwise than the rest: ', joinPhrases(outstanding, most.named), '.']]),
    ...(tail === null ? [] : [tail]),
    ...(memory === null ? [] : [`${memory}.`]),
    ...(model.leftOut.length === 0 ? [] : [describeLeftOut(model)]),
  ];
  return [
    ...(reasons.length > 0 || metrics.every(({ word }) => word === 'not comparable')
      ? []
      : [renderMetrics(model)]),
    ...(facts.length === 0 ? [] : [list(facts)]),
  ];
}

function renderMetrics({ metrics, tails }: ModelVerdict): RootContent {
  const rows = metrics.map((metric): Phrase[] => {
    const { metric: name, base, head, change, interval, word, detectable } = describeMetric(metric, tails);
    const named = toneOf(word) === 'worse' || toneOf(word) === 'better' ? strong(word) : word;
    return [
      ...[name, base, head, change, interval ?? '–'],
      detectable === null ? named : [named, `: ${detectable}`],
    ];
  });
  return table(['Metric', 'Base', 'Head', 'Change', 'Range', 'Verdict'], rows);
}

/** The first few that pass more often. */
function nameBetter({ quality }: ModelVerdict): Phrase {
  const better = listCheckChanges(quality).filter(({ isBetter }) => isBetter);
  if (better.length === 0) return '';
  const names = better.map(({ prompt, label }): Phrase => [code(prompt), ` ${label}`]);
  return [' Better: ', joinPhrases(names, most.named, '; '), '.'];
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
