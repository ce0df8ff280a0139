import type { RootContent } from 'mdast';
import type { Run, Variant } from '../../schema/run.ts';
import type { Sample } from '../../schema/sample.ts';
import { formatCount, formatQuantity, formatShare } from './format.ts';
import { code, details, heading, list, type Phrase, paragraph } from './markdown.ts';
import { groupUnsupported, listModelNotes, type ModelNotes } from './model-notes.ts';

/** Beyond this a person opens samples.ndjson. */
const mostGroups = 20;
const mostChecks = 100;

/** What there is to say against the run, its models and its requests: each reason once, the most frequent first. */
export function renderProblems({ failures, counts, flags, variants }: Run): RootContent[] {
  const invalid = variants.flatMap((it) => describeNotes(it, 'invalid'));
  return [
    ...section(
      'About this run',
      flags.map(({ code, reason }) => ({ code, message: reason })),
    ),
    ...section('About the models', [
      ...variants.flatMap((it) => describeNotes(it, 'model')),
      ...variants.flatMap(describeUnsupported),
    ]),
    ...section('Failed requests', failures),
    ...section('Left out of the statistics', invalid),
    ...(counts.invalid > 0 && invalid.length === 0
      ? [
          paragraph(
            `${formatQuantity(counts.invalid, 'sample')} flagged invalid and left out of the statistics: samples.ndjson says why.`,
          ),
        ]
      : []),
    ...section(
      'Samples with a remark',
      variants.flatMap((it) => describeNotes(it, 'remarks')),
    ),
  ];
}

/**
 * A folded block with the checks that a model's answers failed, or nothing. Reasons are in the samples; without them
 * it says how many answers of each prompt failed.
 */
export function renderFailedChecks(run: Run, variant: Variant, samples: readonly Sample[]): RootContent[] {
  const failed = variant.checks.answers - variant.checks.answersPassed;
  if (failed === 0) return [];
  const own = samples.filter((sample) => sample.variant === variant.key && sample.phase === 'bare');
  const items = own.length > 0 ? describeFailedChecks(own) : describeFailedPrompts(run, variant);
  const title = `${variant.name}: ${formatShare(failed, variant.checks.answers)} answers failed a check`;
  return details(title, [list(limit(items, mostChecks))]);
}

interface Problem {
  code: string;
  message: string;
  model?: string;
  sample?: string;
  /** How often; once where it is left out. */
  count?: number;
}

function describeNotes(variant: Variant, kind: keyof ModelNotes): Problem[] {
  return listModelNotes(variant)[kind].map(({ code, times, reason }) => ({
    ...{ code, model: variant.name, count: times },
    message: times === 1 ? reason : `First: ${reason}`,
  }));
}

function describeUnsupported(variant: Variant): Problem[] {
  return groupUnsupported(variant).map(({ reason, prompts }) => ({
    ...{ code: 'not-asked', model: variant.name, count: prompts.length },
    message: `${reason} Left out: ${prompts.join(', ')}.`,
  }));
}

function section(title: string, problems: readonly Problem[]): RootContent[] {
  if (problems.length === 0) return [];
  const groups = Map.groupBy(problems, ({ code, message, model }) => JSON.stringify([code, message, model]));
  const items = [...groups.values()]
    .map((group) => ({ group, times: group.reduce((sum, { count = 1 }) => sum + count, 0) }))
    .sort((a, b) => b.times - a.times)
    .flatMap(({ group: [first], times }): Phrase[] => {
      if (!first) return [];
      const { code: name, message, model, sample } = first;
      return [
        [
          times === 1 ? '' : `${formatCount(times)} × `,
          code(name),
          ' ',
          model === undefined ? '' : [code(model), ' '],
          message,
          sample === undefined ? '' : [times === 1 ? ' In ' : ' First in ', code(sample)],
        ],
      ];
    });
  return [heading(3, title), list(limit(items, mostGroups))];
}

function describeFailedChecks(samples: readonly Sample[]): Phrase[] {
  const answers = Map.groupBy(
    samples.filter(({ checks }) => checks.length > 0),
    ({ prompt }) => prompt ?? '',
  );
  return [...answers].flatMap(([prompt, asked]) => {
    const failures = asked.flatMap(({ checks }) => checks.filter(({ pass }) => !pass));
    const groups = Map.groupBy(failures, ({ label, reason }) => JSON.stringify([label, reason]));
    return [...groups.values()].flatMap(([first, ...others]): Phrase[] => {
      if (!first) return [];
      const share = asked.length === 1 ? '' : ` (${formatShare(others.length + 1, asked.length)} answers)`;
      return [[code(prompt), ' ', first.label, ': ', first.reason, share]];
    });
  });
}

function describeFailedPrompts(run: Run, variant: Variant): Phrase[] {
  return run.series
    .filter((series) => series.variant === variant.key && series.checks.answersPassed < series.checks.answers)
    .map(({ prompt, checks }) => {
      const failed = checks.answers - checks.answersPassed;
      return [code(prompt), ` ${formatShare(failed, checks.answers)} answers failed`];
    });
}

function limit(items: readonly Phrase[], most: number): readonly Phrase[] {
  if (items.length <= most) return items;
  return [...items.slice(0, most), `and ${formatCount(items.length - most)} more: see samples.ndjson`];
}
