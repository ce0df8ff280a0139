import { describe, expect, test } from 'vitest';
import { addRun, emptySchedule, readSchedule } from '../../../src/core/change-points/schedule.ts';

const hour = 3_600_000;
const day = 24 * hour;
const nightly = (nights: number) => Array.from({ length: nights }, (_, night) => night * day);

/** @param timesMs When each night began, in order. */
function followSchedule(timesMs: readonly number[], nowMs: number) {
  const state = emptySchedule();
  for (const [night, ms] of timesMs.entries()) addRun(state, night, ms);
  return readSchedule(state, nowMs);
}

describe('a schedule', () => {
  test('of a nightly machine is a day, and nothing is missed until the next is late', () => {
    expect(followSchedule(nightly(10), 9 * day + 35 * hour)).toEqual({ everyMs: day, waits: [] });
  });

  test('is not learned from two waits', () => {
    expect(followSchedule(nightly(3), 90 * day)).toEqual({ everyMs: null, waits: [] });
  });

  test('is not learned from runs of one afternoon', () => {
    const byHand = Array.from({ length: 12 }, (_, run) => run * 0.1 * hour);
    expect(followSchedule(byHand, 90 * day)).toEqual({ everyMs: null, waits: [] });
    const hourly = Array.from({ length: 31 }, (_, run) => run * hour);
    expect(followSchedule(hourly, 34 * hour).waits[0]?.missed).toBe(3);
  });

  test('misses the night that did not come, and says whether it still lasts', () => {
    expect(followSchedule(nightly(10), 9 * day + 40 * hour).waits).toEqual([
      { after: 9, until: null, expectedMs: 10 * day, missed: 1 },
    ]);
    const withGap = nightly(10).filter((_, night) => night !== 6);
    expect(followSchedule(withGap, 9 * day)).toEqual({
      everyMs: day,
      waits: [{ after: 5, until: 6, expectedMs: 6 * day, missed: 1 }],
    });
  });

  test('judges a wait by those before it', () => {
    // Weekly first: a day is no rhythm yet, and nothing was missed when it was weekly.
    const weekly = [0, 7, 14, 21, 28].map((it) => it * day);
    const nights = Array.from({ length: 10 }, (_, night) => (29 + night) * day);
    expect(followSchedule([...weekly, ...nights], 38 * day)).toEqual({ everyMs: day, waits: [] });
  });

  test.each([
    [3, 1],
    [4, 2],
    [15, 13],
  ])('counts what was due in a silence of %i days', (days, missed) => {
    // The last run is of night 9: the wait begins there, and the night that is due now is not missed yet.
    expect(followSchedule(nightly(10), (9 + days) * day - 1).waits[0]?.missed).toBe(missed + 1);
  });

  test('of runs that come as they please has no rhythm, and only a long silence is one', () => {
    const asTheyPlease = [0, 1, 30, 31, 100, 110, 111].map((it) => it * hour);
    expect(followSchedule(asTheyPlease, 200 * hour)).toEqual({ everyMs: null, waits: [] });
    expect(followSchedule(asTheyPlease, 500 * hour).waits).toEqual([
      { after: 6, until: null, expectedMs: 180 * hour, missed: 5 },
    ]);
  });
});
