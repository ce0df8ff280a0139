import type { Link, RootContent } from 'mdast';
import type { ModelVerdict, Verdict } from '../../schema/verdict.ts';
import { formatQuantity, missing } from './format.ts';
import { code, details, heading, list, type Phrase, paragraph, renderMarkdown, table } from './markdown.ts';
import type { AnswerPair } from './verdict-answers.ts';
import { describeDesign, describeMethod } from './verdict-facts.ts';
import { fitSections, type LeftOut, type Section } from './verdict-fit.ts';
import { describeOutcome } from './verdict-headline.ts';
import { nameModel, renderModel, renderTrouble } from './verdict-model.ts';
import { measureSizes } from './verdict-outcome.ts';
import { capPhrases, sentence, strong } from './verdict-text.ts';
import { listCircumstances } from './verdict-trouble.ts';
import { defineWords, toneOf } from './verdict-words.ts';

/** GitHub takes 65,536 characters in a comment; the rest is for what a caller sets around it. */
export const maxCommentBytes = 60_000;
/** More comparisons than anybody reads in a table. */
const mostRows = 50;
const mostMethods = 20;
const mostCircumstances = 5;

export interface VerdictsOptions {
  /** Where the whole report can be opened; null where there is none. */
  reportUrl: string | null;
  /** The answers that differ; without them it is only said how many do. */
  answers?: readonly AnswerPair[];
  /** Of UTF-8, and so the most characters, too. */
  maxBytes?: number;
}

/**
 * The verdicts of a campaign, one for each machine, as GitHub-flavoured Markdown for a comment or a job summary: what
 * came out over all, then model by model one line to act on, a table, and details folded. What has no room is left out,
 * what is folded first, and it says so.
 */
export function renderVerdicts(verdicts: readonly Verdict[], options: VerdictsOptions): string {
  const { reportUrl, answers = [], maxBytes = maxCommentBytes } = options;
  const count = verdicts.reduce((sum, { models }) => sum + models.length, 0);
  const title = heading(2, sentence(`Herdmark: ${describeOutcome(verdicts)}`));
  const sections = verdicts.flatMap((verdict) => [
    renderMachine(verdict, verdicts.length === 1),
    ...verdict.models.map((model) => renderModel(verdict, model, { answers, isOnly: count === 1 })),
  ]);
  const link: Phrase[] =
    reportUrl === null ? [] : [[linkTo(reportUrl, 'The whole report'), ', with every answer that changed.']];
  return fitSections(
    {
      head: renderMarkdown([title, ...(link.length === 0 ? [] : [paragraph(link)])]),
      sections: [...(count > 1 ? [renderOverview(verdicts)] : []), ...sections],
      foot: renderMarkdown(explain(verdicts)),
    },
    maxBytes,
    (leftOut) => renderMarkdown([paragraph(describeLeftOut(leftOut, reportUrl))]),
  );
}

/** Of several comparisons, a line each: whoever has a minute reads on where a word is bold. */
function renderOverview(verdicts: readonly Verdict[]): Section {
  const rows = verdicts.flatMap(({ machine, models, settings }) =>
    models.map((model): Phrase[] => {
      const { speed, quality, text } = model.joint;
      const sizes = measureSizes(model, settings.floor);
      const checks = [sizes.requests, sizes.checks].filter((it) => it !== null).join('; ');
      return [
        nameModel(model),
        ...(verdicts.length > 1 ? [machine.label] : []),
        ...[sized(speed, sizes.speed), sized(quality, checks || null), sized(text, sizes.answers)],
        sizes.memory ?? (model.joint.memory === null ? missing : 'as before'),
      ];
    }),
  );
  const columns = [
    'Model',
    ...(verdicts.length > 1 ? ['Machine'] : []),
    'Speed',
    'Checks',
    'Answers',
    'Memory',
  ];
  const rest = rows.length - mostRows;
  return {
    ...{ kind: 'overview', rank: -1, folds: [] },
    markdown: renderMarkdown([
      table(columns, rows.slice(0, mostRows), 'left'),
      ...(rest > 0 ? [paragraph(`${formatQuantity(rest, 'more comparison')}: see below.`)] : []),
    ]),
  };
}

const readings =
  'Base and head are medians; a change is of pairs, prompt by prompt, and not their quotient. E2E at matched length is how long head takes for an answer as long as base’s.';

/** What a machine measured, of which commit, and what was in the way. */
function renderMachine(verdict: Verdict, isOnly: boolean): Section {
  const { machine, head } = verdict;
  const name: Phrase = [machine.label, ' (', code(machine.id), ')'];
  const circumstances = listCircumstances(verdict).map(renderTrouble);
  const commit: Phrase = head.source.sha === null ? '' : [' of ', code(head.source.sha.slice(0, 12))];
  return {
    ...{ kind: 'machine', rank: 0, folds: [] },
    markdown: renderMarkdown([
      ...(isOnly ? [] : [heading(2, 'On ', name)]),
      paragraph(isOnly ? ['On ', name, '. '] : '', describeDesign(verdict), commit, '.'),
      ...(circumstances.length === 0 ? [] : [list(capPhrases(circumstances, mostCircumstances))]),
    ]),
  };
}

/** A word with what it is about, bold where it is news. */
function sized(word: ModelVerdict['joint']['speed' | 'text'], size: string | null): Phrase {
  const isNews = toneOf(word) === 'worse' || toneOf(word) === 'better' || word === 'changed';
  return [isNews ? strong(word) : word, size === null ? '' : `: ${size}`];
}

/** The five words, and how each machine came to them. */
function explain(verdicts: readonly Verdict[]): RootContent[] {
  const [first] = verdicts;
  if (first === undefined) return [];
  const words = defineWords(first.settings).map(({ word, meaning }): Phrase => [strong(word), ': ', meaning]);
  const methods = new Set(verdicts.flatMap(describeMethod));
  return details('How to read this', [list(words), list([...[...methods].slice(0, mostMethods), readings])]);
}

function describeLeftOut(leftOut: readonly LeftOut[], reportUrl: string | null): Phrase {
  const counts = leftOut.map(({ kind, count }) => formatQuantity(count, kind)).join(', ');
  const where: Phrase =
    reportUrl === null ? '' : [' ', linkTo(reportUrl, 'The whole report'), ' has everything.'];
  return [`Left out as too long: ${counts}.`, where];
}

function linkTo(url: string, text: string): Link {
  return { type: 'link', url, children: [{ type: 'text', value: text }] };
}
