import { seedRandom } from '../../src/core/compare/seeded-random.ts';
import type { RunToKeep } from '../../src/core/history/encode-run.ts';
import { formatDigest } from '../../src/core/render/format.ts';
import { slugify } from '../../src/core/slug.ts';
import { summariseSamples } from '../../src/core/summarise.ts';
import type { SavedAnswer, SavedOutput } from '../../src/schema/output.ts';
import type { Distribution, Variant } from '../../src/schema/run.ts';
import type { ClientTimings, Sample, ServerTimings } from '../../src/schema/sample.ts';
import { sha256Text } from '../../src/store/hash-text.ts';
import { seedNormal } from '../simulate/random.ts';
import type { ModelCourse, NightCourse } from './course.ts';
import type { RecordedRun } from './recorded-run.ts';

const hour = 60 * 60 * 1000;
/** They follow each other by the hour, so that even the twenty thousandth is not yet to come. */
const firstNight = Date.UTC(2024, 0, 1, 1, 30);

/** Of the logarithm of a time: between loads, and between requests besides what was recorded. */
const loadSd = 0.008;
const requestSd = 0.003;

/** One night of many models, made of a recorded run: its requests, drawn anew and scaled, and its answers. */
export function makeNight(recorded: RecordedRun, course: NightCourse): RunToKeep {
  const random = seedRandom(course.night + 1);
  const models = course.models.map((of, index) => makeModel(recorded, index, of, random));
  const samples = models.flatMap((it) => it.samples).map((it, order) => ({ ...it, order }));
  const { run } = recorded;
  const startedAt = new Date(firstNight + course.night * hour).toISOString();
  const findings = summariseSamples(
    {
      ...{
        schemaVersion: run.schemaVersion,
        promptSet: run.promptSet,
        loads: run.plan.loads,
        rounds: run.plan.rounds,
      },
      ...{ warmup: run.plan.warmup, warmupMax: run.plan.warmupMax, cache: run.plan.cache },
      ...{ loadShapes: run.plan.loadShapes, comparison: null, seed: null },
      variants: models.map(({ variant }) => variant),
      requests: samples.map((it) => ({ ...it, nonce: null })),
    },
    samples,
    new Map(run.series.map(({ prompt, checksHash }) => [prompt, checksHash])),
  );
  return {
    ...{
      samples,
      outputs: models.flatMap((it) => it.outputs),
      promptSet: recorded.promptSet,
      config: recorded.config,
    },
    run: {
      ...run,
      id: `${startedAt.replace(/[-:]|\.\d+/g, '').toLowerCase()}-${sha256Text(startedAt).slice(7, 13)}`,
      ...{ startedAt, finishedAt: new Date(Date.parse(startedAt) + hour).toISOString() },
      campaign: { id: `bench/${course.night}`, workflowRun: String(course.night), attempt: 1 },
      source: {
        ...{ event: 'schedule', repository: 'bench/nightly', workflowPath: '.github/workflows/nightly.yml' },
        ...{
          ref: 'refs/heads/main',
          sha: sha256Text(`commit ${course.night}`).slice(7, 47),
          pullRequest: null,
        },
      },
      environment: { ...run.environment, server: { version: `0.${course.server}.0`, settings: {} } },
      ...{ counts: findings.counts, failures: findings.failures, series: findings.series },
      variants: models.map(({ variant }) => ({
        ...variant,
        ...findings.variants[variant.key],
        ...loadsOf(variant),
      })),
    },
  };
}

/** The history keeps no samples of loads. */
function loadsOf({ loadMs, loadFromDiskMs, loadFromPageCacheMs, diagnostics }: Variant): Partial<Variant> {
  return { loadMs, loadFromDiskMs, loadFromPageCacheMs, diagnostics };
}

interface Model {
  variant: Variant;
  samples: Sample[];
  outputs: SavedOutput[];
}

function makeModel(recorded: RecordedRun, index: number, course: ModelCourse, random: () => number): Model {
  const of = recorded.run.variants[index % recorded.run.variants.length];
  if (of === undefined) throw new Error('The recorded run has no model.');
  const name = `bench-${index + 1}:${index + 1}b`;
  const digest = sha256Text(`${name} ${course.digest}`);
  const key = `${slugify(name)}-${formatDigest(digest)}`;
  const outputs = recorded.outputs.flatMap((it): SavedOutput[] => {
    if (it.variant !== of.key) return [];
    const at = recorded.promptSet.prompts.findIndex(({ id }) => id === it.prompt);
    const mark = `${name}, ${course.answers[at] ?? 0}`;
    return [
      { ...it, variant: key, model: name, digest, answers: it.answers.map((answer) => vary(answer, mark)) },
    ];
  });
  const answers = new Map(outputs.map((it) => [it.prompt, it.answers]));
  const normal = seedNormal(random);
  const scale = 1 + index;
  const loads = Array.from({ length: recorded.run.plan.loads }, () => Math.exp(loadSd * normal()));
  const own = recorded.samples.filter(({ variant }) => variant === of.key);
  const timed = Map.groupBy(
    own.filter(({ phase }) => phase === 'timed'),
    ({ prompt }) => prompt,
  );
  const samples = own.map((sample): Sample => {
    const { phase, prompt, block, id } = sample;
    const known = phase === 'timed' ? (timed.get(prompt) ?? []) : [sample];
    const drawn = known[Math.floor(random() * known.length)] ?? sample;
    const noise = scale * (loads[block] ?? 1) * Math.exp(requestSd * normal());
    const answer = phase === 'bare' ? answers.get(prompt ?? '')?.find((it) => it.block === block) : undefined;
    return {
      ...sample,
      ...{ id: id.replace(of.key, key), variant: key, chunksMs: [] },
      client: scaleClient(drawn.client, noise * course.prefill, noise * course.decode),
      server: scaleServer(drawn.server, noise * course.prefill, noise * course.decode),
      requestHash: requestHashOf(recorded, sample),
      ...{ output: answer?.hash ?? sample.output, checks: answer?.checks ?? [] },
    };
  });
  const variant = { ...of, ...{ name, digest, key }, ...scaleOverheads(of, scale * course.decode) };
  return { variant, samples, outputs };
}

/** Another answer, as plain as the recorded one; every third no longer passes. */
function vary(answer: SavedAnswer, mark: string): SavedAnswer {
  const text = `${answer.text} (${mark})`;
  const isWrong = Number.parseInt(sha256Text(mark).slice(7, 11), 16) % 3 === 0;
  const checks = answer.checks.map((check) => (isWrong ? { ...check, pass: false } : check));
  return { ...answer, text, hash: sha256Text(text), checks };
}

function requestHashOf({ run }: RecordedRun, { variant, prompt }: Sample): string | null {
  return run.series.find((it) => it.variant === variant && it.prompt === prompt)?.requestHash ?? null;
}

function scaleClient(timings: ClientTimings | null, prefill: number, decode: number): ClientTimings | null {
  if (timings === null) return null;
  const { ttftMs, ttfaMs, tpotMs, e2eMs } = timings;
  return {
    ...timings,
    ...{ ttftMs: times(ttftMs, prefill), ttfaMs: times(ttfaMs, prefill), tpotMs: times(tpotMs, decode) },
    e2eMs: (ttftMs ?? 0) * prefill + (e2eMs - (ttftMs ?? 0)) * decode,
  };
}

function scaleServer(timings: ServerTimings | null, prefill: number, decode: number): ServerTimings | null {
  if (timings === null) return null;
  const nanoseconds = (value: number | null, factor: number) =>
    value === null ? null : Math.round(value * factor);
  return {
    ...timings,
    promptEvalNs: nanoseconds(timings.promptEvalNs, prefill),
    evalNs: nanoseconds(timings.evalNs, decode),
  };
}

function scaleOverheads(
  { loadMs, loadFromDiskMs, loadFromPageCacheMs, diagnostics }: Variant,
  factor: number,
) {
  const scale = (of: Distribution) => scaleDistribution(of, factor);
  return {
    ...{ loadMs: scale(loadMs), loadFromDiskMs: scale(loadFromDiskMs) },
    loadFromPageCacheMs: scale(loadFromPageCacheMs),
    diagnostics: {
      ...{ iclMs: scale(diagnostics.iclMs), longestGapMs: scale(diagnostics.longestGapMs) },
      ...{ residualMs: scale(diagnostics.residualMs), transportMs: scale(diagnostics.transportMs) },
    },
  };
}

function scaleDistribution(of: Distribution, factor: number): Distribution {
  const { medianInterval: interval, slowest } = of;
  const scaled = Object.fromEntries(
    (['mean', 'median', 'min', 'max', 'p90', 'p95', 'p99'] as const).map((it) => [it, times(of[it], factor)]),
  );
  return {
    ...{ ...of, ...scaled },
    medianInterval: interval === null ? null : [interval[0] * factor, interval[1] * factor],
    slowest: slowest === null ? null : { ...slowest, value: slowest.value * factor },
  };
}

function times(value: number | null, factor: number): number | null {
  return value === null ? null : value * factor;
}
