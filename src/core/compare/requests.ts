import type { Sample } from '../../schema/sample.ts';
import type { LostPrompt, RequestCounts, RequestsVerdict, VerdictWord } from '../../schema/verdict.ts';
import { invalidates } from '../flags.ts';
import { toPlainLine } from '../render/untrusted-text.ts';
import { fisherExact } from './distributions.ts';
import { adjustHolm } from './multiple-tests.ts';
import { isToCompare } from './pair-samples.ts';
import type { Side } from './side.ts';

export type RequestsEstimate = Omit<RequestsVerdict, 'word' | 'adjustedPValue'>;

/** What became of a request. A load that failed is known by its failure alone: a history keeps no samples of loads. */
type Outcome = Pick<Sample, 'status' | 'error' | 'flags'>;

const longestReason = 500;

/** Failures of Herdmark's own making: they say nothing of the model. */
const brokenOff: readonly string[] = ['interrupted', 'cancelled', 'still-loaded'];

/** Whether the model left a request without an answer: it failed, or all of its budget went into thinking. */
export function isUnanswered({ status, error, flags }: Outcome): boolean {
  if (status === 'failed') return !brokenOff.includes(error?.code ?? '');
  return flags.some(({ code }) => code === 'thinking-exhausted');
}

/**
 * Counts what base and head left without an answer. The loads count too; and of the other requests those that the rest of
 * a verdict is made of: bare, or timed one at a time, to the prompts that are compared.
 */
export function compareRequests(
  base: readonly Side[],
  head: Side,
  prompts: readonly string[],
): RequestsEstimate {
  const asked = { base: listAsked(base, prompts), head: listAsked([head], prompts) };
  const counts = { base: countRequests(asked.base), head: countRequests(asked.head) };
  const lost = prompts.flatMap((prompt) => [
    ...findLoss(prompt, 'base', asked.base, asked.head),
    ...findLoss(prompt, 'head', asked.head, asked.base),
  ]);
  const { base: before, head: after } = counts;
  return {
    ...counts,
    pValue:
      before.unanswered + after.unanswered === 0
        ? null
        : fisherExact(before.unanswered, before.asked, after.unanswered, after.asked),
    lost,
  };
}

/**
 * The word for each model: regressed where a prompt is a total loss of head's alone, or more was left unanswered at `alpha`,
 * Holm over the models. Requests that fail together, as in a moment without a network, hit both sides where they are
 * asked in turn.
 */
export function judgeRequests(
  estimates: readonly (RequestsEstimate | null)[],
  alpha: number,
): (Pick<RequestsVerdict, 'word' | 'adjustedPValue'> | null)[] {
  const tested = estimates.filter((it) => it !== null && it.pValue !== null);
  const adjusted = adjustHolm(tested.map((it) => it?.pValue ?? 1));
  return estimates.map((it) => {
    if (it === null) return null;
    const adjustedPValue = adjusted[tested.indexOf(it)] ?? null;
    return { word: findWord(it, adjustedPValue, alpha), adjustedPValue };
  });
}

function findWord(
  { base, head, lost }: RequestsEstimate,
  adjustedPValue: number | null,
  alpha: number,
): VerdictWord {
  if (base.asked === 0 || head.asked === 0) return 'not comparable';
  const isTotal = (side: LostPrompt['side']) => lost.some((it) => it.side === side && it.total);
  if (isTotal('head') !== isTotal('base')) return isTotal('head') ? 'regressed' : 'improved';
  if (adjustedPValue === null) return 'unchanged';
  if (adjustedPValue > alpha) return 'inconclusive';
  return head.unanswered / head.asked > base.unanswered / base.asked ? 'regressed' : 'improved';
}

interface Asked {
  samples: readonly Sample[];
  loads: number;
  failedLoads: readonly Outcome[];
}

function listAsked(sides: readonly Side[], prompts: readonly string[]): Asked {
  const compared = new Set(prompts);
  const failedLoads = sides.flatMap(listFailedLoads);
  return {
    samples: sides.flatMap(({ samples }) =>
      samples.filter(
        (it) => it.prompt !== null && compared.has(it.prompt) && (it.phase === 'bare' || isToCompare(it)),
      ),
    ),
    loads: sides.reduce((sum, { variant }) => sum + variant.loadMs.n, failedLoads.length),
    failedLoads,
  };
}

function listFailedLoads({ run, variant }: Side): Outcome[] {
  return run.failures
    .filter(({ sample }) => sample.startsWith(`${variant.key}/load`) && sample.endsWith('/load'))
    .map(({ code, message }) => ({ status: 'failed', error: { code, message }, flags: [] }));
}

function countRequests({ samples, loads, failedLoads }: Asked): RequestCounts {
  const all = [...failedLoads, ...samples];
  return {
    asked: samples.length + loads,
    failed: all.filter(({ status }) => status === 'failed').length,
    invalid: all.filter(({ status }) => status === 'invalid').length,
    unanswered: all.filter(isUnanswered).length,
    causes: listCauses(all),
  };
}

/** What a prompt lost on one side, if it did; what counts against the side by itself shows beside the other. */
function findLoss(prompt: string, side: LostPrompt['side'], own: Asked, other: Asked): LostPrompt[] {
  const samples = own.samples.filter((it) => it.prompt === prompt);
  const [bare, timed] = [samples.filter(isBare), samples.filter((it) => !isBare(it))];
  const [hasAnswers, hasReadings] = [bare.some(isValid), timed.some(isValid)];
  if (hasAnswers && hasReadings) return [];
  const lost = hasAnswers ? 'readings' : hasReadings ? 'answers' : 'everything';
  const asked = lost === 'readings' ? timed : lost === 'answers' ? bare : samples;
  const unanswered = asked.filter(isUnanswered).length;
  const total = lost === 'everything' && unanswered === asked.length && isTotal(prompt, own, other);
  const [cause] = listCauses(asked.length > 0 ? asked : own.failedLoads);
  const { code, reason } = cause ?? notAsked;
  return [{ prompt, side, lost, asked: asked.length, unanswered, total, code, reason }];
}

/**
 * Whether it counts by itself that a side answered none of a prompt's requests: where the other one, which answers each
 * prompt always or never, always answers this one. Of one that answers now and then few requests would say so by chance.
 */
function isTotal(prompt: string, own: Asked, other: Asked): boolean {
  const isOf = (it: Sample) => it.prompt === prompt;
  const there = other.samples.filter(isOf);
  if (there.some(isUnanswered) || !isSteady(other)) return false;
  return own.samples.some(isOf) ? there.length > 0 : isNeverLoaded(own) && isAlwaysLoaded(other);
}

function isSteady({ samples }: Asked): boolean {
  const prompts = Map.groupBy(samples, ({ prompt }) => prompt);
  return [...prompts.values()].every((alike) => !alike.some(isUnanswered) || alike.every(isUnanswered));
}

function isBare({ phase }: Sample): boolean {
  return phase === 'bare';
}

function isValid({ status }: Sample): boolean {
  return status === 'ok';
}

const notAsked = {
  code: 'not-asked',
  reason: 'It was not asked: nothing came of the load, or the run had ended.',
};

function isNeverLoaded({ loads, failedLoads }: Asked): boolean {
  return loads > 0 && failedLoads.filter(isUnanswered).length === loads;
}

function isAlwaysLoaded({ loads, failedLoads }: Asked): boolean {
  return loads > 0 && failedLoads.length === 0;
}

type Cause = RequestCounts['causes'][number];

/** The most frequent first. */
function listCauses(outcomes: readonly Outcome[]): Cause[] {
  const causes = outcomes.flatMap(({ status, error, flags }): Omit<Cause, 'count'>[] => {
    if (status === 'failed')
      return [{ status, code: error?.code ?? 'unknown', reason: error?.message ?? '' }];
    if (status === 'ok') return [];
    return flags.filter(invalidates).map(({ code, reason }) => ({ status, code, reason }));
  });
  return [...Map.groupBy(causes, ({ status, code }) => `${status} ${code}`).values()]
    .flatMap((alike) => {
      const [first] = alike;
      if (first === undefined) return [];
      // Perhaps in the words of a server, or of whoever made the artifact.
      const reason = toPlainLine(first.reason, longestReason) || first.code;
      return { ...first, reason, count: alike.length };
    })
    .sort((a, b) => b.count - a.count);
}
