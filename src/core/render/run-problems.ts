import type { RootContent } from 'mdast';
import type { Run, Variant } from '../../schema/run.ts';
import type { Flag, Sample } from '../../schema/sample.ts';
import { formatCount, formatQuantity, formatShare } from './format.ts';
import { code, details, heading, list, type Phrase, paragraph } from './markdown.ts';

/** Beyond this a person opens samples.ndjson. */
const mostGroups = 20;
const mostChecks = 100;

/** What went wrong with the run and its requests: reasons, each once, the most frequent first. */
export function renderFailures(run: Run, samples: readonly Sample[]): RootContent[] {
  const { failures, counts, flags } = run;
  const invalid = samples.filter(({ status }) => status === 'invalid');
  const reasons = invalid.flatMap(({ id, flags }) =>
    flags.map((flag) => ({ ...describeFlag(flag), sample: id })),
  );
  const unexplained = counts.invalid > 0 && reasons.length === 0;
  return [
    ...section('About this run', flags.map(describeFlag)),
    ...section('Failed requests', failures),
    ...section('Invalid samples, left out of the statistics', reasons),
    ...(unexplained
      ? [
          paragraph(
            `${formatQuantity(counts.invalid, 'sample')} flagged invalid and left out of the statistics: samples.ndjson says why.`,
          ),
        ]
      : []),
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
  sample?: string;
}

function describeFlag({ code, reason }: Flag): Problem {
  return { code, message: reason };
}

function section(title: string, problems: readonly Problem[]): RootContent[] {
  if (problems.length === 0) return [];
  const groups = Map.groupBy(problems, ({ code, message }) => JSON.stringify([code, message]));
  const items = [...groups.values()]
    .sort((a, b) => b.length - a.length)
    .flatMap(([first, ...others]): Phrase[] => {
      if (!first) return [];
      const count = others.length === 0 ? [] : [`${formatCount(others.length + 1)} × `];
      const where =
        first.sample === undefined ? [] : [others.length === 0 ? ' In ' : ' First in ', code(first.sample)];
      return [[...count, code(first.code), ' ', first.message, ...where]];
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
