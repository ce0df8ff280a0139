import { expect, test } from 'vitest';
import { type Answered, findFlags } from '../../src/core/validity.ts';

const server = {
  ...{
    totalNs: 1,
    loadNs: 1,
    promptEvalNs: 1,
    evalNs: 1,
    promptEvalCount: 20,
    evalCount: 5,
    doneReason: 'stop',
  },
  promptEvalCachedCount: null,
};
const answered: Answered = { phase: 'timed', text: 'Yes.', server, isRepeat: false };

test.each<[string, Partial<Answered>, string[]]>([
  ['a sound sample', {}, []],
  ['a cached template before a new prompt', { server: { ...server, promptEvalCachedCount: 12 } }, []],
  ['a wholly cached prompt', { server: { ...server, promptEvalCachedCount: 19 } }, ['cache-contaminated']],
  [
    'a count of cached tokens without one of all',
    { server: { ...server, promptEvalCount: null, promptEvalCachedCount: 19 } },
    [],
  ],
  ['a prompt put to the same load again', { isRepeat: true }, ['not-reloaded']],
  ['a thought without an answer', { text: ' ', phase: 'bare' }, ['thinking-exhausted']],
  ['a warm-up, which need not say anything', { text: '', phase: 'warmup', isRepeat: true }, []],
  [
    'all at once',
    { text: '', isRepeat: true, server: { ...server, promptEvalCachedCount: 20 } },
    ['thinking-exhausted', 'not-reloaded', 'cache-contaminated'],
  ],
])('%s', (_, change, codes) => {
  expect(findFlags({ ...answered, ...change }).map(({ code }) => code)).toEqual(codes);
});
