import { fromMarkdown } from 'mdast-util-from-markdown';
import { describe, expect, test } from 'vitest';
import { renderVerdicts } from '../../src/core/render/verdict-markdown.ts';
import type { ModelVerdict } from '../../src/schema/verdict.ts';
import {
  makeAnswer,
  makeIncomparableModel,
  makeMetric,
  makeModel,
  makePair,
  makeQuietModel,
  makeVerdict,
  pairs,
} from '../report/example-verdicts.ts';

const noReport = { reportUrl: null };
const zwsp = '\u200b';

/** What stands between two marks, both left out. */
function between(text: string, from: string, to: string): string {
  const start = text.indexOf(from);
  expect(start).toBeGreaterThanOrEqual(0);
  return text.slice(start + from.length, text.indexOf(to, start + from.length));
}

test('one comparison is a headline to act on, what got worse, a table and facts', () => {
  const text = renderVerdicts([makeVerdict()], {
    reportUrl: 'https://github.com/acme/support/actions/runs/1',
  });
  expect(text.slice(0, text.indexOf('<details>'))).toBe(
    '## Herdmark: slower: TTFT +5.1 %; checks better on 7 prompts, worse on 1; 2 of 24 answers changed; memory +9.6 %\n\n' +
      '[The whole report](https://github.com/acme/support/actions/runs/1), with every answer that changed.\n\n' +
      'On NVIDIA H200 (`0123456789ab`). Base and head measured in turn, in one job of 2026-11-24 01:30 UTC of `c0ffee123456`.\n\n' +
      '### `qwen3:8b`: Q4_K_M → Q5_K_M, 500a1f06 → 9abcdef0\n\n' +
      '**Checks that pass less often than before**\n\n- `refund-policy` mentions 30 days: always → 4 of 6 times\n\n' +
      '| Metric | Base | Head | Change | Range | Verdict |\n' +
      '| :- | -: | -: | -: | -: | -: |\n' +
      '| TTFT | 41.3 ms | 43.5 ms | +5.1 % | +4.5 % to +5.7 % | **regressed** |\n' +
      '| TPOT | 9.06 ms | 9.09 ms | +0.3 % | −0.3 % to +0.9 % | unchanged |\n' +
      '| E2E at matched length | – | – | +1.4 % | −0.4 % to +3.2 % | inconclusive: +3.1 % would have shown |\n' +
      '| Prefill | 2,210 tok/s | 2,220 tok/s | +0.3 % | −0.6 % to +1.2 % | unchanged |\n\n' +
      '- Checks. Over 24 prompts, answers that pass all of theirs: 75 % → 91.7 %. JSON that does not parse: 33.3 % → 0 %, only in a code fence 0 % → 16.7 %. Both sides were judged by the new checks, as they had changed: refund-policy. Better: `extract-contact` JSON.\n' +
      '- Answers. 3 of 24 differ, 2 beyond self-disagreement. Loaded again, base answers otherwise in 8 % of cases and head in 11 %; the two differ in 35 %.\n' +
      '- Prompts that changed otherwise than the rest: `summarise-log` TTFT +102 %.\n' +
      '- Tail, not judged: p95 TTFT 66.1 ms → 69.6 ms (n 288).\n' +
      '- Memory: 5.20 GiB → 5.70 GiB, all of it on the GPU.\n' +
      '- Left out, 1 prompt: `old-ticket` (It is asked in other words now).\n\n',
  );
});

test('what is folded: prompts, checks, tails, and how to read it', () => {
  const text = renderVerdicts([makeVerdict()], noReport);
  expect(text.match(/(?<=<summary>).*(?=<\/summary>)/g)).toEqual([
    ...[
      'Prompts that changed otherwise than the rest',
      'Checks, one by one',
      'Tails, described and not judged',
      'What the numbers rest on',
      'How to read this',
    ],
  ]);
  expect(between(text, 'Prompts that changed otherwise than the rest</summary>\n\n', '\n\n</details>')).toBe(
    '| Prompt | Metric | Change | Adjusted p |\n| :- | -: | -: | -: |\n| `summarise-log` | TTFT | +102 % | < 0.001 |\n\n' +
      '1 of 8 prompts × metrics, against what all prompts changed by; at most 5 % of those named are expected to be false. For who looks for the cause, not an alarm.',
  );
  expect(between(text, 'Checks, one by one</summary>\n\n', '\n\n</details>')).toBe(
    '- **worse** `refund-policy` mentions 30 days: always → 4 of 6 times\n' +
      '- **better** `extract-contact` JSON: never → always\n' +
      '- No answer of either side failed: `translate-notice` at most 60 words.',
  );
  expect(between(text, 'not judged</summary>\n\n', '\n| TPOT')).toBe(
    '| Metric | Median | p90 | p95 | p99 | Slowest |\n| :- | -: | -: | -: | -: | -: |\n' +
      '| TTFT | 41.3 ms → 43.5 ms | 53.7 ms → 56.6 ms | 66.1 ms → 69.6 ms | n too small (288) | 99.1 ms → 104 ms |',
  );
  expect(between(text, 'How to read this</summary>\n\n', ':')).toBe('- **regressed**');
  expect(text).toContain('α 0.5 % over all of them');
  expect(text).toContain(
    'A range is a 90 % interval, wider at an early look: it was agreed to look after 6, 9, 12 loads,',
  );
});

test('answers that differ are diffs: of words, or of JSON line by line', () => {
  const text = renderVerdicts([makeVerdict()], { ...noReport, answers: pairs });
  expect(between(text, '<summary>Answers that differ: 3 prompts</summary>\n\n', '\n</details>')).toBe(
    '`extract-contact`: distance 0.82, as JSON with its keys in order\n\n' +
      `\`\`\`diff\n  {\n-   "email": "sam@${zwsp}example.com",\n+   "email": "sam.lee@${zwsp}example.com",\n` +
      '    "name": "Sam Lee",\n    "tags": [\n-     "new",\n-     "vip"\n+     "new"\n    ]\n  }\n```\n\n' +
      '`refund-policy`: distance 0.41\n\n```\nYou can send it back within [-30 days-]{+a month+}. We pay for the parcel, and the money is with you in a [-week-]{+day+}.\n```\n\n' +
      '`translate-notice`: distance 0.06, within self-disagreement\n\n```\nDie Heizung [-geht-]{+fällt+} aus.\n```\n',
  );
});

test('of several comparisons a table comes first, and one without news is folded', () => {
  const second = { id: 'ba9876543210', label: 'AMD Ryzen 9 7950X' };
  const verdicts = [
    makeVerdict({ models: [makeModel(), makeQuietModel(), makeIncomparableModel()] }),
    makeVerdict({ machine: second, models: [makeQuietModel()] }),
  ];
  const text = renderVerdicts(verdicts, noReport);
  expect(text.slice(0, text.indexOf('\n###'))).toBe(
    '## Herdmark: 4 comparisons: slower in 1 (qwen3:8b on NVIDIA H200, TTFT +5.1 %); checks better in 1; answers changed in 1; memory up to +9.6 %; 1 not comparable\n\n' +
      '| Model | Machine | Speed | Checks | Answers | Memory |\n| :- | :- | :- | :- | :- | :- |\n' +
      '| `qwen3:8b`: Q4_K_M → Q5_K_M, 500a1f06 → 9abcdef0 | NVIDIA H200 | **regressed**: TTFT +5.1 % | **improved**: better on 7 prompts, worse on 1 | **changed**: 2 of 24 | +9.6 % |\n' +
      '| `gemma3:4b`: context 4096 → 8192 | NVIDIA H200 | unchanged | unchanged | same | +9.6 % |\n' +
      '| `phi4:14b` | NVIDIA H200 | not comparable | not comparable | not comparable | +9.6 % |\n' +
      '| `gemma3:4b`: context 4096 → 8192 | AMD Ryzen 9 7950X | unchanged | unchanged | same | +9.6 % |\n\n' +
      '## On NVIDIA H200 (`0123456789ab`)\n\nBase and head measured in turn, in one job of 2026-11-24 01:30 UTC of `c0ffee123456`.\n',
  );
  expect(between(text, '### `gemma3:4b`: context 4096 → 8192\n\n', '\n| Metric')).toBe(
    'Speed unchanged; checks unchanged; answers the same; memory +9.6 %.\n\n<details>\n<summary>Its numbers</summary>\n',
  );
  expect(between(text, '### `phi4:14b`\n\n', '\n## On AMD')).toBe(
    'Not comparable. The GPU driver is not the same: 570.133 and 575.64.\n\n- Memory: 5.20 GiB → 5.70 GiB, all of it on the GPU.\n',
  );
  expect(text).toContain('\n## On AMD Ryzen 9 7950X (`ba9876543210`)\n');
});

test.each<[string, Partial<ModelVerdict>, string]>([
  [
    'of prefill the detectable change is a fall',
    { metrics: [makeMetric('prefillTokensPerSecond', 'inconclusive', -0.01)] },
    '| Prefill | 2,210 tok/s | 2,220 tok/s | −1.0 % | −1.6 % to −0.4 % | inconclusive: −3.0 % would have shown |',
  ],
  [
    'without a noise there is no interval',
    {
      metrics: [makeMetric('ttftMs', 'inconclusive', 0.0512, 0, { interval: null, detectableChange: null })],
    },
    '| TTFT | 41.3 ms | 43.5 ms | +5.1 % | – | inconclusive: its noise is unknown |',
  ],
  [
    'a metric that one side lacks',
    {
      metrics: [makeMetric('ttftMs', 'unchanged', 0), makeMetric('tpotMs', 'not comparable', null)],
      tails: [],
    },
    '| TPOT | – | – | – | – | not comparable |',
  ],
])('%s', (_, more, row) => {
  expect(renderVerdicts([makeVerdict({ models: [makeModel(more)] })], noReport)).toContain(`\n${row}\n`);
});

test('notes of one metric say whose they are, and against earlier runs it says that it sees less', () => {
  const note = 'Noisier than stored loads can explain: the noise is that of these 6 loads alone.';
  const metrics = [
    makeMetric('ttftMs', 'unchanged', 0, 0.006, { notes: [note], pooledDegreesOfFreedom: 0 }),
    makeMetric('tpotMs', 'unchanged', 0),
  ];
  const text = renderVerdicts(
    [
      makeVerdict({
        design: 'unpaired',
        base: { ...makeVerdict().base, runs: ['20261122t013000z-4f09ab', '20261123t013000z-4f09ab'] },
        models: [makeModel({ metrics })],
      }),
    ],
    noReport,
  );
  expect(text).toContain(
    'Head of 2026-11-24 01:30 UTC against 2 earlier runs, the last of 2026-11-24 01:30 UTC: not interleaved, so it sees less of `c0ffee123456`.',
  );
  expect(text).toContain('\n- 6 earlier runs, 24 prompts, 288 pairs of readings.\n');
  expect(text).toContain(`- TTFT: ${note}\n`);
});

test('what came to nothing, an early end and what was in the way come before the figures', () => {
  const requests: ModelVerdict['requests'] = {
    ...{ word: 'regressed', pValue: 1e-9, adjustedPValue: 1e-9 },
    base: {
      ...{ asked: 936, failed: 0, invalid: 2, unanswered: 0 },
      causes: [{ status: 'invalid', code: 'gpu-throttled', count: 2, reason: 'The GPU was throttled.' }],
    },
    head: {
      ...{ asked: 936, failed: 252, invalid: 0, unanswered: 252 },
      causes: [{ status: 'failed', code: 'model-crashed', count: 252, reason: 'The runner is gone.' }],
    },
    lost: ['extract-contact', 'refund-policy'].map((prompt) => ({
      ...{ prompt, side: 'head' as const, lost: 'everything' as const, asked: 36, unanswered: 36 },
      ...{ total: true, code: 'model-crashed', reason: 'The runner is gone.' },
    })),
  };
  const flag = { code: 'host-busy', reason: 'The processors were 92 % busy.' };
  const text = renderVerdicts(
    [
      makeVerdict({
        models: [makeModel({ requests })],
        endedEarly: { loads: 4, most: 12, code: 'out-of-time', reason: 'The budget was used up.' },
        flags: [
          { side: null, model: null, count: 1, code: 'out-of-time', reason: 'The budget was used up.' },
          { ...flag, side: 'base', model: 'qwen3:8b', count: 2 },
          { ...flag, side: 'head', model: 'qwen3:8b', count: 1 },
        ],
        added: ['gemma3:27b'],
      }),
    ],
    noReport,
  );
  expect(text.split('\n')[0]).toBe(
    '## Herdmark: head left 252 of 936 requests unanswered (model crashed); slower: TTFT +5.1 %; checks better on 7 prompts, worse on 1; 2 of 24 answers changed; memory +9.6 %; gemma3:27b is new',
  );
  expect(between(text, '`c0ffee123456`.\n\n', '\n\n**Checks')).toBe(
    '- **Ended early** after 4 of at most 12 loads: The budget was used up.\n' +
      '- **New** `gemma3:27b`: with nothing to be held against\n' +
      '- **host-busy** `qwen3:8b`: 3 times, first: The processors were 92 % busy.\n\n' +
      '### `qwen3:8b`: Q4_K_M → Q5_K_M, 500a1f06 → 9abcdef0\n\n' +
      '- **Head** failed: 252 of 936 requests. 252 × model-crashed, The runner is gone.\n' +
      '- **Lost, 2 prompts** `extract-contact`, `refund-policy`: head has neither an answer nor a reading: The runner is gone.',
  );
  expect(between(text, 'rest on</summary>\n\n', '\n\n</details>')).toContain(
    '- Base: invalid: 2 of 936 requests. 2 × gpu-throttled, The GPU was throttled.',
  );
});

test('where no model was changed, what is new is said', () => {
  const verdict = makeVerdict({ models: [], added: ['gemma3:27b', 'phi4:14b'] });
  expect(renderVerdicts([verdict], noReport).split('\n')[0]).toBe(
    '## Herdmark: no model was changed; gemma3:27b, phi4:14b are new',
  );
});

test.each<[string, ModelVerdict[], string]>([
  [
    'all quiet',
    [makeQuietModel(), makeQuietModel()],
    '2 comparisons: speed unchanged; checks unchanged; answers the same; memory up to +9.6 %',
  ],
  [
    'one of each',
    [makeModel(), makeQuietModel()],
    '2 comparisons: slower in 1 (qwen3:8b, TTFT +5.1 %); checks better in 1; answers changed in 1; memory up to +9.6 %',
  ],
  [
    'one alone that cannot be compared',
    [makeIncomparableModel()],
    'not comparable: the GPU driver is not the same: 570.133 and 575.64',
  ],
  [
    'one beside it',
    [makeIncomparableModel(), makeQuietModel()],
    '2 comparisons: speed unchanged; checks unchanged; answers the same; memory up to +9.6 %; 1 not comparable',
  ],
])('the headline of %s', (_, models, headline) => {
  expect(renderVerdicts([makeVerdict({ models })], noReport).split('\n')[0]).toBe(`## Herdmark: ${headline}`);
});

test('nothing compared is said, too', () => {
  expect(renderVerdicts([], noReport)).toBe('## Herdmark: nothing was compared\n\n');
});

describe('what others wrote', () => {
  const hostile =
    '@team </details><img src=x onerror=alert(1)> #1 ::error::x ##[command]y [a](http://b.example) ```';
  const named = { base: hostile, head: hostile };
  const model = makeModel({
    base: { ...makeModel().base, name: named.base },
    treatment: [hostile],
    leftOut: [{ prompt: 'a', reason: hostile }],
    metrics: [makeMetric('ttftMs', 'unchanged', 0, 0.006, { notes: [hostile] })],
    quality: {
      ...makeModel().quality,
      neverPassed: [{ prompt: 'a', label: hostile }],
      notes: [hostile],
      changes: makeModel().quality.changes.map((it) => ({ ...it, label: hostile })),
    },
    text: { ...makeModel().text, notes: [hostile] },
    joint: { ...makeModel().joint, line: hostile },
  });
  const answers = [
    makePair(
      'extract-contact',
      makeAnswer(`${hostile}\n/approve`),
      makeAnswer(`/approve\n${hostile}\u202e!`),
    ),
    makePair('refund-policy', makeAnswer(`{"a":"${hostile}"}`), makeAnswer('{"a":"````\\n/lgtm"}')),
    makePair('translate-notice', makeAnswer('x '.repeat(3000)), makeAnswer(`\`\`\`\`\n${'y '.repeat(3000)}`)),
  ];
  const text = renderVerdicts(
    [makeVerdict({ machine: { id: '0123456789ab', label: hostile }, models: [model] })],
    { ...noReport, answers },
  );

  test('is text or code, and the only HTML is our own', () => {
    const html: string[] = [];
    const kinds = new Set<string>();
    const visit = (node: { type: string; value?: string; children?: { type: string }[] }): void => {
      kinds.add(node.type);
      if (node.type === 'html') html.push(node.value ?? '');
      node.children?.forEach(visit);
    };
    visit(fromMarkdown(text));
    expect(new Set(html.map((it) => it.replace(/(?<=<summary>).*(?=<\/summary>)/, '')))).toEqual(
      new Set(['<details>\n<summary></summary>', '</details>']),
    );
    expect(kinds).not.toContain('link');
    expect(kinds).not.toContain('image');
  });

  test('mentions nobody, links nothing and commands nothing', () => {
    // In inline code GitHub looks for neither.
    const outside = text.replace(/^### .*$/m, '');
    expect(outside).not.toMatch(/@team|#1\b|::error|##\[|:\/\/b/);
    expect(text).not.toMatch(/^\s*\/(approve|lgtm)/m);
    expect(text).toContain('⟨U+202E⟩');
  });
});

describe('a limit', () => {
  const changes = Array.from({ length: 30 }, (_, index) => ({
    ...makeModel().text.changes[0],
    prompt: `prompt-${index}`,
  })) as ModelVerdict['text']['changes'];
  const many = Array.from({ length: 12 }, () => makeModel({ text: { ...makeModel().text, changes } }));
  const answers = changes.map(({ prompt }) =>
    makePair(prompt, makeAnswer('old 語 '.repeat(400)), makeAnswer('new 語 '.repeat(400))),
  );
  const verdicts = [makeVerdict({ models: many })];
  const size = (text: string) => new TextEncoder().encode(text).length;

  test('leaves out what is folded first, the most changed answers last, and says so', () => {
    const text = renderVerdicts(verdicts, { ...noReport, answers });
    expect(size(text)).toBeLessThanOrEqual(60_000);
    expect(text.match(/^### /gm)).toHaveLength(12);
    expect(text.match(/`prompt-0`/g)).toHaveLength(12);
    expect(text).not.toContain('Tails, described');
    expect(text).toMatch(
      /Left out as too long: \d+ answers, 12 prompt tables, 12 check lists, 12 tail tables, 12 note lists\./,
    );
  });

  test('leaves out models at last, those without news first', () => {
    const mixed = [makeVerdict({ models: [makeQuietModel(), ...many] })];
    const text = renderVerdicts(mixed, { reportUrl: 'https://example.com/r', answers, maxBytes: 12_000 });
    expect(size(text)).toBeLessThanOrEqual(12_000);
    expect(text).not.toContain('### `gemma3:4b`');
    expect(text).toMatch(
      /Left out as too long: \d+ models, .*\. \[The whole report\]\(https:\/\/example.com\/r\) has everything\./,
    );
  });

  test.each([4000, 8000, 20_000, 100_000, 1024 ** 2])('of %i bytes is kept', (maxBytes) => {
    const text = renderVerdicts(verdicts, { ...noReport, answers, maxBytes });
    expect(size(text)).toBeLessThanOrEqual(maxBytes);
    expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
  });
});
