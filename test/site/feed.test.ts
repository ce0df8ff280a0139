import { describe, expect, test } from 'vitest';
import { renderAtom } from '../../site/src/feed/atom.ts';
import { renderBadges } from '../../site/src/feed/badges.ts';
import { listFeed } from '../../site/src/feed/change-feed.ts';
import { readScorecard, tabulateHistories, tabulatePullRequests } from '../../site/src/view/scorecard.ts';
import type { Alarm, Boundary } from '../../src/schema/changes.ts';
import {
  makeBoundary,
  makeChangePoint,
  makeChanges,
  makeDigestAlarm,
  makeGap,
  makeLine,
  makeMachine,
  makeState,
  nightOf,
  timeOf,
  watchedLine,
} from './state.ts';

const builtAt = '2026-12-24T00:00:00.000Z';
const siteUrl = 'https://me.github.io/bench/';

describe('the feed of changes', () => {
  test('has everything, by when the latest was said of it', () => {
    const changes = makeChanges(25, {
      changePoints: [
        makeChangePoint(),
        makeChangePoint({ metric: 'ttftMs', series: 'b', status: 'candidate', decidedAt: null }),
        makeChangePoint({ metric: 'tpotMs', series: 'c', status: 'cleared', decidedAt: nightOf(23) }),
      ],
      alarms: [makeDigestAlarm(21), makeGap(4, 8)],
      boundaries: [makeBoundary(10)],
    });
    expect(
      listFeed(changes).map(({ kind, status, tone, updatedAt }) => [kind, status, tone, updatedAt]),
    ).toEqual([
      ['change', 'told', 'worse', timeOf(24)],
      ['change', 'cleared', 'level', timeOf(23)],
      ['change', 'suspected', 'level', timeOf(22)],
      ['digest', 'told', 'alarm', timeOf(21)],
      ['boundary', 'told', 'level', timeOf(10)],
      ['gap', 'told', 'level', timeOf(8)],
    ]);
  });

  test('keeps the id of what more is said of', () => {
    const idOf = (more: Parameters<typeof makeChangePoint>[0]) =>
      listFeed(makeChanges(25, { changePoints: [makeChangePoint(more)] }))[0]?.id;
    const suspected = idOf({ status: 'candidate', decidedAt: null, firstChanged: nightOf(21), change: 0.04 });
    expect(idOf({})).toBe(suspected);
    expect(idOf({ series: 'b' })).not.toBe(suspected);
    const gap = (next: number | null) => listFeed(makeChanges(25, { alarms: [makeGap(4, next)] }))[0]?.id;
    expect(gap(8)).toBe(gap(null));
  });
});

describe('the Atom feed', () => {
  const changePoints = [makeChangePoint()];
  test('tells what is told, with a link to it', () => {
    const atom = renderAtom(makeChanges(25, { changePoints }), { siteUrl, builtAt });
    const [item] = listFeed(makeChanges(25, { changePoints }));
    expect(atom).toContain('<id>https://me.github.io/bench/data/changes.atom</id>');
    expect(atom).toContain('<link rel="self" href="https://me.github.io/bench/data/changes.atom"/>');
    expect(atom).toContain('<![CDATA[Worse: m:1 on NVIDIA L4]]>');
    expect(atom).toContain(`<link href="https://me.github.io/bench/changes/#${item?.id}"/>`);
    expect(atom).toContain('m:1 E2E: 100 ms → 105 ms (+5.0 %, worse) since 2026-11-21; told on 2026-11-25.');
    expect(atom.match(/<updated>[^<]*/g)).toEqual([`<updated>${timeOf(24)}`, `<updated>${timeOf(24)}`]);
    expect(atom).toContain(`<published>${timeOf(22)}</published>`);
    expect(atom).toMatch(/<id>urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}<\/id>/);
  });

  test('is the same however often it is built, until something changes', () => {
    const changes = makeChanges(25, { changePoints });
    expect(renderAtom(changes, { siteUrl, builtAt: timeOf(1) })).toBe(
      renderAtom(changes, { siteUrl, builtAt }),
    );
  });

  test('says of a boundary only what stays so, and of a silence when it last became longer', () => {
    const entryOf = (more: Parameters<typeof makeChanges>[1]) => {
      const atom = renderAtom(makeChanges(25, more), { siteUrl, builtAt });
      return /<entry>.*<\/entry>/s.exec(atom)?.[0] ?? '';
    };
    const shift: Boundary['shifts'][number] = {
      ...{ line: watchedLine, metric: 'e2eMs', before: 100, after: 110, change: 0.1, moved: true },
      ...{ interval: [0.08, 0.12], nightsBefore: 20, nightsAfter: 5 },
    };
    const boundary = { ...makeBoundary(10), shifts: [shift] };
    expect(entryOf({ boundaries: [boundary] })).toBe(entryOf({ boundaries: [makeBoundary(10)] }));
    const gap = (missed: number) => entryOf({ alarms: [{ ...makeGap(4, null), missed } as Alarm] });
    expect(gap(3)).toContain(`<updated>${timeOf(7)}</updated>`);
    expect(gap(4)).toContain(`<updated>${timeOf(8)}</updated>`);
  });

  test('has relative links where nobody knows the address', () => {
    const atom = renderAtom(makeChanges(25, { changePoints }), { siteUrl: null, builtAt });
    expect(atom.match(/href="[^"#]*/g)).toEqual([
      'href="../changes/',
      'href="../data/changes.atom',
      'href="../changes/',
    ]);
  });

  test('leaves out what may be nothing, and what was', () => {
    const open = makeChangePoint({ status: 'candidate', decidedAt: null });
    const cleared = makeChangePoint({ status: 'cleared' });
    const atom = renderAtom(makeChanges(25, { changePoints: [open, cleared] }), { siteUrl, builtAt });
    expect(atom).not.toContain('<entry>');
    expect(atom).toContain(`<updated>${builtAt}</updated>`);
  });

  test('escapes the name of a model', () => {
    const line = { ...watchedLine, model: '<img src=x onerror=alert(1)>]]>' };
    const atom = renderAtom(makeChanges(25, { changePoints: [makeChangePoint({ line })] }), {
      siteUrl,
      builtAt,
    });
    expect(atom).not.toContain('<img');
    expect(atom).toContain('<![CDATA[Worse: &lt;img src=x onerror=alert(1)&gt;]]&gt; on NVIDIA L4]]>');
  });

  test('has no character that XML cannot write', () => {
    const line = { ...watchedLine, model: 'ev\x0bil\x08\x1b\ufffe\u202e]]>:latest' };
    const atom = renderAtom(makeChanges(25, { changePoints: [makeChangePoint({ line })] }), {
      siteUrl,
      builtAt,
    });
    expect(atom).toContain('<![CDATA[Worse: ev il ]]&gt;:latest on NVIDIA L4]]>');
    expect(atom).not.toMatch(/[^\P{Cc}\n\t]|\p{Cf}|[\ufffe\uffff]/u);
  });

  test('ends after a hundred entries', () => {
    const alarms = Array.from({ length: 120 }, (_, index) => ({
      ...makeDigestAlarm(24),
      line: { ...watchedLine, copy: index },
    }));
    expect(renderAtom(makeChanges(25, { alarms }), { siteUrl, builtAt }).split('<entry>')).toHaveLength(101);
  });
});

describe('badges', () => {
  const byPath = (state: Parameters<typeof renderBadges>[0]) =>
    Object.fromEntries(renderBadges(state).map(({ path, json }) => [path, json]));

  test('tell of each model what it does now', () => {
    const badge = (label: string, message: string) => ({ schemaVersion: 1, label, message, color: '0b5f50' });
    expect(byPath(makeState())).toEqual({
      'badges/m-1/ttft.json': badge('m:1 TTFT', '50.0 ms'),
      'badges/m-1/tpot.json': badge('m:1 TPOT', '100 ms'),
      'badges/m-1/decode.json': badge('m:1 Decode', '40.0 tok/s'),
      'badges/m-1/passed.json': badge('m:1 answers passed', '23 of 24'),
      'badges/m-1/verdict.json': badge('m:1', 'stable'),
    });
  });

  test('of an alarm are errors', () => {
    const changes = makeChanges(25, { alarms: [makeDigestAlarm(24)] });
    expect(byPath(makeState({ changes }))['badges/m-1/verdict.json']).toEqual({
      ...{
        schemaVersion: 1,
        label: 'm:1',
        message: 'another model under the tag',
        color: 'b3261e',
        isError: true,
      },
    });
  });

  test.each([
    [1, '0b5f50'],
    [0.9, '0b5f50'],
    [0.5, '8f4506'],
    [4 / 52, 'b3261e'],
    [null, '595f59'],
  ])('of answers of which %d passed have a colour of their own', (share, color) => {
    const line = makeLine(25);
    line.trends.answersPassed.median.fill(share);
    expect(byPath(makeState({ lines: [line] }))['badges/m-1/passed.json']?.color).toBe(color);
  });

  test('say what is not known as such', () => {
    const line = makeLine(25);
    line.trends.ttftMs.median.fill(null);
    line.trends.answersPassed = { n: [0], median: [null], low: [null], high: [null], slowest: [null] };
    const badges = byPath(makeState({ lines: [line] }));
    expect(badges['badges/m-1/ttft.json']?.message).toBe('–');
    expect(badges['badges/m-1/passed.json']?.message).toBe('–');
  });

  test('of a model on two machines are of the one that measured it last', () => {
    const older = makeMachine(3, { id: 'bbbbbbbbbbbb' });
    const other = makeLine(3, { machine: older.id, slug: 'm-1-bbbbbb' });
    other.trends.ttftMs.median.fill(999);
    const state = makeState({ machines: [makeMachine(25), older], lines: [other, makeLine(25)] });
    expect(byPath(state)['badges/m-1/ttft.json']?.message).toBe('50.0 ms');
  });
});

test('the scorecard of the repository is one that the site can show', async () => {
  const { default: json } = await import('../../site/src/data/scorecard.json', { with: { type: 'json' } });
  expect(readScorecard(json)?.rules[0]).toEqual({ id: 'herdmark', title: 'Herdmark' });
  expect(readScorecard(undefined)).toBeNull();
});

test('a scorecard sets rules beside each other, measure by measure', () => {
  const figures = { f1: null, falsePer1000: 0.0261, falsePer1000AtMost: 0.0455, delay: null };
  const scorecard = {
    seed: 1,
    rules: [
      { id: 'herdmark', title: 'Herdmark' },
      { id: 'peer', title: 'A peer' },
    ],
    shapes: [
      {
        ...{ id: 'nothing', title: 'nothing', years: 1000, nights: 9 },
        rules: { herdmark: figures, peer: { ...figures, falsePer1000: 17.6 } },
      },
      {
        ...{ id: 'step', title: 'a step', years: 200, nights: 9 },
        rules: {
          herdmark: { ...figures, f1: 1, falsePer1000: 0, delay: 3 },
          peer: { ...figures, f1: 0.121 },
        },
      },
    ],
    pullRequests: {
      ...{ perCell: 10, falseAlarmRate: 0, power: { '5at10': 1, '3at3': 1 } },
      cells: [
        { title: 'quiet', isQuiet: true, falseAlarms: 0.001, named: 0, unchanged: 1, peers: {} },
        {
          ...{ title: 'slower', isQuiet: false, falseAlarms: 0, named: 0.985, unchanged: 1 },
          peers: { 'A peer': { falseAlarms: 0.2, named: 0.5 } },
        },
      ],
    },
  };
  expect(tabulateHistories(scorecard)).toEqual({
    rules: ['Herdmark', 'A peer'],
    drawn: [
      {
        ...{ title: 'nothing', note: '1,000 years' },
        measures: [{ name: 'false per 1,000', values: ['0.0261 ≤ 0.0455', '17.6'] }],
      },
      {
        ...{ title: 'a step', note: '200 years' },
        measures: [
          { name: 'F1', values: ['1', '0.121'] },
          { name: 'false per 1,000', values: ['0 ≤ 0.0455', '0.0261'] },
          { name: 'delay, nights', values: ['3', '–'] },
        ],
      },
    ],
  });
  expect(tabulatePullRequests(scorecard)).toEqual({
    rules: ['Herdmark', 'A peer'],
    drawn: [
      { title: 'quiet', note: null, measures: [{ name: 'false', values: ['0.1 %', '–'] }] },
      {
        ...{ title: 'slower', note: null },
        measures: [
          { name: 'false', values: ['0 %', '20 %'] },
          { name: 'named', values: ['98.5 %', '50 %'] },
        ],
      },
    ],
  });
});
