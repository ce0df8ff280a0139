import { type Comparison, composeVerdict } from '../../src/core/compare/compose-verdict.ts';
import { defaultSettings } from '../../src/core/compare/judge-family.ts';
import { seedRandom } from '../../src/core/compare/seeded-random.ts';
import type { Side } from '../../src/core/compare/side.ts';
import { currentSchemaVersion } from '../../src/schema/documents.ts';
import { type Prompt, prompt as promptSchema } from '../../src/schema/prompt-set.ts';
import type { Series } from '../../src/schema/run.ts';
import type { Sample } from '../../src/schema/sample.ts';
import type { Verdict } from '../../src/schema/verdict.ts';
import { sha256Text } from '../../src/store/hash-text.ts';
import { makeRun, makeSample, makeVariant } from '../../test/blank-run.ts';
import { type Layout, type NoiseShape, simulateModel } from './latency-noise.ts';

const noise: NoiseShape = { cv: 0.1, autocorrelation: 0.3, loadSd: 0.005 };
const layout: Layout = { metrics: 2, prompts: 24, loads: 6, rounds: 2, resident: true };
const wordsPerAnswer = 100;

/** How long the verdict over a large pull request takes, from samples and answers to the document, in seconds. */
export function timeVerdict(models: number): { seconds: number; verdict: Verdict } {
  const random = seedRandom(1);
  const [first, ...others] = Array.from({ length: models }, (_, index) => makeComparison(index, random));
  if (first === undefined) throw new RangeError('There is no verdict of no model.');
  const start = performance.now();
  const verdict = composeVerdict({
    ...{ design: 'paired', models: [first, ...others], stored: [], settings: defaultSettings },
    hashText: sha256Text,
  });
  return { seconds: (performance.now() - start) / 1000, verdict };
}

function makeComparison(model: number, random: () => number): Comparison {
  const { base, head } = simulateModel(noise, layout, random);
  return { base: [makeSide(`base${model}`, base, random)], head: makeSide(`head${model}`, head, random) };
}

const prompts: readonly Prompt[] = Array.from({ length: layout.prompts }, (_, index) =>
  promptSchema.parse({
    ...{ id: `p${index}`, title: `Prompt ${index}`, category: 'simulated', prompt: `Question ${index}` },
    checks: [{ type: 'length', unit: 'characters', min: 1 }, { type: 'json' }],
  }),
);

function makeSide(
  name: string,
  [ttft = new Float64Array(), tpot = ttft]: Float64Array[],
  random: () => number,
): Side {
  const variant = makeVariant(name, 1, 1, 1);
  const loads = Array.from({ length: layout.loads }, (_, load) => load);
  const answers = prompts.map(() => loads.map(() => makeAnswer(random)));
  const timed = Array.from(ttft, (log, at): Sample => {
    const [round, prompt] = [Math.floor(at / layout.prompts), prompts[at % layout.prompts]?.id ?? null];
    const place = { prompt, block: Math.floor(round / layout.rounds), round: round % layout.rounds };
    const made = makeSample({ variant: variant.key, ...place });
    const ttftMs = 45 * Math.exp(log);
    return {
      ...made,
      client: made.client && { ...made.client, ttftMs, tpotMs: 5 * Math.exp(tpot[at] ?? 0) },
    };
  });
  const bare = prompts.flatMap(({ id }, index) =>
    loads.map((block) => {
      const { hash, checks } = answers[index]?.[block] ?? makeAnswer(random);
      return makeSample({
        variant: variant.key,
        phase: 'bare',
        prompt: id,
        block,
        round: null,
        output: hash,
        checks,
      });
    }),
  );
  const { counts, metrics, checks } = variant;
  const hashes = { requestHash: sha256Text('request'), checksHash: sha256Text('checks') };
  const series = prompts.map(
    ({ id }): Series => ({
      ...{ variant: variant.key, prompt: id, ...hashes, counts, metrics, checks, distinctAnswers: 2 },
    }),
  );
  const outputs = prompts.map(({ id }, index) => ({
    ...{ schemaVersion: currentSchemaVersion, variant: variant.key, model: name, digest: variant.digest },
    ...{ prompt: id, ...hashes },
    answers: loads.map((block) => ({ block, ...(answers[index]?.[block] ?? makeAnswer(random)) })),
  }));
  return {
    run: makeRun({ variants: [variant], series }),
    variant,
    prompts,
    samples: [...timed, ...bare],
    outputs,
  };
}

/** Every answer another one: what takes longest to compare. */
function makeAnswer(random: () => number) {
  const text = Array.from({ length: wordsPerAnswer }, () => `word${Math.floor(random() * 500)}`).join(' ');
  return {
    ...{ text, thinking: '', toolCalls: [], embedding: null, hash: sha256Text(text) },
    ...{ doneReason: 'stop', outputTokens: wordsPerAnswer },
    checks: (['length', 'json'] as const).map((type) => ({
      type,
      label: type,
      pass: random() < 0.8,
      reason: '–',
    })),
  };
}
