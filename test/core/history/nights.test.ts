import { expect, test } from 'vitest';
import { groupNights, type NightRun } from '../../../src/core/history/nights.ts';

/** `workflow run/attempt/shard@machine`, started at the minute; `-` where there is none. */
function run(minute: number, of: string): NightRun {
  const [, workflowRun, attempt, shard, machine] =
    /^(.+)\/(.+)\/(.+)@(.+)$/.exec(of) ?? expect.unreachable(of);
  const at = String(minute).padStart(2, '0');
  return {
    id: `20261124t01${at}00z-00000a`,
    startedAt: `2026-11-24T01:${at}:00.000Z`,
    machine: String(machine),
    campaign: workflowRun === '-' ? null : { workflowRun: String(workflowRun), attempt: Number(attempt) },
    shard: shard === '-' ? null : String(shard),
  };
}

const minuteOf = ({ id }: Pick<NightRun, 'id'>) => Number(id.slice(11, 13));

test.each<[string, string[], { runs: number[]; superseded: number[] }[]]>([
  ['nothing', [], []],
  ['a run outside a workflow', ['-/-/-@m'], [{ runs: [0], superseded: [] }]],
  [
    'two runs outside a workflow',
    ['-/-/-@m', '-/-/-@m'],
    [
      { runs: [0], superseded: [] },
      { runs: [1], superseded: [] },
    ],
  ],
  ['the shards of a workflow run', ['7/1/a@m', '7/1/b@m'], [{ runs: [0, 1], superseded: [] }]],
  ['jobs of a matrix without names', ['7/1/-@m', '7/1/-@m'], [{ runs: [0, 1], superseded: [] }]],
  [
    'two machines',
    ['7/1/a@m', '7/1/a@n'],
    [
      { runs: [0], superseded: [] },
      { runs: [1], superseded: [] },
    ],
  ],
  [
    'two workflow runs',
    ['7/1/a@m', '8/1/a@m'],
    [
      { runs: [0], superseded: [] },
      { runs: [1], superseded: [] },
    ],
  ],
  ['a later attempt of all', ['7/1/a@m', '7/2/a@m'], [{ runs: [1], superseded: [0] }]],
  [
    'a later attempt of the shard that failed',
    ['7/1/a@m', '7/1/b@m', '7/2/b@m'],
    [{ runs: [0, 2], superseded: [1] }],
  ],
  [
    'a later attempt on another machine',
    ['7/1/a@m', '7/2/a@n'],
    [
      { runs: [0], superseded: [] },
      { runs: [1], superseded: [] },
    ],
  ],
  ['an earlier attempt that started later', ['7/2/a@m', '7/1/a@m'], [{ runs: [0], superseded: [1] }]],
  ['ten attempts, which are numbers', ['7/9/a@m', '7/10/a@m'], [{ runs: [1], superseded: [0] }]],
])('%s', (_, runs, nights) => {
  const made = runs.map((of, minute) => run(minute, of));
  const found = groupNights([...made].reverse());
  expect(
    found.map(({ runs, superseded }) => ({
      runs: runs.map(minuteOf),
      superseded: superseded.map(minuteOf),
    })),
  ).toEqual(nights);
  for (const night of found) {
    expect([night.id, night.startedAt, night.machine]).toEqual([
      night.runs[0]?.id,
      night.runs[0]?.startedAt,
      night.runs[0]?.machine,
    ]);
  }
});
