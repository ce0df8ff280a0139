import { expect, test } from 'vitest';
import { judgeAnswer } from '../../src/core/checks/judge-answer.ts';
import { type Check, checkResult } from '../../src/schema/check.ts';

type EmbeddingCheck = Extract<Check, { type: 'embedding' }>;

// Cosines: 0 to 1 is 0.8, 0 to 2 is 0, 1 to 2 is 0.6. Lengths do not matter to them.
const vectors = [
  [1, 0],
  [8, 6],
  [0, 0.5],
];

const rows: [embeddings: number[][], check: EmbeddingCheck, pass: boolean, reason: string][] = [
  [vectors, { type: 'embedding' }, true, 'The answer has 3 vectors of 2 dimensions.'],
  [[[1]], { type: 'embedding' }, true, 'The answer has 1 vector of 1 dimension.'],
  [
    vectors,
    { type: 'embedding', vectors: 3, dimensions: 2 },
    true,
    'The answer has 3 vectors of 2 dimensions.',
  ],
  [
    vectors,
    { type: 'embedding', dimensions: 384 },
    false,
    'The answer has 3 vectors of 2 dimensions; wanted 3 vectors of 384 dimensions.',
  ],
  [
    vectors,
    { type: 'embedding', vectors: 1 },
    false,
    'The answer has 3 vectors of 2 dimensions; wanted 1 vector of 2 dimensions.',
  ],
  [
    vectors,
    { type: 'embedding', dimensions: 3, not: true },
    true,
    'The answer has 3 vectors of 2 dimensions.',
  ],
  [
    vectors,
    { type: 'embedding', dimensions: 2, not: true },
    false,
    'The answer has 3 vectors of 2 dimensions; wanted the opposite.',
  ],
  [
    vectors,
    {
      type: 'embedding',
      closer: [
        [0, 1, 2],
        [2, 1, 0],
      ],
    },
    true,
    'The answer has 3 vectors of 2 dimensions, closer as wanted in 2 of 2.',
  ],
  [
    vectors,
    {
      type: 'embedding',
      closer: [
        [0, 1, 2],
        [1, 2, 0],
        [0, 2, 1],
      ],
    },
    false,
    'Text 1 is not closer to text 2 (0.600) than to text 0 (0.800), text 0 is not closer to text 2 (0.000) than to text 1 (0.800).',
  ],
  [
    [
      [1, 0],
      [1, 0],
      [2, 0],
    ],
    { type: 'embedding', closer: [[0, 1, 2]] },
    false,
    'Text 0 is not closer to text 1 (1.000) than to text 2 (1.000).',
  ],
  [
    vectors,
    { type: 'embedding', closer: [[0, 2, 1]], not: true },
    true,
    'Text 0 is not closer to text 2 (0.000) than to text 1 (0.800).',
  ],
  [
    [
      [1, 0],
      [0, 0],
    ],
    { type: 'embedding' },
    false,
    'The vector of text 1 is all zeros.',
  ],
  [
    [
      [1, 0],
      [0, 0],
    ],
    { type: 'embedding', dimensions: 3, not: true },
    false,
    'The vector of text 1 is all zeros.',
  ],
  [[], { type: 'embedding' }, false, 'The answer has no vectors.'],
  [[], { type: 'embedding', dimensions: 3, not: true }, false, 'The answer has no vectors.'],
];

test.each(rows)('of %j by %j', (embeddings, check, pass, reason) => {
  const [result] = judgeAnswer([check], { text: '', embeddings });
  expect(checkResult.parse(result)).toMatchObject({ type: 'embedding', pass, reason });
});

test('of a text there are none', () => {
  expect(judgeAnswer([{ type: 'embedding' }], '[0.1, 0.2]')).toMatchObject([{ pass: false }]);
});
