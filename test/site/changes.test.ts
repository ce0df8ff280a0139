import { describe, expect, test } from 'vitest';
import {
  compareMedians,
  describeChange,
  explainIncomparable,
  findChanges,
  findStateChanges,
  formatRelative,
} from '../../site/src/view/changes.ts';
import { describeReadings } from '../../src/core/distribution.ts';
import type { Run } from '../../src/schema/run.ts';
import { facts, type ModelSpec, makeRun, type RunSpec } from './make-run.ts';

const six = (value: number) => Array<number>(6).fill(value);
const spread = [8, 9, 10, 10, 11, 12];

function measured(model: Partial<ModelSpec> = {}, rest: Partial<RunSpec> = {}) {
  const models = [{ name: 'm:1', weights: 'a', ttftMs: six(10), ...model }];
  const { run } = makeRun({ startedAt: '2026-11-01T01:30:00Z', models, ...rest });
  const [variant] = run.variants;
  if (!variant) throw new Error('a run of one model has one variant');
  return { run, variant };
}

describe('a median against the run before', () => {
  const describeValues = (values: number[]) =>
    describeReadings(
      values.map((value) => ({ sample: 's', prompt: 'p', value })),
      'lower',
    );
  test.each([
    ['slower', six(10), six(12), 'lower', 0.2, 'worse'],
    ['faster', six(10), six(8), 'lower', -0.2, 'better'],
    ['a higher rate', six(10), six(12), 'higher', 0.2, 'better'],
    ['a lower rate', six(10), six(8), 'higher', -0.2, 'worse'],
    ['exactly the smallest change', six(100), six(105), 'lower', 0.05, 'worse'],
    ['below the smallest change', six(100), six(104), 'lower', 0.04, 'level'],
    ['intervals that overlap', spread, spread.map((it) => it * 1.1), 'lower', 0.1, 'level'],
    ['too few readings for an interval', [10, 10], [20, 20], 'lower', 1, 'level'],
  ] as const)('%s', (_, before, now, direction, relative, tone) => {
    const change = compareMedians(describeValues([...before]), describeValues([...now]), direction);
    expect(change?.relative).toBeCloseTo(relative, 10);
    expect(change?.tone).toBe(tone);
  });

  test.each([
    ['a place where no run was', [9, 11], 12, 'worse'],
    ['a place where a run was already', [9, 12], 12, 'level'],
    ['less than a run was already', [13], 12, 'level'],
    ['a swing the other way', [8], 12, 'worse'],
  ] as const)('moves to %s', (_, earlier, now, tone) => {
    const medians = earlier.map((value) => describeValues(six(value)));
    expect(compareMedians(describeValues(six(10)), describeValues(six(now)), 'lower', medians)?.tone).toBe(
      tone,
    );
  });

  test.each([
    ['nothing before', [], six(1)],
    ['nothing now', six(1), []],
    ['zero before, of which nothing is a multiple', six(0), six(1)],
  ])('says nothing of %s', (_, before, now) => {
    expect(compareMedians(describeValues(before), describeValues(now), 'lower')).toBeNull();
  });

  test.each([
    [0.123, '+12.3 %'],
    [-0.05, '−5.0 %'],
    [0.0004, '±0 %'],
    [1.5, '+150 %'],
  ])('%d reads %s', (relative, text) => {
    expect(formatRelative(relative)).toBe(text);
  });
});

describe('what else changed', () => {
  test('the model under the tag comes first, then prompts and server', () => {
    const other = { ...facts, version: 2 };
    const changes = findChanges(measured(), measured({ weights: 'b' }, { server: '0.12.0', prompts: other }));
    expect(changes.map(({ kind }) => kind)).toEqual(['model', 'prompts', 'server']);
    expect(changes.map(describeChange)[2]).toBe('Ollama 0.11.0 → 0.12.0');
  });

  test('nothing, where nothing did', () => {
    expect(findChanges(measured(), measured())).toEqual([]);
  });

  test('a GPU that could not be found out is no change of GPU', () => {
    const [before, now] = [measured(), measured()];
    now.run.environment.gpus = [{ vendor: 'NVIDIA', model: 'H200', vramBytes: null, driver: '580' }];
    expect(findChanges(before, now)).toEqual([]);
  });

  test.each([
    ['the same prompts', {}, {}, null],
    ['other prompts', {}, { prompts: { ...facts, version: 2 } }, 'other prompts were asked'],
    ['stopped before', { status: 'cancelled' }, {}, 'the run before was stopped early'],
    ['stopped now', {}, { status: 'cancelled' }, 'this run was stopped early'],
    ['failures are no reason', { status: 'partial' }, { status: 'partial' }, null],
  ] as const)('comparable or not: %s', (_, before, now, reason) => {
    expect(explainIncomparable(measured({}, before).run, measured({}, now).run)).toBe(reason);
  });

  test.each([
    ['defeat', 'allow', 'the prompt cache was treated otherwise'],
    ['allow', 'allow', null],
    ['defeat', 'measure', null],
  ] as const)('comparable or not: cache %s, then %s', (before, now, reason) => {
    const withCache = (cache: Run['plan']['cache']) => {
      const { run } = measured();
      return { ...run, plan: { ...run.plan, cache } };
    };
    expect(explainIncomparable(withCache(before), withCache(now))).toBe(reason);
  });
});

describe('checks that say something else', () => {
  const answering = (capital: string[] | null, rest: Partial<RunSpec> = {}) =>
    measured({ answers: capital === null ? {} : { capital } }, rest);
  test.each([
    ['newly fails', ['Paris'], ['Lyon'], 'passed', 'failed', 'worse'],
    ['newly passes', ['Lyon'], ['Paris'], 'failed', 'passed', 'better'],
    ['fails in one load of two', ['Paris', 'Paris'], ['Paris', 'Lyon'], 'passed', 'mixed', 'worse'],
    ['answers nothing any more', ['Lyon'], null, 'failed', 'unanswered', 'worse'],
  ])('%s', (_, before, now, from, to, tone) => {
    expect(findStateChanges(answering(before), answering(now))).toEqual([
      { prompt: 'capital', from, to, tone },
    ]);
  });

  test('other words that pass as well are no change', () => {
    expect(findStateChanges(answering(['Paris']), answering(['It is Paris.']))).toEqual([]);
  });

  test('what a stopped run did not get to did not get worse', () => {
    expect(findStateChanges(answering(['Paris']), answering(null, { status: 'cancelled' }))).toEqual([]);
  });

  test('another question or other checks are not compared', () => {
    const [first, ...rest] = facts.prompts;
    const asked = (change: object) => ({
      prompts: { ...facts, prompts: [{ ...first, ...change }, ...rest] } as typeof facts,
    });
    const strict = asked({ checks: [{ type: 'equals', value: 'Paris' }] });
    expect(findStateChanges(answering(['It is Paris.']), answering(['It is Paris.'], strict))).toEqual([]);
    expect(findStateChanges(answering(['Paris']), answering(['Rome'], asked({ prompt: 'Italy?' })))).toEqual(
      [],
    );
  });
});
