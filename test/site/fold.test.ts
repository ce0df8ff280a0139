import { describe, expect, test } from 'vitest';
import { runOfModel } from '../../site/src/data/select.ts';
import { addNight, emptyFold, type Fold } from '../../site/src/fold/fold-night.ts';
import { type RunReading, readRun } from '../../site/src/fold/read-run.ts';
import { questions } from '../../src/schema/history.ts';
import { sha256Text } from '../../src/store/hash-text.ts';
import { encodeMade, type MadeRun, type ModelSpec, makeRun, type RunSpec } from './make-run.ts';
import { makeNightlyRuns } from './nightly-runs.ts';

function read(made: MadeRun): RunReading {
  const { run, inputs } = encodeMade(made);
  const asked = inputs.find(({ id }) => id === run.inputs.questions)?.document;
  return readRun(run, questions.parse(asked));
}

function fold(nights: readonly (readonly MadeRun[])[], start: Fold = emptyFold()): Fold {
  for (const runs of nights) addNight(start, runs.map(read));
  return start;
}

const model: ModelSpec = {
  ...{ name: 'm:1', weights: 'a', ttftMs: [10, 11, 12, 13, 14, 15, 16, 117.456] },
  answers: { capital: ['Paris'] },
};
const night = (day: number, more: Partial<ModelSpec> = {}, run: Partial<RunSpec> = {}) =>
  makeRun({
    startedAt: `2026-11-${String(day).padStart(2, '0')}T01:30:00Z`,
    models: [{ ...model, ...more }],
    ...run,
  });
const oneByOne = (runs: readonly MadeRun[]) => fold(runs.map((it) => [it]));

describe('nights that are folded later are as if all had been folded at once', () => {
  const runs = makeNightlyRuns().sort((a, b) => (a.run.startedAt < b.run.startedAt ? -1 : 1));
  const nights = runs.map((it) => [it]);
  test.each(nights.map((_, index) => index))('after %i nights', (count) => {
    const saved: Fold = JSON.parse(JSON.stringify(fold(nights.slice(0, count))));
    expect(fold(nights.slice(count), saved)).toEqual(fold(nights));
  });
});

describe('a night of a machine', () => {
  test('is what its run was', () => {
    const { machines } = fold([[night(1, {}, { status: 'partial' })]]);
    expect(machines).toEqual([
      {
        ...{ id: 'aaaaaaaaaaaa', label: 'GPU aaaa' },
        nights: [
          {
            ...{ runs: [night(1).run.id], at: '2026-11-01T01:30:00Z', status: 'partial', models: ['m:1'] },
            ...{ event: null, sha: null, repository: null, ok: 8, failed: 0, invalid: 0 },
          },
        ],
      },
    ]);
  });

  test('has the runs of its shards: counts are added, one that was stopped makes it partial', () => {
    const shard = makeRun({
      ...{ startedAt: '2026-11-01T02:00:00Z', status: 'cancelled' },
      models: [{ ...model, name: 'n:1' }],
    });
    const { machines, lines } = fold([[night(1), shard]]);
    expect(machines[0]?.nights).toEqual([
      expect.objectContaining({
        ...{ runs: [night(1).run.id, shard.run.id], status: 'partial', ok: 16, models: ['m:1', 'n:1'] },
      }),
    ]);
    expect(lines.map(({ model, nights }) => [model, nights])).toEqual([
      ['m:1', [0]],
      ['n:1', [0]],
    ]);
    const [merged] = machines[0]?.nights ?? [];
    expect(merged?.parts?.map(({ status, ok }) => [status, ok])).toEqual([
      ['complete', 8],
      ['cancelled', 8],
    ]);
    expect(merged && ['m:1', 'n:1'].map((it) => runOfModel(merged, it))).toEqual(merged?.runs);
  });

  test('counts a model once that two shards measured', () => {
    const { lines } = fold([[night(1), night(2, { ttftMs: [99] })]]);
    expect(lines).toHaveLength(1);
    expect(lines[0]?.trends.ttftMs.median).toEqual([13.5]);
  });
});

describe('a line', () => {
  test('has a column of every figure, to four digits', () => {
    const { lines } = oneByOne([night(1), night(2, { ttftMs: [1.23456] })]);
    expect(lines[0]?.trends.ttftMs).toEqual({
      ...{ n: [8, 1], median: [13.5, 1.235], low: [10, null], high: [117.5, null], slowest: [117.5, 1.235] },
    });
    expect(lines[0]?.trends.answersPassed).toEqual({
      ...{ n: [1, 1], median: [1, 1], low: [null, null], high: [null, null], slowest: [null, null] },
    });
    expect(lines[0]?.trends.memoryBytes.median).toEqual([10, 10]);
    expect(lines[0]?.trends.loadMs).toMatchObject({ median: [500, 500], slowest: [500, 500] });
  });

  test('has no value where there is none, and knows its own nights among those of its machine', () => {
    const other = makeRun({ startedAt: '2026-11-02T01:30:00Z', models: [{ ...model, name: 'n:1' }] });
    const { lines } = oneByOne([night(1), other, night(3, { ttftMs: [], answers: {} })]);
    expect(lines[0]).toMatchObject({ model: 'm:1', nights: [0, 2] });
    expect(lines[0]?.trends.ttftMs.median).toEqual([13.5, null]);
    expect(lines[0]?.trends.answersPassed.median).toEqual([1, null]);
  });

  test('is of one machine, one tag and one set of options', () => {
    const models = [model, { ...model, options: { temperature: 1 } }];
    const both = makeRun({ startedAt: '2026-11-01T01:30:00Z', models });
    const { lines } = oneByOne([both, night(2, {}, { machine: 'bbbbbbbbbbbb' })]);
    expect(lines.map(({ slug, anchor, options }) => [slug, anchor, options])).toEqual([
      ['m-1-aaaaaa', 'line-1', 'seed 7, temperature 0'],
      ['m-1-aaaaaa.2', 'line-2', 'temperature 1'],
      ['m-1-bbbbbb', 'line-3', 'seed 7, temperature 0'],
    ]);
  });

  test.each([
    [
      ['a/b:1', 'a-b:1'],
      ['a-b-1', 'a-b-1.2'],
    ],
    [
      ['__proto__', 'constructor'],
      ['proto', 'constructor'],
    ],
  ])('of %j has a name of its own', (names, slugs) => {
    const runs = names.map((name, index) => night(index + 1, { name }));
    expect(oneByOne(runs).lines.map(({ modelSlug }) => modelSlug)).toEqual(slugs);
  });

  test('tells which models its tag stood for, and marks where it moved', () => {
    const moved = { weights: 'b', more: { parameterSize: '1.5B' } };
    const { lines } = oneByOne([night(1), night(2), night(3, moved), night(4, moved), night(5)]);
    const [a, b] = [sha256Text('a'), sha256Text('b')];
    expect(
      lines[0]?.identities.map(({ digest, first, last, nights }) => [digest, first, last, nights]),
    ).toEqual([
      [a, 0, 1, 2],
      [b, 2, 3, 2],
      [a, 4, 4, 1],
    ]);
    const [short, other] = [a, b].map((it) => it.slice(7, 15));
    expect(lines[0]?.marks).toEqual([
      { night: 2, kind: 'digest', words: [`digest ${short} → ${other}`, 'parameters 1.2B → 1.5B'] },
      { night: 4, kind: 'digest', words: [`digest ${other} → ${short}`, 'parameters 1.5B → 1.2B'] },
    ]);
  });

  test('marks where its epoch changed', () => {
    const { lines } = oneByOne([
      night(1),
      night(2, {}, { server: '0.12.0' }),
      night(3, {}, { server: '0.12.0' }),
    ]);
    expect(lines[0]?.marks).toEqual([{ night: 1, kind: 'epoch', words: ['Ollama 0.11.0 → 0.12.0'] }]);
  });
});

describe('the answers to a prompt', () => {
  const stretches = (runs: readonly MadeRun[]) =>
    oneByOne(runs).lines[0]?.prompts['facts/capital']?.answers.map(({ answers, from, to, state }) => [
      ...[answers.length, from, to, state],
    ]);
  const saying = (day: number, ...answers: string[]) => night(day, { answers: { capital: answers } });

  test('stay while they are the same, in whatever order', () => {
    expect(
      stretches([saying(1, 'Paris', 'Lyon'), saying(2, 'Lyon', 'Paris'), saying(3, 'Paris', 'Paris')]),
    ).toEqual([
      [2, 0, 1, 'mixed'],
      [1, 2, 2, 'passed'],
    ]);
  });

  test('are named by their content, the most frequent first', () => {
    const made = saying(1, 'Lyon', 'Paris', 'Paris');
    const { run, outputs } = encodeMade(made);
    const texts = oneByOne([made]).lines[0]?.prompts['facts/capital']?.answers[0]?.answers.map(
      (id) => outputs.find((it) => it.id === id)?.document,
    );
    expect(texts).toMatchObject([{ text: 'Paris' }, { text: 'Lyon' }]);
    expect(run.answers).toHaveLength(2);
  });

  test('may be none, which is no answer that changed where the run was stopped before it asked', () => {
    const silent = (day: number, status: 'complete' | 'cancelled') => night(day, { answers: {} }, { status });
    expect(stretches([saying(1, 'Paris'), silent(2, 'cancelled'), saying(3, 'Paris')])).toEqual([
      [1, 0, 2, 'passed'],
    ]);
    expect(stretches([saying(1, 'Paris'), silent(2, 'complete'), saying(3, 'Paris')])).toEqual([
      [1, 0, 0, 'passed'],
      [0, 1, 1, 'unanswered'],
      [1, 2, 2, 'passed'],
    ]);
  });

  test('have columns that begin with the line, whenever the prompt came', () => {
    const { lines, prompts } = fold(makeNightlyRuns().map((it) => [it]));
    for (const line of lines) {
      for (const { ttftMs, e2eMs } of Object.values(line.prompts)) {
        expect([ttftMs.length, e2eMs.length]).toEqual([line.nights.length, line.nights.length]);
      }
    }
    expect(Object.keys(prompts)).toEqual([
      'facts/capital',
      'facts/contact',
      'abilities/weather',
      'abilities/near',
    ]);
  });
});
