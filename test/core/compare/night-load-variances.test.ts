import { describe, expect, test } from 'vitest';
import { listNightVariances } from '../../../src/core/compare/night-load-variances.ts';
import type { Sample } from '../../../src/schema/sample.ts';
import { makeRun, makeSample, makeVariant } from '../../blank-run.ts';

const variants = ['a', 'b', 'c', 'd'].map((name) => makeVariant(name, 1, 1, 1));
const prompts = ['p', 'q'].map((id) => ({ id, title: id, category: 'c' }));
const run = (models: number) => ({
  ...makeRun({ variants: variants.slice(0, models) }),
  promptSet: { ...makeRun().promptSet, prompts },
});

/** A model's readings, each load as much slower as its offset says. */
function measure(model: number, offsets: readonly number[], rounds = 2): Sample[] {
  const key = variants[model]?.key ?? '';
  return offsets.flatMap((offset, block) =>
    prompts.flatMap(({ id: prompt }) =>
      Array.from({ length: rounds }, (_, round): Sample => {
        const sample = makeSample({ variant: key, prompt, block, round });
        const times = (value: number | null) => value && value * Math.exp(offset) * (model + 1);
        const { client, server } = sample;
        return {
          ...sample,
          client: client && { ...client, ttftMs: times(client.ttftMs), tpotMs: times(client.tpotMs) },
          server: server && { ...server, promptEvalNs: times(server.promptEvalNs) },
        };
      }),
    ),
  );
}

describe('a night', () => {
  const [first, second] = [measure(0, [0.01, -0.01, 0]), measure(1, [0, 0.01, -0.01])];
  // Differences −1, 2, −1 %: variance 3e-4. Of two rounds a prompt has six readings, four of them kept: Yuen's 30 ÷ 12.
  const expected = (['ttftMs', 'tpotMs', 'matchedE2eMs', 'prefillTokensPerSecond'] as const).map(
    (metric) => ({
      ...{ metric, degreesOfFreedom: 2, pairs: 4 },
      variance: expect.closeTo((3e-4 * 30) / 12, 8),
    }),
  );

  test('of two models tells what their loads differ by, as a comparison does', () => {
    expect(listNightVariances(run(2), [...first, ...second], 2)).toEqual(expected);
  });

  test('is none the noisier for what the machine does to both', () => {
    const drifted = [...measure(0, [0.01, 0.04, 0.1]), ...measure(1, [0, 0.06, 0.09])];
    expect(listNightVariances(run(2), drifted, 2)).toEqual(expected);
  });

  test('of four tells it twice, and the last of three has nothing beside it', () => {
    const others = [...measure(2, [0, 0, 0]), ...measure(3, [0, 0, 0])];
    const all = [...first, ...second, ...others];
    expect(listNightVariances(run(4), all, 2)).toEqual([
      ...expected,
      ...expected.map((it) => ({ ...it, variance: expect.closeTo(0, 12) })),
    ]);
    expect(listNightVariances(run(3), all, 2)).toEqual(expected);
  });

  test('counts no more rounds than a comparison has', () => {
    const longer = [...measure(0, [0.01, -0.01, 0], 4), ...measure(1, [0, 0.01, -0.01], 4)];
    expect(listNightVariances(run(2), longer, 2)).toEqual(expected);
    expect(listNightVariances(run(2), longer, 1)).toEqual(
      expected.map((it) => ({ ...it, pairs: 2, variance: expect.closeTo(3e-4, 8) })),
    );
  });

  test.each([
    ['one model', 1, first],
    ['one load', 2, [...measure(0, [0]), ...measure(1, [0])]],
    ['models that have no prompt in common', 2, [...first, ...second.map((it) => ({ ...it, prompt: 'r' }))]],
    ['failed requests', 2, [...first, ...second].map((it): Sample => ({ ...it, status: 'failed' }))],
    ['requests under load', 2, [...first, ...second].map(toLoad)],
  ])('of %s tells nothing', (_, models, samples) => {
    expect(listNightVariances(run(models), samples, 2)).toEqual([]);
  });
});

function toLoad(sample: Sample): Sample {
  return { ...sample, loadShape: { kind: 'closed', concurrency: 4 } };
}
