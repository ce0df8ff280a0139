import { describe, expect, test } from 'vitest';
import { type Answered, startJudging } from '../../src/core/validity.ts';
import type { ServerTimings } from '../../src/schema/sample.ts';

const ms = 1_000_000;
type Changes = Partial<Omit<Answered, 'request' | 'server'>> & {
  request?: Partial<Answered['request']>;
  server?: Partial<ServerTimings>;
};

/** Sound: 30 tokens of 84 characters read in 116 ms, 40 written in 350 ms, and 6 ms of what belongs to nothing. */
function answer({ request, server, ...changes }: Changes = {}): Answered {
  const timings: ServerTimings = {
    ...{ totalNs: 474 * ms, loadNs: 2 * ms, promptEvalNs: 116 * ms, evalNs: 350 * ms },
    ...{ promptEvalCount: 30, promptEvalCachedCount: null, evalCount: 40, doneReason: 'stop' },
    ...server,
  };
  return {
    request: {
      ...{ phase: 'timed', prompt: 'p', kind: 'generate', cacheExpected: 'miss' },
      loadShape: { kind: 'closed', concurrency: 1 },
      ...request,
    },
    ...{ promptCharacters: 84, hasAnswer: true, retried: false, server: timings },
    e2eMs: (timings.totalNs ?? 474 * ms) / ms + 2,
    ...changes,
  };
}

const warmup = answer({ request: { phase: 'warmup', prompt: 'warmup-1' } });
const bare = (tokens: number, readMs: number, cached: number | null = null): Answered =>
  answer({
    request: { phase: 'bare', prompt: `of-${tokens}` },
    server: {
      ...{ promptEvalCount: tokens, promptEvalNs: readMs * ms, promptEvalCachedCount: cached },
      totalNs: (readMs + 358) * ms,
    },
  });
/** As recorded: 23 tokens read in 107 ms by Ollama 0.32.15, which does not tell what was cached. */
const fiveBare = [23, 23, 23, 23, 23].map((tokens) => bare(tokens, 107.299));

/** The codes of the flags of the last, after the others were judged. */
function judge(before: readonly Answered[], last: Answered, contextLength: number | null = 2048): string[] {
  const judging = startJudging(contextLength);
  for (const it of before) judging.judge(it);
  return judging.judge(last).map(({ code }) => code);
}

describe('the count of cached tokens', () => {
  const cached = (promptEvalCachedCount: number, { server, ...changes }: Changes = {}): Answered =>
    answer({ server: { promptEvalCachedCount, ...server }, ...changes });
  const none = ['cache-contaminated'];

  test.each<[string, Answered, string[]]>([
    ['none', cached(0), []],
    ['a short template', cached(3), []],
    // 84 characters are 7 tokens at the least, and 3 of the nonce are its own: at the most 20 of 30 stand before.
    ['a long template before a short prompt', cached(20), []],
    ['more than can stand before the nonce', cached(21), none],
    ['the whole prompt but its last token, which is always read', cached(29), none],
    ['a template with tools', cached(440, { promptCharacters: 120, server: { promptEvalCount: 460 } }), []],
    [
      'a whole prompt with tools',
      cached(459, { promptCharacters: 120, server: { promptEvalCount: 460 } }),
      none,
    ],
    // 2000 dashes are no 167 tokens: half of the tokens is taken for what stands behind the nonce.
    [
      'few tokens of many characters',
      cached(26, { promptCharacters: 2000, server: { promptEvalCount: 59 } }),
      [],
    ],
    [
      'few tokens of many characters, whole',
      cached(27, { promptCharacters: 2000, server: { promptEvalCount: 59 } }),
      none,
    ],
    ['a bare prompt that begins as another does', bare(30, 116, 28), []],
    ['a bare prompt, whole', bare(30, 116, 29), none],
    ['a prompt that may be cached', cached(29, { request: { cacheExpected: 'any' } }), []],
    ['no count of all tokens', cached(29, { server: { promptEvalCount: null } }), []],
    ['several at once', cached(29, { request: { loadShape: { kind: 'closed', concurrency: 4 } } }), none],
  ])('%s', (_, given, codes) => {
    expect(judge([warmup], given)).toEqual(codes);
  });

  test.each<[string, number | null, string[]]>([
    ['all but the last token', 29, []],
    ['half of it', 15, []],
    ['less than half', 14, ['cache-missed']],
    ['nothing', 0, ['cache-missed']],
    ['a server that does not count', null, []],
  ])('of a prompt that was sent again: %s', (_, promptEvalCachedCount, codes) => {
    const again = answer({
      request: { cacheExpected: 'hit' },
      server: { promptEvalCachedCount, promptEvalNs: 12 * ms, totalNs: 370 * ms },
    });
    expect(judge([warmup, ...fiveBare], again)).toEqual(codes);
  });
});

describe('the time of reading, where the server does not count', () => {
  const readIn = (readMs: number, tokens = 30, request: Changes['request'] = {}): Answered =>
    answer({
      request,
      server: { promptEvalCount: tokens, promptEvalNs: readMs * ms, totalNs: (readMs + 358) * ms },
    });
  const none = ['cache-contaminated'];
  const other = (tokens: number, readMs: number) => bare(tokens, readMs);

  test.each<[string, Answered[], Answered, string[]]>([
    ['as recorded, behind a nonce', fiveBare, readIn(116.578), []],
    ['as recorded, the same prompt again', fiveBare, readIn(8.424), none],
    ['a quarter of the usual', fiveBare, readIn(107.299 / 4), []],
    ['less than a quarter', fiveBare, readIn(26.8), none],
    ['of four readings nobody can tell', fiveBare.slice(1), readIn(8.424), []],
    [
      'readings of longer prompts bound nothing',
      [31, 31, 31, 31, 31].map((it) => other(it, 107)),
      readIn(8),
      [],
    ],
    [
      'two slow readings of five say nothing',
      [107, 107, 107, 900, 900].map((it) => other(23, it)),
      readIn(27),
      [],
    ],
    [
      'the five longest count',
      [...[20, 20, 20].map((it) => other(it, 10)), ...fiveBare],
      readIn(8.424),
      none,
    ],
    [
      'a long prompt on a fast GPU',
      [900, 910, 920, 930, 940].map((it) => other(it, 190)),
      readIn(9, 1000),
      none,
    ],
    [
      'a short prompt on a fast GPU takes no longer uncached',
      [20, 21, 22, 23, 24].map((it) => other(it, 12)),
      readIn(8),
      [],
    ],
    ['warm-up is slow for reasons of its own', [23, 23, 23, 23, 23].map(() => warmup), readIn(8.424), []],
    [
      'several at once slow each other down',
      [23, 23, 23, 23, 23].map(() => readIn(900, 23, { loadShape: { kind: 'closed', concurrency: 16 } })),
      readIn(116),
      [],
    ],
    ['a bare prompt may begin as another does', fiveBare, other(30, 8.424), []],
    ['a prompt that may be cached', fiveBare, readIn(8.424, 30, { cacheExpected: 'any' }), []],
    ['timed requests before', [25, 25, 25, 25, 25].map((it) => readIn(110, it)), readIn(8.424), none],
    ['no duration', fiveBare, answer({ server: { promptEvalNs: null, totalNs: 358 * ms } }), []],
  ])('%s', (_, before, given, codes) => {
    expect(judge([warmup, ...before], given)).toEqual(codes);
  });

  test('is not learnt from what was flagged', () => {
    const contaminated = [1, 2, 3, 4, 5, 6, 7, 8].map(() => readIn(8.424));
    expect(judge([warmup, ...fiveBare, ...contaminated], readIn(8.424))).toEqual(none);
  });
});

describe('time that the server does not account for', () => {
  const residual = (residualMs: number, changes: Changes = {}) =>
    answer({ ...changes, server: { totalNs: (468 + residualMs) * ms, ...changes.server } });
  const concurrent: Changes = { request: { loadShape: { kind: 'closed', concurrency: 4 } } };
  const open: Changes = { request: { loadShape: { kind: 'open', requestsPerSecond: 2 } } };
  const sound = [warmup, warmup, warmup];

  test.each<[string, Answered[], Answered, string[]]>([
    // Three times the usual 6 ms, and 50 ms.
    ['68 ms', sound, residual(68), []],
    ['68.1 ms', sound, residual(68.1), ['queued']],
    [
      'as recorded of a request behind another',
      sound,
      answer({
        server: {
          ...{ totalNs: 776_690_298, loadNs: 1_232_846, promptEvalNs: 9_784_000, evalNs: 19_189_000 },
          ...{ promptEvalCount: 12, evalCount: 8 },
        },
      }),
      ['queued'],
    ],
    [
      'as recorded of the one before it',
      sound,
      answer({
        server: {
          ...{ totalNs: 773_617_592, loadNs: 1_236_956, promptEvalNs: 91_902_000, evalNs: 675_715_000 },
          ...{ promptEvalCount: 19, evalCount: 60 },
        },
        e2eMs: 810.067,
      }),
      [],
    ],
    ['of a bare prompt', sound, residual(700, { request: { phase: 'bare' } }), ['queued']],
    ['where the usual is not known', [], residual(700), []],
    ['where our own wait for each other', sound, residual(700, concurrent), []],
    ['in an open loop', sound, residual(700, open), []],
    ['usual for this prompt', [...sound, residual(60)], residual(200), []],
    [
      'usual for another prompt',
      [...sound, residual(60, { request: { prompt: 'q' } })],
      residual(200),
      ['queued'],
    ],
    ['that is usual here', [1, 2, 3].map(() => residual(60)), residual(200), []],
    [
      'after much that was flagged',
      [...sound, ...[1, 2, 3, 4].map(() => residual(700))],
      residual(700),
      ['queued'],
    ],
    ['without a total', sound, answer({ server: { totalNs: null } }), []],
  ])('%s', (_, before, given, codes) => {
    expect(judge(before, given)).toEqual(codes);
  });
});

describe('loading a model that is loaded', () => {
  const loadedIn = (loadMs: number, changes: Changes = {}) =>
    answer({ ...changes, server: { loadNs: loadMs * ms, totalNs: (472 + loadMs) * ms, ...changes.server } });
  const sound = [warmup, warmup, warmup];

  test.each<[string, Answered[], Answered, string[]]>([
    ['200 ms', sound, loadedIn(200), []],
    ['more', sound, loadedIn(200.1), ['reloaded']],
    ['as recorded after the runner was killed', sound, loadedIn(558.087), ['reloaded']],
    ['as recorded under another name', sound, loadedIn(46.129), []],
    ['ten times the usual 30 ms', [loadedIn(30)], loadedIn(300), []],
    ['more than ten times the usual', [loadedIn(30)], loadedIn(301), ['reloaded']],
    ['where the usual is not known', [], loadedIn(788), ['reloaded']],
    [
      'where our own wait for each other',
      sound,
      loadedIn(788, { request: { loadShape: { kind: 'closed', concurrency: 4 } } }),
      [],
    ],
    ['not told', sound, answer({ server: { loadNs: null, totalNs: 472 * ms } }), []],
  ])('%s', (_, before, given, codes) => {
    expect(judge(before, given)).toEqual(codes);
  });
});

describe('the two clocks', () => {
  const seenIn = (e2eMs: number, totalMs = 1000) =>
    answer({ e2eMs, server: { totalNs: totalMs * ms, evalNs: (totalMs - 124) * ms } });
  const usual = [seenIn(1002.5), seenIn(1002.5)];
  const concurrent = { ...answer().request, loadShape: { kind: 'closed', concurrency: 4 } as const };
  const disagree = ['clocks-disagree'];

  test.each<[string, Answered[], Answered, string[]]>([
    ['the client before the server by 1 %', usual, seenIn(990), []],
    ['the client before the server by more', usual, seenIn(989.9), disagree],
    ['by 5 ms of a short request', usual, seenIn(195, 200), []],
    ['by more than 5 ms of a short request', usual, seenIn(194.9, 200), disagree],
    ['before anything is usual', [], seenIn(900), disagree],
    // (1000 + 2.5 + 50) ÷ 0.95
    ['the client after the server by 50 ms and 5 %', usual, seenIn(1107.8), []],
    ['the client after the server by more', usual, seenIn(1107.9), disagree],
    ['after it, before anything is usual', [], seenIn(2000), []],
    ['after it by what is usual here', [seenIn(1100), seenIn(1100)], seenIn(1200), []],
    ['with several at once too', usual, { ...seenIn(1107.9), request: concurrent }, disagree],
    ['without a total', usual, answer({ server: { totalNs: null }, e2eMs: 5000 }), []],
  ])('%s', (_, before, given, codes) => {
    expect(judge(before, given)).toEqual(codes);
  });
});

describe('text that was cut', () => {
  const prompt = (promptCharacters: number, promptEvalCount: number, changes: Changes = {}) =>
    answer({ promptCharacters, ...changes, server: { promptEvalCount, ...changes.server } });

  test.each<[string, Answered, number | null, string[]]>([
    [
      'as recorded of 4010 tokens',
      prompt(20_013, 1026, { server: { evalCount: 8 } }),
      2048,
      ['prompt-truncated'],
    ],
    ['12 characters a token', prompt(12_312, 1026), 2048, []],
    ['more than 12', prompt(12_313, 1026), 2048, ['prompt-truncated']],
    ['few tokens of a text that is not long', prompt(2000, 30), 2048, []],
    ['few tokens of a long one', prompt(2001, 30), 2048, ['prompt-truncated']],
    ['a whole context of prompt', prompt(8000, 2048), 2048, ['prompt-truncated']],
    [
      'a prompt that leaves one token',
      prompt(8000, 2047, { server: { evalCount: 8 } }),
      2048,
      ['context-full'],
    ],
    ['an answer that fills the context', prompt(8000, 2008), 2048, ['context-full']],
    ['an answer that leaves one token', prompt(8000, 2007), 2048, []],
    ['a context that nobody knows', prompt(8000, 4000), null, []],
    [
      'a prompt that nobody counted',
      answer({ promptCharacters: 99_999, server: { promptEvalCount: null } }),
      2048,
      [],
    ],
    ['a thought without an answer', answer({ hasAnswer: false }), 2048, ['thinking-exhausted']],
    [
      'a thought that filled the context',
      prompt(8000, 2008, { hasAnswer: false }),
      2048,
      ['thinking-exhausted', 'context-full'],
    ],
  ])('%s', (_, given, contextLength, codes) => {
    expect(judge([warmup], given, contextLength)).toEqual(codes);
  });
});

describe('an answer', () => {
  test.each<[string, Answered, string[]]>([
    ['of 8 tokens', answer({ server: { evalCount: 8 } }), []],
    ['of 7 tokens', answer({ server: { evalCount: 7 } }), ['output-too-short']],
    ['of nobody knows how many', answer({ server: { evalCount: null } }), []],
    ['of vectors', answer({ request: { kind: 'embed' }, server: { evalCount: 0 } }), []],
    ['to a request that was sent twice', answer({ retried: true }), ['retried']],
    [
      'with all that can be wrong',
      answer({
        ...{ hasAnswer: false, retried: true, e2eMs: 500 },
        server: { promptEvalCachedCount: 29, evalCount: 4, loadNs: 600 * ms, totalNs: 2000 * ms },
      }),
      [
        ...['thinking-exhausted', 'cache-contaminated', 'queued', 'reloaded', 'clocks-disagree', 'retried'],
        'output-too-short',
      ],
    ],
  ])('%s', (_, given, codes) => {
    expect(judge([warmup, warmup, warmup], given)).toEqual(codes);
  });

  test('that is too short for rates says what is usual all the same', () => {
    const short = answer({ server: { evalCount: 4, totalNs: 528 * ms } });
    expect(judge([short], answer({ server: { totalNs: 668 * ms } }))).toEqual([]);
    expect(judge([short], answer({ server: { totalNs: 700 * ms } }))).toEqual(['queued']);
  });

  test('of a warm-up or a load is not judged', () => {
    const wrong: Changes = { hasAnswer: false, retried: true, server: { evalCount: 1, loadNs: 900 * ms } };
    expect(judge([warmup], answer({ ...wrong, request: { phase: 'warmup' } }))).toEqual([]);
    expect(judge([warmup], answer({ ...wrong, request: { phase: 'load', kind: 'load' } }))).toEqual([]);
  });

  test('is told of in a sentence with its values', () => {
    const judging = startJudging(2048);
    for (const it of [warmup, ...fiveBare]) judging.judge(it);
    const queued = judging.judge(
      answer({ server: { totalNs: 816 * ms, loadNs: 1.2 * ms, evalNs: 23 * ms } }),
    );
    expect(queued.map(({ reason }) => reason)).toEqual([
      '676 ms of the server’s time are neither load, prefill nor decode (usual: 6.00 ms): the request waited behind another client’s.',
    ]);
    const cached = judging.judge(answer({ server: { promptEvalNs: 8.424 * ms, totalNs: 366 * ms } }));
    expect(cached.map(({ reason }) => reason)).toEqual([
      '30 prompt tokens were read in 8.42 ms, and no more of them took 107 ms before: they came out of the prompt cache.',
    ]);
  });
});

/** A night of one machine: what is healthy varies, and is never flagged; what is wrong is wrong, and always is. */
describe.each([
  { machine: 'two cores', promptMs: 4, tokenReadMs: 4.4, tokenMs: 9, counts: false },
  { machine: 'two cores, counting', promptMs: 4, tokenReadMs: 4.4, tokenMs: 9, counts: true },
  { machine: 'a GPU', promptMs: 8, tokenReadMs: 0.2, tokenMs: 12, counts: false },
  { machine: 'a GPU, counting', promptMs: 8, tokenReadMs: 0.2, tokenMs: 12, counts: true },
])('on $machine', ({ promptMs, tokenReadMs, tokenMs, counts }) => {
  const templateTokens = 3;
  const healthySamples = 5000;
  const perLoad = 250;

  function simulate(seed: number) {
    const random = startRandom(seed);
    const noise = () => random.logNormal(0.15);
    const sound = (phase: 'warmup' | 'bare' | 'timed', index: number): Answered => {
      // Prompts of 40 to 1000 tokens, each of 4 characters; the template before them is cached after the first.
      const tokens = 40 + ((index * 37) % 25) * 40 + (phase === 'bare' ? 0 : 7);
      const cached = index === 0 ? 0 : templateTokens + Math.floor(random.uniform() * 3);
      const readMs =
        (promptMs + (tokens - cached) * tokenReadMs) * noise() * (random.uniform() < 0.01 ? 3 : 1);
      const writeMs = 39 * tokenMs * noise() * (random.uniform() < 0.02 ? 3 : 1);
      const loadMs = 1 + 8 * random.uniform();
      return finish(index % 25, phase, { tokens, cached, readMs, writeMs, loadMs, residualMs: 6 * noise() });
    };
    const finish = (
      prompt: number,
      phase: Answered['request']['phase'],
      it: Record<'tokens' | 'cached' | 'readMs' | 'writeMs' | 'loadMs' | 'residualMs', number>,
    ): Answered => {
      const totalMs = it.readMs + it.writeMs + it.loadMs + it.residualMs;
      return answer({
        request: { phase, prompt: `p${prompt}` },
        promptCharacters: it.tokens * 4,
        server: {
          ...{ totalNs: totalMs * ms, loadNs: it.loadMs * ms, promptEvalNs: it.readMs * ms },
          ...{ evalNs: it.writeMs * ms, promptEvalCount: it.tokens },
          promptEvalCachedCount: counts ? it.cached : null,
        },
        e2eMs: totalMs + 2.5 * noise(),
      });
    };
    return { random, sound, finish, noise };
  }

  test('no healthy sample is flagged', () => {
    const { sound } = simulate(7);
    const flagged: string[] = [];
    for (let judged = 0; judged < healthySamples; judged += perLoad) {
      const judging = startJudging(4096);
      for (let index = 0; index < 3; index++) judging.judge(sound('warmup', index));
      for (let index = 0; index < perLoad; index++) {
        const flags = judging.judge(sound(index < 25 ? 'bare' : 'timed', index));
        flagged.push(...flags.map(({ reason }) => reason));
      }
    }
    expect(flagged).toEqual([]);
  });

  test('every sample that waited, was reloaded or came out of the cache is flagged', () => {
    const { random, sound, finish, noise } = simulate(11);
    const codes: string[] = [];
    const expected: string[] = [];
    for (let load = 0; load < 4; load++) {
      const judging = startJudging(4096);
      for (let index = 0; index < 3; index++) judging.judge(sound('warmup', index));
      for (let index = 0; index < perLoad; index++) {
        const phase = index < 25 ? 'bare' : 'timed';
        const trouble = index < 25 ? 9 : Math.floor(random.uniform() * 10);
        const tokens = 1007;
        const well = { tokens, cached: templateTokens, readMs: (promptMs + tokens * tokenReadMs) * noise() };
        const is = { ...well, writeMs: 350 * noise(), loadMs: 4, residualMs: 6 };
        if (trouble > 2) {
          judging.judge(sound(phase, index));
          continue;
        }
        const wrong = [
          { code: 'queued', given: { ...is, residualMs: 80 + 900 * random.uniform() } },
          { code: 'reloaded', given: { ...is, loadMs: 250 + 900 * random.uniform() } },
          {
            code: 'cache-contaminated',
            given: { ...is, cached: tokens - 1, readMs: (promptMs + tokenReadMs) * noise() },
          },
        ][trouble];
        if (wrong === undefined) continue;
        expected.push(wrong.code);
        codes.push(...judging.judge(finish(24, phase, wrong.given)).map(({ code }) => code));
      }
    }
    expect(expected.length).toBeGreaterThan(200);
    expect(codes).toEqual(expected);
  });
});

/** A generator of its own (Mulberry32), so that a night is the same every time. */
function startRandom(seed: number) {
  let state = seed;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return {
    uniform,
    /** Around 1, by Box and Muller; `spread` is the coefficient of variation. */
    logNormal: (spread: number) => Math.exp(normal() * Math.sqrt(Math.log(1 + spread ** 2))),
  };
}
