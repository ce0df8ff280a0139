import { describe, expect, test } from 'vitest';
import { listAlarmLines, renderChangesSummary } from '../../src/core/render/changes-summary.ts';
import type { Alarm, Boundary, ChangePoint, Changes, WatchedSeries } from '../../src/schema/changes.ts';
import { changes as changesSchema } from '../../src/schema/changes.ts';
import { digest } from '../blank-run.ts';

const machine = '0123456789ab';
const nightOf = (day: number) => ({
  run: `202611${String(day).padStart(2, '0')}t013000z-4f09ab`,
  at: `2026-11-${String(day).padStart(2, '0')}T01:30:00.000Z`,
});
const line = { machine, model: 'qwen3:8b', options: '', copy: 0 };

const changePoint = (changes: Partial<ChangePoint>): ChangePoint => ({
  ...{ series: 'series', machine, line, metric: 'e2eMs', status: 'confirmed', shape: 'step', tone: 'worse' },
  ...{ lastGood: nightOf(20), firstChanged: nightOf(21), suspectedAt: nightOf(23), decidedAt: nightOf(24) },
  ...{ levelledAt: null, before: 812, after: 855, change: 0.053, together: [] },
  ...changes,
});
const series = (status: WatchedSeries['status'], id = machine): WatchedSeries => ({
  ...{ id: 'series', machine: id, line, metric: 'e2eMs', status, nights: 60 },
  ...{ epochFrom: nightOf(1), stretchFrom: nightOf(1), level: 800, noise: null },
});
const moved: Alarm = {
  ...{ kind: 'digest-changed', line, before: nightOf(23), after: nightOf(24) },
  ...{ from: digest('500a1f06'), to: digest('9d1c2b3a'), shifts: [] },
};
const offline: Alarm = {
  ...{ kind: 'offline', machine, last: nightOf(24), expectedAt: nightOf(25).at, missed: 3, next: null },
};
const boundary: Boundary = {
  ...{ machine, before: nightOf(23), after: nightOf(24), changes: ['Ollama 0.33.0 → 0.34.1'], shifts: [] },
};

function makeChanges(told: Partial<Changes>): Changes {
  return changesSchema.parse({
    ...{ schemaVersion: '2.0', asOf: nightOf(24).at },
    machines: [
      { id: machine, label: 'a GPU', last: nightOf(24), runs: [nightOf(24).run], everyMs: 86_400_000 },
    ],
    ...{ series: [series('stable'), series('learning')], changePoints: [], alarms: [], boundaries: [] },
    ...told,
  });
}

const creep = changePoint({
  shape: 'creep',
  tone: 'better',
  levelledAt: nightOf(24),
  decidedAt: nightOf(22),
});
const words = {
  moved:
    'qwen3:8b is another model since 2026-11-24: digest 500a1f06 → 9d1c2b3a. Nothing else is seen to have moved.',
  step: 'qwen3:8b E2E: 812 ms → 855 ms (+5.3 %, worse) since 2026-11-21; told on 2026-11-24.',
};

describe('the news of a night', () => {
  test.each<[string, Partial<Changes>, string[]]>([
    ['nothing', {}, ['Nothing changed: 2 series watched, 1 still learning.']],
    ['nothing, and all is learned', { series: [series('stable')] }, ['Nothing changed: 1 series watched.']],
    ['nothing at all', { machines: [], series: [] }, ['Nothing is watched yet.']],
    [
      'what was decided on an earlier night',
      { changePoints: [changePoint({ decidedAt: nightOf(23) })] },
      ['Nothing changed: 2 series watched, 1 still learning.'],
    ],
    [
      'everything, the most urgent first',
      {
        boundaries: [boundary],
        changePoints: [changePoint({ status: 'candidate', decidedAt: null }), creep, changePoint({})],
        alarms: [moved, offline],
      },
      [
        '## Herdmark: 2 alarms, 2 changes, 1 suspicion, 1 boundary',
        '**Alarms**',
        `- ${words.moved}\n- The machine has been silent since 2026-11-24: 3 runs missed.`,
        '**Changed**',
        `- qwen3:8b E2E: 812 ms → 855 ms (+5.3 %, better) since 2026-11-21, creeping; told on 2026-11-22, seen to have ended on 2026-11-24.\n- ${words.step}`,
        '**Suspected**',
        '- qwen3:8b E2E: 812 ms → 855 ms (+5.3 %, worse) since 2026-11-21; suspected since 2026-11-23.',
        '**Boundaries**',
        '- Ollama 0.33.0 → 0.34.1 on 2026-11-24. Nothing else is seen to have moved.',
        '2 series watched, 1 still learning.',
      ],
    ],
    [
      'a suspicion that came to nothing',
      { changePoints: [changePoint({ status: 'cleared' })] },
      [
        '## Herdmark: 1 suspicion cleared',
        '**Cleared**',
        '- qwen3:8b E2E: 812 ms → 855 ms (+5.3 %, worse) since 2026-11-21; suspected on 2026-11-23, cleared on 2026-11-24.',
        '2 series watched, 1 still learning.',
      ],
    ],
  ])('of %s', (_, told, blocks) => {
    expect(renderChangesSummary(makeChanges(told), machine)).toBe(`${blocks.join('\n\n')}\n`);
  });

  test('of several machines names each that has any', () => {
    const other = 'ba9876543210';
    const changes = makeChanges({
      machines: [
        ...makeChanges({}).machines,
        { id: other, label: 'another GPU', last: nightOf(24), runs: [nightOf(24).run], everyMs: null },
      ],
      series: [series('stable'), series('stable', other)],
      changePoints: [changePoint({ machine: other })],
    });
    expect(renderChangesSummary(changes, null)).toBe(
      `## Herdmark: 1 change\n\n### another GPU \`${other}\`\n\n**Changed**\n\n- ${words.step}\n\n2 series watched.\n`,
    );
    expect(renderChangesSummary(changes, machine)).toBe('Nothing changed: 1 series watched.\n');
  });

  test('of hundreds of series counts what is too many to read', () => {
    const changePoints = Array.from({ length: 100 }, () => changePoint({}));
    const summary = renderChangesSummary(makeChanges({ changePoints }), machine);
    expect(summary).toContain('## Herdmark: 100 changes');
    expect(summary.split(words.step)).toHaveLength(41);
    expect(summary).toContain('- and 60 more: see changes.json.');
  });

  test('takes names for text', () => {
    const model = '[a](http://b) @all | **x** <img> ::error::';
    const summary = renderChangesSummary(
      makeChanges({ changePoints: [changePoint({ line: { ...line, model } })] }),
      machine,
    );
    expect(summary).toContain(String.raw`- \[a]\(http:​//b) @​all | \*\*x\*\* \<img> :​:error:​: E2E: 812 ms`);
  });
});

describe('what is warned of', () => {
  test('are alarms, and what became worse', () => {
    const changes = makeChanges({
      alarms: [moved],
      changePoints: [changePoint({}), creep, changePoint({ status: 'candidate', decidedAt: null })],
    });
    expect(listAlarmLines(changes, null)).toEqual([words.moved, words.step]);
    expect(listAlarmLines(changes, 'ba9876543210')).toEqual([]);
  });

  test('is nothing on a calm night', () => {
    expect(listAlarmLines(makeChanges({}), null)).toEqual([]);
  });
});
