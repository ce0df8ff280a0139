import { currentSchemaVersion } from '../../schema/documents.ts';
import type { Variant } from '../../schema/run.ts';
import type {
  HeadlineMetric,
  MetricVerdict,
  ModelVerdict,
  Reason,
  Verdict,
  VerdictSettings,
} from '../../schema/verdict.ts';
import { atLeisure, type WithinLimit } from '../checks/judge-answer.ts';
import { describeTreatment, findIncomparable } from '../epochs.ts';
import type { HashText } from '../hash.ts';
import { listAnswered, listJudged } from './bare-answers.ts';
import { listVerdictFlags } from './circumstances.ts';
import { type EffectEstimate, estimateEffect, type StoredLoads } from './estimate-effect.ts';
import { headlineMetrics, measureHeadline } from './headline-metrics.ts';
import { estimateAgainstRuns, pairWithEarlierModels, pairWithRuns } from './history-effect.ts';
import { judgeTogether } from './judge-together.ts';
import { matchPrompts } from './match-prompts.ts';
import { compareMemory } from './memory.ts';
import { isCompared, pairSamples, readPairs } from './pair-samples.ts';
import { detailPrompts } from './prompt-detail.ts';
import { compareQuality } from './quality.ts';
import { compareRequests } from './requests.ts';
import type { Side } from './side.ts';
import { describeTails } from './tails.ts';
import { compareTexts } from './text-changes.ts';

/** One model that was changed. */
export interface Comparison {
  /** One side measured in the same job, or several earlier runs of one epoch. */
  base: readonly [Side, ...Side[]];
  head: Side;
  /** Earlier runs of what base's tag stood for before, in its epoch: how much nights differ, they tell too. */
  noise?: readonly Side[];
}

export interface VerdictInput {
  design: Verdict['design'];
  /** All of one machine. */
  models: readonly [Comparison, ...Comparison[]];
  /** Of earlier loads on this machine; none where it has none. */
  stored: readonly StoredLoads[];
  settings: VerdictSettings;
  /** What a run that measured both sides tells of itself. */
  planned?: Pick<Verdict, 'endedEarly' | 'added' | 'removed'>;
  hashText: HashText;
  /** For what judges answers again: whose checks they are, a history's writers say. */
  withinLimit?: WithinLimit | undefined;
}

/** Compares every changed model of one machine, and judges them together. */
export function composeVerdict(input: VerdictInput): Verdict {
  const [first] = input.models;
  const { run } = first.head;
  const baseRuns = input.models.flatMap(({ base }) => base.map((side) => side.run));
  const runs = [...new Map(baseRuns.map((it) => [it.id, it])).values()];
  const latest = runs.reduce((last, it) => (it.startedAt > last.startedAt ? it : last), first.base[0].run);
  const models = input.models.map((model) => compareModel(model, input));
  const [verdict] = judgeTogether([
    {
      schemaVersion: currentSchemaVersion,
      design: input.design,
      machine: run.machine,
      base: { runs: runs.map(({ id }) => id), startedAt: latest.startedAt, source: latest.source },
      head: { runs: [run.id], startedAt: run.startedAt, source: run.source },
      settings: input.settings,
      ...{ endedEarly: null, added: [], removed: [], ...input.planned },
      flags: listVerdictFlags(input.models.map(({ base, head }) => ({ base: latestOf(base), head }))),
      ...{ familySize: 0, models },
    },
  ]);
  if (verdict === undefined) throw new RangeError('One verdict went in, none came out.');
  return verdict;
}

/** Everything about a model but the words, which its family has a say in. */
function compareModel({ base, head, noise = [] }: Comparison, input: VerdictInput): ModelVerdict {
  const latest = latestOf(base);
  const { compared, leftOut, rechecked } = matchPrompts(latest, head, input.hashText);
  const reasons = findReasons(base, head, compared);
  const prompts = reasons.length > 0 ? [] : compared;
  const { estimates, rounds } = estimateSpeed({ base, head, noise }, new Set(prompts), input);
  const { judged, notes } = listJudged(base, head, {
    ...{ compared: prompts, rechecked, withinLimit: input.withinLimit ?? atLeisure },
  });
  const quality = compareQuality(judged);
  return {
    base: identify(latest.variant),
    head: identify(head.variant),
    treatment: describeTreatment(latest.variant, head.variant),
    ...{ reasons, leftOut },
    requests: reasons.length > 0 ? null : { ...compareRequests(base, head, prompts), ...unworded },
    metrics: estimates.map((it) => toMetricVerdict(it, rounds)),
    promptDetail: detailPrompts(estimates, input.settings),
    tails: describeTails(
      base.flatMap(({ samples }) => samples),
      head.samples,
      new Set(prompts),
    ),
    quality: { ...quality, ...unworded, rejudged: rechecked, notes },
    text: compareTexts(listAnswered(base, head, prompts), input.settings.falseDiscoveryRate),
    memory: compareMemory(latest.variant, head.variant),
    joint: { speed: 'inconclusive', quality: 'inconclusive', text: 'cannot tell', memory: null, line: '–' },
  };
}

function latestOf(base: Comparison['base']): Side {
  return base.reduce((last, it) => (it.run.startedAt > last.run.startedAt ? it : last));
}

const unworded = { word: 'inconclusive', adjustedPValue: null } as const;

function findReasons(base: readonly Side[], head: Side, compared: readonly string[]): Reason[] {
  const reasons = base.flatMap(({ run }) => findIncomparable(run, head.run));
  const unique = [...new Map(reasons.map((it) => [it.code, it])).values()];
  return unique.length > 0 || compared.length > 0
    ? unique
    : [{ code: 'no-prompts', reason: 'No prompt was asked in the same words on both sides.' }];
}

function estimateSpeed(
  { base, head, noise }: Required<Comparison>,
  prompts: ReadonlySet<string>,
  { design, stored }: VerdictInput,
): { estimates: EffectEstimate[]; rounds: number } {
  const metrics = headlineMetrics.filter((metric) =>
    [...base, head].some((side) => hasReading(metric, side)),
  );
  if (design === 'unpaired') {
    const earlier = base.map(({ samples }) => samples);
    const estimates = metrics.map((metric) =>
      estimateAgainstRuns(
        metric,
        pairWithRuns(metric, earlier, head.samples, prompts),
        pairWithEarlierModels(metric, noise, head.samples, prompts),
      ),
    );
    return { estimates, rounds: 1 };
  }
  const pairs = pairSamples(base[0].samples, head.samples, prompts);
  const estimates = metrics.map((metric) => estimateEffect(metric, readPairs(metric, pairs), stored));
  return { estimates, rounds: new Set(pairs.map(({ round }) => round)).size };
}

/** A model that embeds has no TTFT to compare; one that has lost it has. */
function hasReading(metric: HeadlineMetric, { samples }: Side): boolean {
  return samples.some(
    (it) => isCompared(it) && measureHeadline(metric, it, it.server?.evalCount ?? null) !== null,
  );
}

function toMetricVerdict(
  { found: _, errorShare: __, ...estimate }: EffectEstimate,
  rounds: number,
): MetricVerdict {
  return {
    ...estimate,
    rounds,
    ...{ word: 'inconclusive', change: null, interval: null },
    ...{ pValue: null, adjustedPValue: null, detectableChange: null },
  };
}

function identify(variant: Variant): ModelVerdict['base'] {
  const { key, name, digest, quantization, parameterSize, contextLength, templateHash, options, think } =
    variant;
  return { key, name, digest, quantization, parameterSize, contextLength, templateHash, options, think };
}
