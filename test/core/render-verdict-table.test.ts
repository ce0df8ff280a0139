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
    'NVIDIA H200: speed regressed, checks improved, answers changed',
    'Base and head asked in turn, in one job of 2026-11-24 01:30 UTC.',
    '',
    'qwen3:8b 500a1f06 → 9abcdef0',
    makeModel().joint.line,
    'Changed: digest 500a1f06 → 9abcdef0; quantization Q4_K_M → Q5_K_M',
    '',
    'median                        base         head  change     90 % interval                                 verdict',
    'TTFT                       41.3 ms      43.5 ms  +5.1 %  +4.5 % to +5.7 %                               regressed',
    'TPOT                       9.06 ms      9.09 ms  +0.3 %  −0.3 % to +0.9 %                               unchanged',
    'E2E at matched length            –            –  +1.4 %  −0.4 % to +3.2 %  inconclusive (+3.1 % would have shown)',
    'Prefill                2,210 tok/s  2,220 tok/s  +0.3 %  −0.6 % to +1.2 %                               unchanged',
    '',
    'Checks: 36 of 48 → 44 of 48 answers passed all of theirs. JSON that did not parse: 6 of 18 → 0 of 18, only in a code fence 0 → 3.',
    '  worse: refund-policy mentions 30 days: 6 of 6 → 4 of 6',
    '  better: extract-contact JSON: 0 of 6 → 6 of 6',
    'Answers: 2 of 24 changed beyond self-disagreement; 3 differ at all. Loaded again, base answers otherwise in 8 % of cases and head in 11 %; the two differ in 35 %.',
    '  stands out: summarise-log TTFT +102 %',
    'Memory: 5.20 GiB → 5.70 GiB (+9.6 %), all of it on the GPU',
    '  left out: old-ticket: It is asked in other words now.',
    '6 loads × 2 rounds, 24 prompts, 288 pairs of readings, noise pooled with stored loads (40 degrees of freedom).',
    'Both sides were judged by the new checks, as they had changed: refund-policy.',
    '',
    '4 metrics judged together: α 0.5 % over all of them, and a change has to be at least 2 % to be named.',
    'It was agreed to look after 6, 9, 12 loads; looking early is paid for in every p and every interval.',
    '',
  ]);
});

test('several models follow each other, and one that cannot be compared says why', () => {
  const models = [makeQuietModel('gemma3:4b'), makeIncomparableModel()];
  const text = renderVerdictTable(makeVerdict({ models }));
  expect(text).toContain(
    'NVIDIA H200: 2 comparisons – speed unchanged, checks unchanged, answers same; 1 not comparable\n',
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
  expect(lines).toContain('median  base  head  change  interval         verdict');
  expect(lines).toContain('TTFT       –     –       –         –  not comparable');
});
