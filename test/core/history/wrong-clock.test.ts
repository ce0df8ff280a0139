import { expect, test } from 'vitest';
import { explainWrongClock } from '../../../src/core/history/wrong-clock.ts';

const asOf = '2026-11-24T06:30:00.000Z';
const from = (uploadedAt: string | null | undefined) => ({
  ...{ repository: 'acme/llm', workflowRun: '1', attempt: 1, artifact: 1 },
  ...(uploadedAt === undefined ? {} : { uploadedAt }),
});

test.each<[string, string, ReturnType<typeof from> | null, RegExp | null]>([
  ['a run of this night', '2026-11-24T01:30:00.000Z', null, null],
  ['a clock that is a time zone ahead', '2026-11-25T06:30:00.000Z', null, null],
  [
    'a day more',
    '2026-11-25T06:30:01.000Z',
    null,
    /at 2026-11-25 06:30 UTC, and it is 2026-11-24 06:30 UTC now/,
  ],
  ['a century ahead', '2099-01-01T00:00:00.000Z', null, /of its machine was wrong, or ours is/],
  ['an old night', '2024-01-01T00:00:00.000Z', null, null],
  [
    'a clock without a battery',
    '1970-01-01T00:00:07.000Z',
    null,
    /1970-01-01 00:00 UTC, before there was an Ollama/,
  ],
  ['an artifact', '2026-11-24T01:30:00.000Z', from('2026-11-24T03:00:00Z'), null],
  [
    'an artifact of a clock ahead, though that day has come',
    '2026-11-01T00:00:00.000Z',
    from('2026-10-01T03:00:00Z'),
    /2026-11-01 00:00 UTC, and GitHub had it at 2026-10-01 03:00 UTC/,
  ],
  [
    'an artifact, seen by a reader whose clock is behind',
    '2027-11-24T01:30:00.000Z',
    from('2027-11-24T03:00:00Z'),
    null,
  ],
  ['an artifact of months before', '2026-02-24T01:30:00.000Z', from('2026-11-24T03:00:00Z'), null],
  [
    'an artifact of years before',
    '2024-02-24T01:30:00.000Z',
    from('2026-11-24T03:00:00Z'),
    /did not have it until/,
  ],
  ['an artifact of which GitHub did not tell', '2099-01-01T00:00:00.000Z', from(null), /and it is/],
  ['an artifact that was published before 2.1', '2099-01-01T00:00:00.000Z', from(undefined), /and it is/],
])('%s', (_, startedAt, origin, reason) => {
  const found = explainWrongClock({ startedAt, origin }, asOf);
  if (reason === null) expect(found).toBeNull();
  else expect(found).toMatch(reason);
});
