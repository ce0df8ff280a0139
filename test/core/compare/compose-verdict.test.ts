import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { composeVerdict, type VerdictInput } from '../../../src/core/compare/compose-verdict.ts';
import { isAlarming } from '../../../src/core/compare/is-alarming.ts';
import { defaultSettings } from '../../../src/core/compare/judge-family.ts';
import { judgeTogether, listLoadVariances } from '../../../src/core/compare/judge-together.ts';
import type { Side } from '../../../src/core/compare/side.ts';
import type { SavedOutput } from '../../../src/schema/output.ts';
import { type Prompt, prompt as promptSchema } from '../../../src/schema/prompt-set.ts';
import type { Series } from '../../../src/schema/run.ts';
import type { Sample } from '../../../src/schema/sample.ts';
import { verdict as verdictSchema } from '../../../src/schema/verdict.ts';
import { digest, makeRun, makeSample, makeVariant } from '../../blank-run.ts';

const hashText = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;
const loads = [0, 1, 2, 3, 4, 5];
const rounds = [0, 1];

interface Model {
  tag: string;
  /** Of every time. */
  slower: number;
  answer: string;
  memoryBytes: number;
}
const v1: Model = { tag: 'v1', slower: 1, answer: 'It is no JSON.', memoryBytes: 1000 };

const prompts: Prompt[] = Array.from({ length: 8 }, (_, index) =>
  promptSchema.parse({
    ...{ id: `p${index}`, title: `P${index}`, category: 'c', prompt: `Question ${index}` },
    checks: [{ type: 'json' }, { type: 'length', unit: 'characters', min: 1 }],
  }),
);

/** A fixed wobble of ±2 %, another one for each reading. */
const wobble = (...place: number[]) =>
  1 + 0.02 * Math.sin(place.reduce((sum, it, index) => sum + it * 7.3 ** index, 1));

function makeSide(model: Model, asked = prompts, changes: Partial<Series> = {}): Side {
  const variant = { ...makeVariant(model.tag, 1, 1, 1), memoryBytes: model.memoryBytes };
  const hash = hashText(model.answer);
  const passes = model.answer.startsWith('{');
  const checks = [
    {
      type: 'json' as const,
      label: 'JSON',
      pass: passes,
      reason: '–',
      jsonForm: passes ? ('bare' as const) : ('none' as const),
    },
    { type: 'length' as const, label: 'at least 1 character', pass: true, reason: '–' },
  ];
  const make = (
    phase: Sample['phase'],
    prompt: string,
    index: number,
    block: number,
    round: number | null,
  ): Sample => {
    const made = makeSample({ variant: variant.key, prompt, phase, block, round });
    const factor = model.slower * wobble(index, block, round ?? 9, model.slower);
    const scaled = made.client && {
      ...made.client,
      ttftMs: 45 * factor,
      tpotMs: 5 * factor,
      e2eMs: 102 * factor,
    };
    const bare = phase === 'bare' ? { checks, output: hash } : {};
    return { ...made, client: scaled, ...bare };
  };
  const samples = asked.flatMap(({ id }, index) =>
    loads.flatMap((block) => [
      make('bare', id, index, block, null),
      ...rounds.map((round) => make('timed', id, index, block, round)),
    ]),
  );
  const series = asked.map(({ id }): Series => {
    const { metrics, counts } = variant;
    return {
      ...{ variant: variant.key, prompt: id, requestHash: digest('1'), checksHash: digest('2') },
      ...{ counts, metrics, checks: variant.checks, distinctAnswers: 1, ...changes },
    };
  });
  const outputs = asked.map(
    ({ id }): SavedOutput => ({
      ...{ schemaVersion: '2.0', variant: variant.key, model: model.tag, digest: variant.digest, prompt: id },
      ...{ requestHash: digest('1'), checksHash: digest('2') },
      answers: loads.map((block) => ({
        ...{ block, text: model.answer, thinking: '', toolCalls: [], embedding: null, hash },
        ...{ doneReason: 'stop', outputTokens: 11, checks },
      })),
    }),
  );
  return { run: makeRun({ variants: [variant], series }), variant, prompts: asked, samples, outputs };
}

const compare = (base: Side, head: Side, changes: Partial<VerdictInput> = {}) =>
  composeVerdict({
    ...{
      design: 'paired',
      models: [{ base: [base], head }],
      stored: [],
      settings: defaultSettings,
      hashText,
    },
    ...changes,
  });
const first = (verdict: ReturnType<typeof compare>) => {
  const [model] = verdict.models;
  if (model === undefined) throw new Error('There is no model.');
  return model;
};
const base = makeSide(v1);

describe('a head that fails', () => {
  const crash: Partial<Sample> = {
    ...{ status: 'failed', checks: [], output: null, client: null, server: null },
    error: { code: 'runner-died', message: 'The model runner has died.' },
  };
  const failing = (fails: (sample: Sample, index: number) => boolean): Side => ({
    ...base,
    samples: base.samples.map((sample, index) => (fails(sample, index) ? { ...sample, ...crash } : sample)),
  });
  const judge = (head: Side) => {
    const verdict = compare(base, head);
    expect(verdictSchema.parse(verdict)).toEqual(verdict);
    const { requests, quality, joint } = first(verdict);
    return {
      ...{ requests: requests?.word, failed: requests?.head.failed, of: requests?.head.asked },
      lost: requests?.lost.map(({ prompt, side, lost }) => `${prompt} ${side} ${lost}`),
      ...{ checks: quality.word, prompts: quality.prompts, worse: quality.worse },
      ...{ quality: joint.quality, isAlarming: isAlarming(verdict) },
    };
  };

  test.each<[string, Side, Partial<ReturnType<typeof judge>>]>([
    [
      'always is regressed, in its checks too',
      failing(() => true),
      {
        requests: 'regressed',
        failed: 144,
        of: 145,
        checks: 'regressed',
        worse: 8,
        quality: 'regressed',
        isAlarming: true,
      },
    ],
    [
      'on some prompts has these named, and counted as worse',
      failing(({ prompt }) => prompt === 'p1' || prompt === 'p4'),
      {
        ...{ requests: 'regressed', failed: 36, lost: ['p1 head everything', 'p4 head everything'] },
        ...{ checks: 'inconclusive', prompts: 8, worse: 2, quality: 'regressed', isAlarming: true },
      },
    ],
    [
      'now and then is regressed where it is too often to be chance',
      failing((_, index) => index % 3 === 1),
      { requests: 'regressed', failed: 48, lost: [], quality: 'regressed', isAlarming: true },
    ],
    [
      'once is told, and calls nothing',
      failing((_, index) => index === 1),
      {
        requests: 'inconclusive',
        failed: 1,
        lost: [],
        checks: 'unchanged',
        quality: 'unchanged',
        isAlarming: false,
      },
    ],
  ])('%s', (_, head, expected) => {
    expect(judge(head)).toMatchObject(expected);
  });

  test('as often as base does is not worse', () => {
    const side = failing(({ prompt }) => prompt === 'p1');
    expect(first(compare(side, side))).toMatchObject({
      ...{ requests: { word: 'inconclusive', pValue: 1 }, quality: { word: 'unchanged', prompts: 7 } },
      joint: { quality: 'unchanged' },
    });
  });

  test('less than base is improved', () => {
    const verdict = compare(
      failing(({ prompt }) => prompt === 'p1'),
      base,
    );
    expect(first(verdict)).toMatchObject({
      ...{ requests: { word: 'improved' }, quality: { better: 1 }, joint: { quality: 'improved' } },
    });
    expect(isAlarming(verdict)).toBe(false);
  });
});

describe('a verdict', () => {
  test('of a model against itself: nothing changed, and it says so', () => {
    const verdict = compare(base, base);
    expect(verdictSchema.parse(verdict)).toEqual(verdict);
    expect(verdict).toMatchObject({ design: 'paired', familySize: 4, base: { runs: [base.run.id] } });
    expect(first(verdict)).toMatchObject({
      ...{ treatment: [], reasons: [], leftOut: [] },
      joint: { speed: 'unchanged', quality: 'unchanged', text: 'same', memory: 0 },
    });
    expect(first(verdict).joint.line).toBe(
      'Speed unchanged; checks unchanged; answers the same. Tail, not judged: p95 TTFT 45.9 ms → 45.9 ms (n 96).',
    );
  });

  const upgraded = makeSide({ tag: 'v2', slower: 1.1, answer: '{"is":"JSON"}', memoryBytes: 1250 });

  test('of an upgrade: slower, better, other answers, more memory', () => {
    const verdict = compare(base, upgraded);
    expect(verdictSchema.parse(verdict)).toEqual(verdict);
    const model = first(verdict);
    expect(model.treatment).toEqual(['tag v1 → v2']);
    expect(model.metrics.map(({ metric, word }) => [metric, word])).toEqual([
      ['ttftMs', 'regressed'],
      ['tpotMs', 'regressed'],
      ['matchedE2eMs', 'regressed'],
      ['prefillTokensPerSecond', 'unchanged'],
    ]);
    expect(model.metrics[0]).toMatchObject({ loads: 6, rounds: 2, prompts: 8, pairs: 96 });
    expect(model.metrics[0]?.change).toBeCloseTo(0.1, 2);
    expect(model.quality).toMatchObject({
      ...{ word: 'improved', better: 8, worse: 0, adjustedPValue: expect.closeTo(0.0078125, 12) },
      ...{ neverFailed: Array.from({ length: 8 }, (_, index) => ({ prompt: `p${index}` })) },
      ...{ base: { jsonParseFailures: 48 }, head: { jsonParseFailures: 0 } },
    });
    expect(model.text).toMatchObject({
      word: 'changed',
      changed: 8,
      flipRate: { base: 0, head: 0, between: 1 },
    });
    expect(model.joint).toMatchObject({
      speed: 'regressed',
      quality: 'improved',
      text: 'changed',
      memory: 0.25,
    });
    expect(model.joint.line).toBe(
      'Slower: E2E +10 %; checks better on 8 prompts; 8 of 8 answers changed; memory +25 %. Tail, not judged: p95 TTFT 45.9 ms → 50.5 ms (n 96).',
    );
    expect(model.promptDetail).toHaveLength(8 * 4);
  });

  test('tells the noise of its loads to whoever comes after', () => {
    const variances = listLoadVariances(compare(base, upgraded));
    expect(variances.map(({ metric, degreesOfFreedom, pairs }) => [metric, degreesOfFreedom, pairs])).toEqual(
      [
        ['ttftMs', 5, 16],
        ['tpotMs', 5, 16],
        ['matchedE2eMs', 5, 16],
        ['prefillTokensPerSecond', 5, 16],
      ],
    );
    const later = compare(base, upgraded, { stored: variances });
    expect(first(later).metrics[0]).toMatchObject({ pooledDegreesOfFreedom: 5, notes: [] });
  });

  test('on another server is not comparable, and nothing of it is judged', () => {
    const { environment } = base.run;
    const server = { version: '0.15.0', settings: {} };
    const moved = { ...upgraded, run: { ...upgraded.run, environment: { ...environment, server } } };
    const verdict = compare(base, moved);
    expect(verdictSchema.parse(verdict)).toEqual(verdict);
    expect(verdict.familySize).toBe(0);
    expect(first(verdict)).toMatchObject({
      reasons: [{ code: 'server-version', reason: 'Not the same Ollama: 0.14.0 → 0.15.0.' }],
      joint: {
        ...{ speed: 'not comparable', quality: 'not comparable', text: 'not comparable' },
        line: 'Not comparable. Not the same Ollama: 0.14.0 → 0.15.0.',
      },
    });
    expect(first(verdict).metrics.map(({ word }) => word)).toEqual(Array(4).fill('not comparable'));
  });
});

describe('prompts', () => {
  test('that differ are left out by name', () => {
    const [one, two, ...rest] = prompts;
    if (!one || !two) throw new Error('There are prompts.');
    const added = { ...one, id: 'new' };
    const head = makeSide(v1, [two, ...rest, added]);
    const other = { ...head.run.series[0], requestHash: digest('f') } as Series;
    const changed = { ...head, run: { ...head.run, series: [other, ...head.run.series.slice(1)] } };
    expect(first(compare(base, changed)).leftOut).toEqual([
      { prompt: 'p1', reason: 'It is another request now: its text or what is sent with it has changed.' },
      { prompt: 'new', reason: 'Only head asks it.' },
      { prompt: 'p0', reason: 'Only base asks it.' },
    ]);
  });

  test('are the same under other options, which are the treatment', () => {
    const head = makeSide(v1, prompts, { requestHash: digest('f') });
    const treated = { ...head, variant: { ...head.variant, options: { num_ctx: 4096 } } };
    const model = first(compare(base, treated));
    expect([model.leftOut, model.treatment]).toEqual([[], ['num_ctx default → 4096']]);
    const reworded = { ...treated, prompts: prompts.map((it) => ({ ...it, prompt: `${it.prompt}?` })) };
    expect(first(compare(base, reworded)).reasons).toEqual([
      { code: 'no-prompts', reason: 'No prompt was asked in the same words on both sides.' },
    ]);
  });

  test('whose checks changed are judged again on both sides, by those of head', () => {
    const checks = [{ type: 'facts' as const, present: ['no JSON'] }];
    const asked = prompts.map((it) => ({ ...it, checks }));
    const head = makeSide({ ...v1, answer: '{"is":"JSON"}' }, asked, { checksHash: digest('3') });
    expect(first(compare(base, head)).quality).toMatchObject({
      ...{ word: 'regressed', worse: 8, rejudged: prompts.map(({ id }) => id), notes: [] },
      changes: Array.from({ length: 8 }, () => ({
        ...{ label: 'has no JSON', base: { passed: 6, answers: 6 }, head: { passed: 0, answers: 6 } },
      })),
    });
  });
});

test('checks that judge again have the time that whoever compares gives them', () => {
  const checks = [{ type: 'regex' as const, pattern: '.' }];
  const asked = prompts.map((it) => ({ ...it, checks }));
  const head = makeSide(v1, asked, { checksHash: digest('3') });
  const verdict = composeVerdict({
    ...{ design: 'unpaired', stored: [], settings: defaultSettings, hashText },
    models: [{ base: [base], head }],
    withinLimit: () => 'out of time',
  });
  expect(first(verdict).quality).toMatchObject({ rejudged: prompts.map(({ id }) => id), worse: 0 });
  expect(first(verdict).quality.head).toMatchObject({ passed: 0 });
});

test('against earlier runs it is the runs that are counted', () => {
  const nights = [1, 1.01, 0.99, 1.005, 0.995].map((slower) => makeSide({ ...v1, slower }));
  const [oldest = base, ...later] = nights;
  const verdict = composeVerdict({
    ...{ design: 'unpaired', stored: [], settings: defaultSettings, hashText },
    models: [{ base: [oldest, ...later], head: makeSide({ ...v1, slower: 1.3 }) }],
  });
  expect(verdictSchema.parse(verdict)).toEqual(verdict);
  expect(first(verdict).metrics[0]).toMatchObject({ word: 'regressed', loads: 5, rounds: 1, pairs: 40 });
});

test('a campaign is judged together: one family over all machines', () => {
  const slower = makeSide({ ...v1, tag: 'v2', slower: 1.1 });
  const verdicts = [compare(base, slower), compare(base, base)];
  const together = judgeTogether(verdicts);
  expect(together.map(({ familySize }) => familySize)).toEqual([8, 8]);
  const [alone, joined] = [verdicts[0], together[0]].map(
    (it) => it?.models[0]?.metrics[0]?.adjustedPValue ?? 0,
  );
  expect(joined).toBeGreaterThan(alone ?? 1);
  expect(judgeTogether(together)).toEqual(together);
  expect(judgeTogether([])).toEqual([]);
});
