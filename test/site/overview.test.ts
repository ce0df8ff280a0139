import { describe, expect, test } from 'vitest';
import type { AnswerState, LinePrompt, SiteState } from '../../site/src/data/contract.ts';
import { describeAgainstLevel } from '../../site/src/view/against-level.ts';
import { findLatestVariant } from '../../site/src/view/latest-variant.ts';
import { viewMachine, viewMachines } from '../../site/src/view/overview.ts';
import { standOf } from '../../site/src/view/standing.ts';
import type { Changes } from '../../src/schema/changes.ts';
import {
  makeBoundary,
  makeChangePoint,
  makeChanges,
  makeDigestAlarm,
  makeGap,
  makeLine,
  makeMachine,
  makeSeries,
  makeState,
  nightOf,
  watchedLine,
} from './state.ts';

const told = (more: Partial<Changes>) => makeState({ changes: makeChanges(25, more) });

function view(state: SiteState) {
  const [machine] = state.machines;
  const found = machine === undefined ? null : viewMachine(state, machine);
  if (found === null) throw new Error('the machine has a night');
  return found;
}

const answered = (before: AnswerState, now: AnswerState): Record<string, LinePrompt> => ({
  'facts/capital': {
    ...{ ttftMs: [], e2eMs: [] },
    answers: [
      { answers: ['a'.repeat(32)], from: 0, to: 23, state: before },
      { answers: ['b'.repeat(32)], from: 24, to: 24, state: now },
    ],
  },
});

describe('the headline', () => {
  const learning = makeSeries({ status: 'learning', nights: 5, noise: null });
  const suspected = makeChangePoint({ status: 'candidate', decidedAt: null });
  const other = { ...watchedLine, model: 'n:1' };
  const cases: [string, SiteState, string, string][] = [
    ['quiet nights', makeState(), 'Nothing changed since the night before.', 'level'],
    [
      'a first night',
      makeState({ machines: [makeMachine(1)], lines: [makeLine(1)], changes: makeChanges(1) }),
      'A first night: there is nothing to compare it with yet.',
      'level',
    ],
    [
      'few nights',
      told({ series: [learning] }),
      'Nothing stands out. Speed is watched from 20 nights on.',
      'level',
    ],
    ['a slower model', told({ changePoints: [makeChangePoint()] }), 'm:1 is slower.', 'worse'],
    [
      'a faster model',
      told({ changePoints: [makeChangePoint({ tone: 'better', change: -0.05 })] }),
      'm:1 is faster.',
      'better',
    ],
    [
      'a machine that is slower with all its models',
      told({ changePoints: [makeChangePoint({ line: null, before: null, after: null })] }),
      'The machine is slower.',
      'worse',
    ],
    [
      'two slower models',
      told({ changePoints: [makeChangePoint(), makeChangePoint({ line: other })] }),
      '2 models are slower.',
      'worse',
    ],
    [
      'a change of long ago',
      told({ changePoints: [makeChangePoint({ decidedAt: nightOf(23) })] }),
      'Nothing changed since the night before.',
      'level',
    ],
    ['a suspicion', told({ changePoints: [suspected] }), 'Nothing is told; 1 change is suspected.', 'open'],
    [
      'a tag that moved',
      told({ alarms: [makeDigestAlarm(24)], changePoints: [makeChangePoint()] }),
      'm:1 has another model under its tag; m:1 is slower.',
      'alarm',
    ],
    ['another setup', told({ boundaries: [makeBoundary(24)] }), 'The setup changed.', 'level'],
    [
      'a silent machine',
      told({ alarms: [makeGap(24, null)], changePoints: [makeChangePoint()] }),
      'The machine has been silent since 2026-11-25: 3 runs missed.',
      'alarm',
    ],
    [
      'an answer that did not come',
      makeState({ lines: [makeLine(25, { prompts: answered('failed', 'unanswered') })] }),
      '1 prompt went unanswered.',
      'worse',
    ],
    [
      'an answer that got worse',
      makeState({ lines: [makeLine(25, { prompts: answered('passed', 'failed') })] }),
      '1 answer got worse.',
      'worse',
    ],
    [
      'an answer that got better',
      makeState({ lines: [makeLine(25, { prompts: answered('failed', 'passed') })] }),
      '1 answer got better.',
      'better',
    ],
    [
      'another wording that passes as well',
      makeState({ lines: [makeLine(25, { prompts: answered('passed', 'passed') })] }),
      'Nothing changed since the night before.',
      'level',
    ],
    [
      'a night without a model',
      makeState({ lines: [makeLine(24)] }),
      'The newest night measured no model.',
      'alarm',
    ],
  ];
  test.each(cases)('of %s', (_, state, headline, tone) => {
    expect(view(state)).toMatchObject({ headline, tone });
  });
});

describe('what is new', () => {
  test('begins with what somebody has to look at', () => {
    const state = told({
      changePoints: [
        makeChangePoint({ tone: 'better' }),
        makeChangePoint({ status: 'candidate', decidedAt: null, metric: 'ttftMs' }),
        makeChangePoint({ metric: 'tpotMs' }),
      ],
      alarms: [makeDigestAlarm(24), makeGap(20, 24)],
      boundaries: [makeBoundary(24)],
    });
    expect(view(state).news.map(({ kind, status, tone }) => [kind, status, tone])).toEqual([
      ['digest', 'told', 'alarm'],
      ['change', 'told', 'worse'],
      ['change', 'suspected', 'level'],
      ['change', 'told', 'better'],
      ['boundary', 'told', 'level'],
      ['gap', 'told', 'level'],
    ]);
  });

  test('leaves out what the headline says already', () => {
    const state = told({ alarms: [makeDigestAlarm(24), makeGap(24, null)] });
    expect(view(state).news.map(({ kind }) => kind)).toEqual(['digest']);
  });

  test('names models that were left out of the newest night', () => {
    const state = makeState({ lines: [makeLine(25), makeLine(24, { model: 'n:1' })] });
    expect(view(state).left.map(({ model }) => model)).toEqual(['n:1']);
  });

  test('of an answer says what it was', () => {
    const prompts = [
      {
        set: 'facts',
        id: 'capital',
        title: 'Name a capital',
        category: 'recall',
        promptSet: null,
        version: 1,
        isCurrent: true,
      },
    ];
    const state = makeState({ prompts, lines: [makeLine(25, { prompts: answered('passed', 'failed') })] });
    expect(view(state).answers).toMatchObject([
      { title: 'Name a capital', from: 'passed', to: 'failed', tone: 'worse' },
    ]);
  });
});

test('a machine with an alarm comes before one with a newer night', () => {
  const silent = makeMachine(20, { id: 'bbbbbbbbbbbb' });
  const gap = { ...makeGap(19, null), machine: silent.id };
  const state = makeState({
    machines: [makeMachine(25), silent],
    changes: makeChanges(25, {
      machines: [{ id: silent.id, label: 'CPU', last: nightOf(19), runs: [], everyMs: null }],
      alarms: [gap],
    }),
  });
  expect(viewMachines(state).map(({ machine, tone }) => [machine.id, tone])).toEqual([
    ['bbbbbbbbbbbb', 'alarm'],
    ['aaaaaaaaaaaa', 'level'],
  ]);
});

test('without the run at hand a line is shown without its details', () => {
  expect(findLatestVariant(makeMachine(1), makeLine(1), [])).toBeNull();
});

describe('how a line stands', () => {
  const line = makeLine(25);
  const creep = makeChangePoint({ shape: 'creep', metric: 'ttftMs', decidedAt: nightOf(20) });
  test.each<[string, Partial<Changes>, string, string]>([
    ['quiet', {}, 'stable', 'level'],
    [
      'young',
      { series: [makeSeries({ status: 'learning', nights: 7 })] },
      'learning: 7 of 20 nights',
      'unknown',
    ],
    ['not watched', { series: [] }, 'learning: 0 of 20 nights', 'unknown'],
    ['told', { changePoints: [makeChangePoint()] }, 'E2E +5.0 %, worse', 'worse'],
    [
      'told twice, the worse first',
      {
        changePoints: [
          makeChangePoint({ tone: 'better', metric: 'tpotMs', change: -0.3 }),
          makeChangePoint(),
        ],
      },
      'E2E +5.0 %, worse',
      'worse',
    ],
    [
      'creeping',
      { changePoints: [creep], series: [makeSeries({ status: 'creeping' })] },
      'TTFT +5.0 %, creeping worse',
      'worse',
    ],
    ['after a creep of an epoch that is over', { changePoints: [creep] }, 'stable', 'level'],
    [
      'suspected',
      { changePoints: [makeChangePoint({ status: 'candidate', decidedAt: null })] },
      'E2E +5.0 % suspected',
      'open',
    ],
    ['of another model', { alarms: [makeDigestAlarm(24)] }, 'another model under the tag', 'alarm'],
    ['silent', { alarms: [makeGap(24, null)] }, 'machine silent', 'alarm'],
  ])('%s', (_, more, words, tone) => {
    expect(standOf(told(more), line)).toEqual({ words, tone });
  });
});

describe('a night against the nights before', () => {
  const series = makeSeries();
  const common = makeSeries({ line: null, level: null, noise: { sd: 0.03, autocorrelation: 0 } });
  const candidate = makeChangePoint({ status: 'candidate', metric: 'ttftMs' });
  test.each([
    ['as others', 52, series, undefined, [], 'as usual', 'level'],
    ['beyond three standard deviations', 54, series, undefined, [], '+8.0 %, on one night', 'level'],
    ['with all models of its machine', 54, series, common, [], 'as usual', 'level'],
    ['suspected', 54, series, undefined, [candidate], '+5.0 % suspected', 'open'],
    [
      'creeping',
      54,
      makeSeries({ status: 'creeping' }),
      undefined,
      [makeChangePoint({ shape: 'creep', metric: 'ttftMs' })],
      '+5.0 %, creeping worse',
      'worse',
    ],
    [
      'too few',
      54,
      makeSeries({ status: 'learning', nights: 3, noise: null }),
      undefined,
      [],
      'learning: 3 of 20 nights',
      'unknown',
    ],
    ['not measured', null, series, undefined, [], '', 'unknown'],
    ['not watched', 54, undefined, undefined, [], '', 'unknown'],
  ] as const)('%s', (_, now, own, all, points, words, tone) => {
    expect(describeAgainstLevel(now, own, all, points)).toEqual({ words, tone });
  });
});
