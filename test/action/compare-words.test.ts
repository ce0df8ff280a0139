import { readFileSync } from 'node:fs';
import { expect, it, test } from 'vitest';
import { parse } from 'yaml';
import { readCompareInputs } from '../../src/action/compare-inputs.ts';
import {
  type CompareFailOn,
  explainComparison,
  type Found,
  findWorstWord,
} from '../../src/action/compare-verdict.ts';
import type { CampaignComparison } from '../../src/compare-folders.ts';
import type { VerdictWord } from '../../src/schema/verdict.ts';

const action = parse(readFileSync(new URL('../../action.yml', import.meta.url), 'utf8'));
const read = (given: Record<string, string>) => (name: string) =>
  given[name] ?? action.inputs[name].default ?? '';

it('reads what action.yml declares, with its defaults', () => {
  expect(readCompareInputs(read({ token: 'ghs_test' }))).toEqual({
    token: 'ghs_test',
    workflowRun: null,
    comment: 'auto',
    check: 'auto',
    failOn: 'error',
    artifactName: 'herdmark',
    retentionDays: null,
    upload: 'auto',
  });
});

it('names every wrong input, its value and what it takes', () => {
  const given = { 'workflow-run': 'last', comment: 'once', 'fail-on': 'checks', upload: '1' };
  expect(() => readCompareInputs(read(given))).toThrow(
    [
      'Input workflow-run: "last" is not a whole number from 1 to 9007199254740991.',
      'Input comment: "once" is not one of auto, true, false.',
      'Input fail-on: "checks" is not one of never, error, regression.',
      'Input upload: "1" is not one of auto, true, false.',
    ].join('\n'),
  );
});

const nothing = 'Nothing was compared: the summary says why.';
const one = 'One verdict is `regressed`: the summary says which.';
const two = '2 verdicts are `regressed`: the summary says which.';

it.each<[CampaignComparison['words'] | null, VerdictWord, Record<CompareFailOn, string | null>]>([
  [null, 'not comparable', { never: null, error: nothing, regression: nothing }],
  [{}, 'not comparable', { never: null, error: null, regression: null }],
  [{ improved: 4, unchanged: 0 }, 'improved', { never: null, error: null, regression: null }],
  [{ improved: 1, unchanged: 3 }, 'unchanged', { never: null, error: null, regression: null }],
  [{ unchanged: 3, inconclusive: 1 }, 'inconclusive', { never: null, error: null, regression: null }],
  [
    { inconclusive: 1, 'not comparable': 1 },
    'not comparable',
    { never: null, error: null, regression: null },
  ],
  [{ improved: 3, regressed: 1 }, 'regressed', { never: null, error: null, regression: one }],
  [{ 'not comparable': 3, regressed: 2 }, 'regressed', { never: null, error: null, regression: two }],
])('the worst of %j is %s', (words, worst, explained) => {
  const found = { result: words === null ? null : { words }, leftOut: 1, unchanged: 0 };
  expect(findWorstWord(found)).toBe(worst);
  for (const failOn of ['never', 'error', 'regression'] as const) {
    expect(explainComparison(found, failOn), failOn).toBe(explained[failOn]);
  }
});

test.each<[string, Omit<Found, 'result'>, VerdictWord | null, string | null]>([
  ['no model was changed', { leftOut: 0, unchanged: 1 }, null, null],
  ['nobody says so', { leftOut: 0, unchanged: 0 }, 'not comparable', null],
  ['something was left out besides', { leftOut: 1, unchanged: 1 }, 'not comparable', nothing],
])('where nothing was compared and %s', (_, found, word, failure) => {
  expect(findWorstWord({ ...found, result: null })).toBe(word);
  expect(explainComparison({ ...found, result: null }, 'regression')).toBe(failure);
});
