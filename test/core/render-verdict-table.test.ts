import { expect, test } from 'vitest';
import { renderVerdictTable } from '../../src/cli/render-verdict.ts';
import {
  makeIncomparableModel,
  makeMetric,
  makeModel,
  makeQuietModel,
  makeVerdict,
} from '../report/example-verdicts.ts';

test('a verdict in a terminal', () => {
  expect(renderVerdictTable(makeVerdict()).split('\n')).toEqual([
    '',
    'NVIDIA H200: slower: TTFT +5.1 %; checks better on 7 prompts, worse on 1; 2 of 24 answers changed; memory +9.6 %',
    'Base and head measured in turn, in one job of 2026-11-24 01:30 UTC.',
    '',
    'qwen3:8b: Q4_K_M → Q5_K_M, 500a1f06 → 9abcdef0',
    '',
    'median                        base         head  change             range                                 verdict',
    'TTFT                       41.3 ms      43.5 ms  +5.1 %  +4.5 % to +5.7 %                               regressed',
    'TPOT                       9.06 ms      9.09 ms  +0.3 %  −0.3 % to +0.9 %                               unchanged',
    'E2E at matched length            –            –  +1.4 %  −0.4 % to +3.2 %  inconclusive (+3.1 % would have shown)',
    'Prefill                2,210 tok/s  2,220 tok/s  +0.3 %  −0.6 % to +1.2 %                               unchanged',
    '',
    'Checks. Over 24 prompts, answers that pass all of theirs: 75 % → 91.7 %. JSON that does not parse: 33.3 % → 0 %, only in a code fence 0 % → 16.7 %. Both sides were judged by the new checks, as they had changed: refund-policy.',
    '  worse: refund-policy mentions 30 days: always → 4 of 6 times',
    '  better: extract-contact JSON: never → always',
    'Answers. 3 of 24 differ, 2 beyond self-disagreement. Loaded again, base answers otherwise in 8 % of cases and head in 11 %; the two differ in 35 %.',
    '  unlike the other prompts: summarise-log TTFT +102 %',
    'Tail, not judged: p95 TTFT 66.1 ms → 69.6 ms (n 288).',
    'Memory: 5.20 GiB → 5.70 GiB, all of it on the GPU.',
    '  left out: old-ticket: It is asked in other words now.',
    '6 loads × 2 rounds, 24 prompts, 288 pairs of readings, noise pooled with stored loads (40 degrees of freedom).',
    '',
    '4 metrics judged together: α 0.5 % over all of them, and a change has to be at least 2 % to be named.',
    'A range is a 90 % interval, wider at an early look: it was agreed to look after 6, 9, 12 loads, and looking early is paid for in every p as well.',
    '',
  ]);
});

test('several models follow each other, and one that cannot be compared says why', () => {
  const models = [makeQuietModel('gemma3:4b'), makeIncomparableModel()];
  const text = renderVerdictTable(makeVerdict({ models }));
  expect(text).toContain(
    'NVIDIA H200: 2 comparisons: speed unchanged; checks unchanged; answers the same; memory up to +9.6 %; 1 not comparable\n',
  );
  expect(text).toContain(
    '\nphi4:14b\nNot comparable. The GPU driver is not the same: 570.133 and 575.64.\nMemory: ',
  );
});

test('what others wrote is plain lines, and of much only the first is told', () => {
  const leftOut = Array.from({ length: 12 }, (_, index) => ({
    prompt: `p${index}`,
    reason: 'bad\u001b[31m\nnews',
  }));
  const model = makeModel({ leftOut, metrics: [makeMetric('ttftMs', 'not comparable', null)], tails: [] });
  const lines = renderVerdictTable(makeVerdict({ models: [model] })).split('\n');
  expect(lines).toContain('  left out: p7: bad [31m news');
  expect(lines).toContain('  and 4 others');
  expect(lines).toContain('median  base  head  change  range         verdict');
  expect(lines).toContain('TTFT       –     –       –      –  not comparable');
});
