import type { RootContent } from 'mdast';
import type { ModelVerdict, Verdict } from '../../schema/verdict.ts';
import { formatQuantity, formatShare } from './format.ts';
import { code, details, list, type Phrase, paragraph, renderMarkdown, table } from './markdown.ts';
import { type AnswerPair, type ChangedAnswer, listChangedAnswers } from './verdict-answers.ts';
import { renderDiff } from './verdict-diff.ts';
import { describeBasis, listCheckChanges } from './verdict-facts.ts';
import type { Fold } from './verdict-fit.ts';
import { formatChange, formatDistance, formatPlainPercent, formatProbability } from './verdict-format.ts';
import { describeTail, listOutstanding, nameHeadline, tailColumns } from './verdict-rows.ts';
import { capPhrases, joinPhrases, sentence, strong } from './verdict-text.ts';
import { wordAnswer } from './verdict-words.ts';

/** More than these are in the report. */
const most = { answers: 10, checks: 30, prompts: 30, vacuous: 10, notes: 30 };
/** What is given up last comes first. */
const ranks = { numbers: 0, answers: 1, prompts: 2, checks: 3, tails: 4, notes: 5 };

/** Of a model there is something to say about: a block for each kind of detail that it has. */
export function foldDetails(verdict: Verdict, model: ModelVerdict, answers: readonly AnswerPair[]): Fold[] {
  const changed = listChangedAnswers(verdict, model, answers, most.answers);
  return [
    fold(describeChanged(model, changed), 'answers', 'answer', changed.flatMap(renderAnswer)),
    fold(
      'Prompts that changed otherwise than the rest',
      'prompts',
      'prompt table',
      renderPrompts(verdict, model),
    ),
    fold('Checks, one by one', 'checks', 'check list', renderChecks(model)),
    fold('Tails, described and not judged', 'tails', 'tail table', renderTails(model)),
    fold('What the numbers rest on', 'notes', 'note list', renderNotes(verdict, model)),
  ].filter(({ pieces }) => pieces.length > 0);
}

/** Of a model without news: everything in one block. */
export function foldNumbers(verdict: Verdict, model: ModelVerdict, facts: readonly RootContent[]): Fold {
  return fold('Its numbers', 'numbers', 'number table', [
    [...facts, ...renderTails(model).flat(), ...renderNotes(verdict, model).flat()],
  ]);
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
    change.changed ? '' : `, ${wordAnswer(change)}`,
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

function renderPrompts({ settings }: Verdict, model: ModelVerdict): RootContent[][] {
  const rows = listOutstanding(model).map(({ prompt, metric, change, adjustedPValue }) => [
    ...[code(prompt), nameHeadline(metric), formatChange(change), formatProbability(adjustedPValue)],
  ]);
  if (rows.length === 0) return [];
  return [
    [
      table(['Prompt', 'Metric', 'Change', 'Adjusted p'], rows.slice(0, most.prompts)),
      paragraph(
        `${formatShare(rows.length, model.promptDetail.length)} prompts × metrics, against what all prompts changed by; at most ${formatPlainPercent(settings.falseDiscoveryRate)} of those named are expected to be false. For who looks for the cause, not an alarm.`,
      ),
    ],
  ];
}

function renderChecks({ quality }: ModelVerdict): RootContent[][] {
  const changes = listCheckChanges(quality).map(
    ({ prompt, label, passed, isBetter }): Phrase => [
      ...[strong(isBetter ? 'better' : 'worse'), ' ', code(prompt), ` ${label}: ${passed}`],
    ],
  );
  const vacuous = (title: string, checks: ModelVerdict['quality']['neverPassed']): Phrase[] =>
    checks.length === 0
      ? []
      : [
          [
            title,
            joinPhrases(
              checks.map(({ prompt, label }): Phrase => [code(prompt), ` ${label}`]),
              most.vacuous,
              '; ',
            ),
            '.',
          ],
        ];
  const items = [
    ...capPhrases(changes, most.checks),
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
  const notes = describeBasis(verdict, model).map(sentence);
  return notes.length === 0 ? [] : [[list(capPhrases(notes, most.notes))]];
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
