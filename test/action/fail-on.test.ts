import { expect, it } from 'vitest';
import { explainFailure, type FailOn } from '../../src/action/fail-on.ts';
import type { Run } from '../../src/schema/run.ts';
import { makeRun, makeVariant } from '../blank-run.ts';

const good = makeVariant('good', 8, 4, 4);
const wrong = makeVariant('wrong', 8, 4, 1);
const silent = makeVariant('silent', 0, 0, 0);
const failure = { sample: 'a/0/bare/x/0', code: 'stream-cut', message: 'The stream was cut.' };
const failed = { counts: { planned: 10, ok: 9, failed: 1, invalid: 0 }, failures: [failure] };

const cancelled = 'The run was cancelled: it reports what was measured until then.';
const nothing = 'Nothing was measured. The first failure: The stream was cut.';
const unmeasured = 'Not measured: silent. The first failure: The stream was cut.';
const oneFailed = '1 of 10 requests failed. The first failure: The stream was cut.';
const checks = 'Answers did not pass their checks: wrong 3 of 4.';

it.each<[string, Partial<Run>, Record<FailOn, string | null>]>([
  ['a run that went well', { variants: [good] }, { never: null, error: null, checks: null }],
  ['wrong answers', { variants: [good, wrong] }, { never: null, error: null, checks }],
  [
    'a failed request',
    { variants: [wrong], ...failed },
    { never: null, error: oneFailed, checks: oneFailed },
  ],
  [
    'a model not measured',
    { variants: [good, silent], ...failed },
    { never: null, error: unmeasured, checks: unmeasured },
  ],
  [
    'no model measured',
    { variants: [silent], ...failed },
    { never: nothing, error: nothing, checks: nothing },
  ],
  [
    'a cancelled run',
    { variants: [good], status: 'cancelled' },
    { never: cancelled, error: cancelled, checks: cancelled },
  ],
])('explainFailure of %s', (_, changes, expected) => {
  const explained = (['never', 'error', 'checks'] as const).map((word) => [
    word,
    explainFailure(makeRun(changes), word),
  ]);
  expect(Object.fromEntries(explained)).toEqual(expected);
});
