import type { RootContent } from 'mdast';
import type { ModelVerdict, Verdict } from '../../schema/verdict.ts';
import { formatDigest, formatQuantity, formatShare } from './format.ts';
import { code, details, heading, list, type Phrase, paragraph, renderMarkdown, table } from './markdown.ts';
import { type AnswerPair, type ChangedAnswer, listChangedAnswers } from './verdict-answers.ts';
import { renderDiff } from './verdict-diff.ts';
import { describeAnswers, describeBasis, describeChecks, listCheckChanges } from './verdict-facts.ts';
import type { Fold, Section } from './verdict-fit.ts';
import { formatChange, formatDistance, formatPlainPercent, formatProbability } from './verdict-format.ts';
import {
  describeLevels,
  describeMemory,
  describeMetric,
  describeTail,
  nameHeadline,
  tailColumns,
} from './verdict-rows.ts';
import { sentence, strong } from './verdict-text.ts';
import { isQuiet, toneOf } from './verdict-words.ts';

/** More than these are in the report. */
const most = { named: 3, answers: 10, checks: 30, prompts: 30, leftOut: 10, notes: 2 };
/** What is given up last comes first. */
const ranks = { loud: 0, quiet: 1, numbers: 2, answers: 3, prompts: 4, checks: 5, tails: 6, notes: 7 };

/** A model of a verdict: what a reviewer has to know, and everything else folded. A quiet one is folded as a whole. */
export function renderModel(
  verdict: Verdict,
  model: ModelVerdict,
  { answers, isOnly }: { answers: readonly AnswerPair[]; isOnly: boolean },
): Section {
  const isFolded = !isOnly && isQuiet(model);
  const open = [heading(3, nameModel(model)), paragraph(sentence(model.joint.line))];
  const facts = listFacts(verdict, model);
  const changed = listChangedAnswers(verdict, model, answers, most.answers);
  const [tails, notes] = [renderTails(model), renderNotes(verdict, model)];
  return {
    ...{ kind: 'model', rank: isFolded ? ranks.quiet : ranks.loud },
    markdown: renderMarkdown(isFolded ? open : [...open, ...facts]),
    folds: isFolded
      ? [fold('Its numbers', 'numbers', 'number table', [facts, ...tails, ...notes])]
      : [
          fold(describeChanged(model, changed), 'answers', 'answer', changed.flatMap(renderAnswer)),
          fold('Prompts that stand out', 'prompts', 'prompt table', renderPrompts(model, verdict.settings)),
          fold('Checks, one by one', 'checks', 'check list', renderChecks(model)),
          fold('Tails, described and not judged', 'tails', 'tail table', tails),
          fold('What else there is to say', 'notes', 'note list', notes),
        ].filter(({ pieces }) => pieces.length > 0),
  };
}

/** `qwen3:8b` → `qwen3:14b`; of a tag that moved, its digests; of options that changed, the tag alone. */
export function nameModel({ base, head }: Pick<ModelVerdict, 'base' | 'head'>): Phrase {
  if (base.name !== head.name) return [code(base.name), ' → ', code(head.name)];
  if (base.digest === head.digest) return code(head.name);
  return [code(head.name), ' ', code(formatDigest(base.digest)), ' → ', code(formatDigest(head.digest))];
}

function listFacts(verdict: Verdict, model: ModelVerdict): RootContent[] {
  const { treatment, metrics, reasons, promptDetail, quality, text } = model;
  const memory = describeMemory(model.memory);
  const outstanding = promptDetail.filter(({ standsOut }) => standsOut);
  const facts: Phrase[] = [
    ...(treatment.length === 0 ? [] : [['What was changed: ', joinPhrases(treatment.map(sentence), '; ')]]),
    ...(reasons.length > 0
      ? []
      : [
          ['Checks: ', sentence(describeChecks(quality).join(' ')), nameChecks(model)],
          ['Answers: ', sentence(describeAnswers(text).join(' '))],
        ]),
    ...(outstanding.length === 0
      ? []
      : [['Prompts that stand out: ', limit(outstanding.map(describePrompt), most.named), '.']]),
    ...(memory === null ? [] : [memory]),
    ...(model.leftOut.length === 0 ? [] : [describeLeftOut(model)]),
    ...(reasons.length > 0 ? [] : describeBasis(verdict, model).slice(0, most.notes).map(sentence)),
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
    return [' ', strong(isBetter ? 'Better' : 'Worse'), ': ', limit(names, most.named), '.'];
  };
  return [name(false), name(true)];
}

function describeLeftOut({ leftOut }: ModelVerdict): Phrase {
  const byReason = [...Map.groupBy(leftOut, ({ reason }) => reason)].map(
    ([reason, of]): Phrase => [
      limit(
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
    limit(byReason, most.leftOut, '; '),
    '.',
  ];
}

function describeChanged({ text }: ModelVerdict, changed: readonly ChangedAnswer[]): string {
  const shown = changed.filter(({ found }) => found !== null).length;
  return shown === text.changes.length
    ? `Answers that differ: ${formatQuantity(shown, 'prompt')}`
    : `Answers that differ most: ${formatShare(shown, text.changes.length)} prompts`;
}

function renderAnswer({ change, found }: ChangedAnswer): RootContent[][] {
  if (found === null) return [];
  const { diff, base, head } = found;
  const notes = [
    change.changed ? '' : ', within self-disagreement',
    diff.by === 'json' ? ', as JSON with its keys in order' : '',
    diff.parts === null ? ', too different for a diff' : '',
    diff.isCut ? ', the beginning' : '',
  ].join('');
  return [
    [
      paragraph(code(change.prompt), `: distance ${formatDistance(change.distance)}${notes}`),
      renderDiff(diff, base, head),
    ],
  ];
}

function describePrompt({ prompt, metric, change }: ModelVerdict['promptDetail'][number]): Phrase {
  return [code(prompt), ` ${nameHeadline(metric)} ${formatChange(change)}`];
}

function renderPrompts(
  { promptDetail }: ModelVerdict,
  { falseDiscoveryRate }: Verdict['settings'],
): RootContent[][] {
  const rows = promptDetail
    .filter(({ standsOut }) => standsOut)
    .sort((a, b) => b.logRatio - a.logRatio)
    .map(({ prompt, metric, change, adjustedPValue }) => [
      ...[code(prompt), nameHeadline(metric), formatChange(change), formatProbability(adjustedPValue)],
    ]);
  if (rows.length === 0) return [];
  return [
    [
      table(['Prompt', 'Metric', 'Change', 'Adjusted p'], rows.slice(0, most.prompts)),
      paragraph(
        `${formatShare(rows.length, promptDetail.length)} prompts × metrics; at most ${formatPlainPercent(falseDiscoveryRate)} of those named are expected to be false. For who looks for the cause, not an alarm.`,
      ),
    ],
  ];
}

function renderChecks({ quality }: ModelVerdict): RootContent[][] {
  const changes = listCheckChanges(quality).map(
    ({ prompt, label, passed, isBetter }): Phrase => [
      ...[strong(isBetter ? 'better' : 'worse'), ' ', code(prompt), ` ${label}: ${passed} answers passed`],
    ],
  );
  const vacuous = (title: string, checks: ModelVerdict['quality']['neverPassed']): Phrase[] =>
    checks.length === 0
      ? []
      : [
          [
            title,
            limit(
              checks.map(({ prompt, label }): Phrase => [code(prompt), ` ${label}`]),
              most.leftOut,
            ),
            '.',
          ],
        ];
  const items = [
    ...cap(changes, most.checks),
    ...vacuous('No answer of either side failed: ', quality.neverFailed),
    ...vacuous('No answer of either side passed: ', quality.neverPassed),
  ];
  return items.length === 0 ? [] : [[list(items)]];
}

function renderTails({ tails }: ModelVerdict): RootContent[][] {
  return tails.length === 0 ? [] : [[table([...tailColumns], tails.map(describeTail))]];
}

function renderNotes(verdict: Verdict, model: ModelVerdict): RootContent[][] {
  if (model.reasons.length > 0) return [];
  const notes = describeBasis(verdict, model).slice(most.notes).map(sentence);
  return notes.length === 0 ? [] : [[list(cap(notes, most.checks))]];
}

function fold(
  title: string,
  rank: keyof typeof ranks,
  kind: string,
  pieces: readonly (readonly RootContent[])[],
): Fold {
  const [open, close] = details(title, []).map((node) => renderMarkdown([node]));
  return {
    ...{ open: open ?? '', close: close ?? '', rank: ranks[rank], kind },
    pieces: pieces.map((nodes) => ({ markdown: renderMarkdown(nodes) })),
  };
}

function joinPhrases(phrases: readonly Phrase[], separator = ', '): Phrase {
  return phrases.flatMap((phrase, index) => (index === 0 ? [phrase] : [separator, phrase]));
}

function cap(phrases: readonly Phrase[], count: number): readonly Phrase[] {
  if (phrases.length <= count) return phrases;
  return [...phrases.slice(0, count), `and ${formatQuantity(phrases.length - count, 'other')}`];
}

function limit(phrases: readonly Phrase[], count: number, separator?: string): Phrase {
  return joinPhrases(cap(phrases, count), separator);
}
