import { expect, test } from 'vitest';
import { createTurns } from '../../src/embedded/turns.ts';

test('one at a time, in the order of asking', async () => {
  const { acquire, take } = createTurns();
  const seen: string[] = [];
  const release = await acquire();
  const second = take(async () => seen.push('second'));
  const third = take(async () => seen.push('third'));
  await new Promise(setImmediate);
  seen.push('first');
  release();
  await Promise.all([second, third]);
  expect(seen).toEqual(['first', 'second', 'third']);
});

test('who gave up is skipped, and who failed does not block', async () => {
  const { acquire, take } = createTurns();
  const release = await acquire();
  const abort = new AbortController();
  const gone = take(async () => 'never', abort.signal);
  const failed = take(async () => {
    throw new Error('broken');
  });
  const last = take(async () => 'done');
  abort.abort(new Error('gave up'));
  release();
  await expect(gone).rejects.toThrow('gave up');
  await expect(failed).rejects.toThrow('broken');
  await expect(last).resolves.toBe('done');
});
