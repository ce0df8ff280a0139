import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { listLoadShapes } from '../../src/core/load-shape.ts';
import { embedWarmupPrompts, type PlanInput, planRun, warmupPrompts } from '../../src/core/plan.ts';
import { currentSchemaVersion, planDocument } from '../../src/schema/documents.ts';
import type { PlannedRequest } from '../../src/schema/plan.ts';
import { prompt } from '../../src/schema/prompt-set.ts';

const hashText = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;
const common = { title: 'T', category: 'c', checks: [{ type: 'length', unit: 'words', min: 1 }] };
const one = prompt.parse({ ...common, id: 'one', prompt: 'Say one.' });
const talk = prompt.parse({
  ...common,
  id: 'talk',
  messages: [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'Hi' },
  ],
});
const texts = prompt.parse({ ...common, id: 'texts', embed: ['a', 'b'], checks: [{ type: 'embedding' }] });
const digest = `sha256:${'a'.repeat(64)}`;
const variant = (key: string, unsupported: string[] = []) => ({
  ...{ key, name: key, digest, options: { temperature: 0 }, think: null },
  unsupported: unsupported.map((id) => ({ prompt: id, reason: `${key} cannot.` })),
});
const input: PlanInput = {
  variants: [variant('a-00000000'), variant('b-00000000')],
  promptSet: { id: 'core', version: 1, hash: digest, prompts: [one, talk] },
  ...{ loads: 2, rounds: 2, warmup: 1, warmupMax: 2, cache: 'defeat' },
  ...{ loadShapes: listLoadShapes([], []), hashText },
};
/** One model in one load. */
const single: PlanInput = { ...input, variants: [variant('a-00000000')], loads: 1 };
const requestsOf = (changes: Partial<PlanInput>, phase?: PlannedRequest['phase']) =>
  planRun({ ...single, ...changes }).requests.filter((it) => phase === undefined || it.phase === phase);
const tell = ({ id, nonce }: PlannedRequest) => `${id} ${nonce}`;

describe('a plan', () => {
  test('is the same for the same input, and valid', () => {
    const shaped: PlanInput = { ...input, loadShapes: listLoadShapes([4], [0.5]), cache: 'measure' };
    for (const asked of [input, shaped]) {
      expect(planRun(asked)).toEqual(planRun(asked));
      expect(planDocument.schema.parse(planRun(asked))).toEqual(planRun(asked));
    }
  });

  test('says what was asked for', () => {
    const { requests, variants, ...facts } = planRun({ ...input, loadShapes: listLoadShapes([4], [0.5]) });
    expect(facts).toEqual({
      ...{ schemaVersion: currentSchemaVersion, promptSet: { id: 'core', version: 1, hash: digest } },
      ...{ loads: 2, rounds: 2, warmup: 1, warmupMax: 2, cache: 'defeat', seed: 1, comparison: null },
      loadShapes: [
        { kind: 'closed', concurrency: 1 },
        { kind: 'closed', concurrency: 4 },
        { kind: 'open', requestsPerSecond: 0.5 },
      ],
    });
    expect(planRun({ ...input, loadShapes: listLoadShapes([4], []) }).seed).toBeNull();
  });

  test('loads each variant in each block, the first to go taking turns', () => {
    const loads = planRun(input).requests.filter(({ phase }) => phase === 'load');
    expect(loads.map(({ id }) => id)).toEqual([
      'a-00000000/load0/load/0',
      'b-00000000/load0/load/0',
      'b-00000000/load1/load/0',
      'a-00000000/load1/load/0',
    ]);
  });

  test('of one load: warm-up, the bare round, then the timed rounds', () => {
    // The nonces of the timed rounds are those of Herdmark 0.1: answers of years are compared by them.
    expect(requestsOf({}).map(tell)).toEqual([
      'a-00000000/load0/load/0 null',
      'a-00000000/load0/warmup/warmup-1/0 [418bfed3] ',
      'a-00000000/load0/warmup/warmup-2/1 [74537933] ',
      'a-00000000/load0/bare/one/0 null',
      'a-00000000/load0/bare/talk/0 null',
      'a-00000000/load0/timed/0/one/0 [6fa093c4] ',
      'a-00000000/load0/timed/0/talk/0 [5e8cb359] ',
      'a-00000000/load0/timed/1/one/0 [d3438d2e] ',
      'a-00000000/load0/timed/1/talk/0 [06479bc6] ',
    ]);
  });

  test('says of each request what it is', () => {
    expect(requestsOf({ promptSet: { ...input.promptSet, prompts: [one, texts] }, rounds: 1 })).toMatchObject(
      [
        { kind: 'load', prompt: null, round: null, cacheExpected: 'any', requestHash: null },
        { kind: 'generate', prompt: 'warmup-1', round: null, repeat: 0, cacheExpected: 'miss' },
        { kind: 'generate', prompt: 'warmup-2', round: null, repeat: 1, cacheExpected: 'miss' },
        { kind: 'generate', prompt: 'one', round: null, cacheExpected: 'miss', scheduledMs: null },
        { kind: 'embed', prompt: 'texts', round: null, cacheExpected: 'miss' },
        { kind: 'generate', prompt: 'one', round: 0, repeat: 0, cacheExpected: 'miss', scheduledMs: null },
        { kind: 'embed', prompt: 'texts', round: 0, repeat: 0, cacheExpected: 'miss' },
      ],
    );
    expect(requestsOf({}, 'bare').map(({ kind }) => kind)).toEqual(['generate', 'chat']);
  });

  test('has ids that are unique and orders that count up', () => {
    const { requests } = planRun({ ...input, loadShapes: listLoadShapes([4], [0.5]), cache: 'measure' });
    expect(new Set(requests.map(({ id }) => id)).size).toBe(requests.length);
    expect(requests.map(({ order }) => order)).toEqual(requests.map((_, index) => index));
    // Two loads of two models; two prompts in two rounds: twice one at a time, once in either other shape.
    expect(requests).toHaveLength(2 * 2 * (1 + 2 + 2 + 2 * 2 * (2 + 1 + 1)));
  });
});

describe('the same bytes', () => {
  const shaped: PlanInput = { ...input, loadShapes: listLoadShapes([4], [0.5]) };
  const hashesOf = (asked: PlanInput, key: string, block: number) =>
    planRun(asked)
      .requests.filter((it) => it.variant === key && it.block === block)
      .map(({ requestHash }) => requestHash);

  test('are sent to every variant, in every load and in every run', () => {
    const hashes = hashesOf(shaped, 'a-00000000', 0);
    expect(hashesOf(shaped, 'b-00000000', 0)).toEqual(hashes);
    expect(hashesOf(shaped, 'a-00000000', 1)).toEqual(hashes);
    // Another night: another digest under another key, in other company.
    const tomorrow = { ...shaped, variants: [{ ...variant('c-11111111'), digest: hashText('moved') }] };
    expect(hashesOf(tomorrow, 'c-11111111', 0)).toEqual(hashes);
  });

  test('are sent in a round however many there are, and whatever else is measured', () => {
    const timed = (changes: Partial<PlanInput>) =>
      requestsOf(changes, 'timed')
        .filter(
          ({ loadShape, repeat }) =>
            'concurrency' in loadShape && loadShape.concurrency === 1 && repeat === 0,
        )
        .map(({ requestHash }) => requestHash);
    const two = timed({});
    expect(two).toHaveLength(4);
    expect(timed({ rounds: 3 }).slice(0, 4)).toEqual(two);
    expect(timed({ loadShapes: listLoadShapes([4], [0.5]) })).toEqual(two);
    expect(timed({ cache: 'measure' })).toEqual(two);
    expect(timed({ warmupMax: 5 })).toEqual(two);
  });

  test('are others where the options are', () => {
    const warmer = { ...single, variants: [{ ...variant('a-00000000'), options: { temperature: 1 } }] };
    const hashes = hashesOf(single, 'a-00000000', 0);
    expect(hashesOf(warmer, 'a-00000000', 0).filter((it) => it !== null && hashes.includes(it))).toEqual([]);
  });
});

test('no two requests of a load begin with the same nonce', () => {
  const nonces = requestsOf({ loadShapes: listLoadShapes([4, 16], [0.5, 2]), rounds: 50, warmupMax: 50 })
    .map(({ nonce }) => nonce)
    .filter((nonce) => nonce !== null);
  expect(nonces).toHaveLength(50 + 2 * 50 * 5);
  expect(new Set(nonces).size).toBe(nonces.length);
  expect(nonces.every((nonce) => /^\[[0-9a-f]{8}\] $/.test(nonce))).toBe(true);
});

describe('warm-up', () => {
  test('is planned to the most, starting over behind other nonces when the prompts are used up', () => {
    const warmups = requestsOf({ warmup: 1, warmupMax: 4 }, 'warmup');
    expect(warmups.map(({ prompt, repeat }) => [prompt, repeat])).toEqual([
      ['warmup-1', 0],
      ['warmup-2', 1],
      ['warmup-3', 2],
      ['warmup-1', 3],
    ]);
    expect(new Set(warmups.map(({ requestHash }) => requestHash)).size).toBe(4);
  });

  test('of a model that only embeds is on texts to embed', () => {
    const promptSet = { ...input.promptSet, prompts: [one, texts] };
    const embedding = { variants: [variant('a-00000000', ['one'])], promptSet };
    expect(requestsOf(embedding, 'warmup')).toMatchObject([
      { prompt: 'warmup-embed-1', kind: 'embed' },
      { prompt: 'warmup-embed-2', kind: 'embed' },
    ]);
    expect(requestsOf({ promptSet }, 'warmup').map(({ kind }) => kind)).toEqual(['generate', 'generate']);
  });

  test('prompts are valid, and of their own', () => {
    const own = [...warmupPrompts, ...embedWarmupPrompts];
    expect(own.map((it) => prompt.parse(it))).toEqual(own);
    expect(new Set(own.map(({ id }) => id)).size).toBe(own.length);
  });
});

describe('prompts that a variant cannot take', () => {
  const promptSet = { ...input.promptSet, prompts: [one, talk, texts] };
  const variants = [variant('a-00000000', ['texts']), variant('b-00000000', ['one', 'talk'])];

  test('are left out for it, and said', () => {
    const plan = planRun({ ...input, promptSet, variants });
    const bare = (key: string) =>
      plan.requests
        .filter((it) => it.variant === key && it.block === 0 && it.phase === 'bare')
        .map((it) => it.prompt);
    expect(bare('a-00000000')).toEqual(['one', 'talk']);
    expect(bare('b-00000000')).toEqual(['texts']);
    expect(plan.variants.map(({ unsupported }) => unsupported)).toEqual([
      [{ prompt: 'texts', reason: 'a-00000000 cannot.' }],
      [
        { prompt: 'one', reason: 'b-00000000 cannot.' },
        { prompt: 'talk', reason: 'b-00000000 cannot.' },
      ],
    ]);
  });

  test('where they are all: it is not even loaded, and the others are asked all the same', () => {
    const nothing = [variant('a-00000000', ['one', 'talk']), variant('b-00000000')];
    const plan = planRun({ ...input, variants: nothing });
    expect(new Set(plan.requests.map((it) => it.variant))).toEqual(new Set(['b-00000000']));
    expect(plan.requests.map(({ order }) => order)).toEqual(plan.requests.map((_, index) => index));
    expect(plan.variants.map(({ key }) => key)).toEqual(['a-00000000', 'b-00000000']);
  });
});

describe('the prompt cache', () => {
  const promptSet = { ...input.promptSet, prompts: [one, texts] };
  const timed = (cache: PlanInput['cache'], changes: Partial<PlanInput> = {}) =>
    requestsOf({ promptSet, rounds: 1, cache, ...changes }, 'timed').map(
      ({ id, nonce, cacheExpected }) =>
        `${id.replace('a-00000000/load0/timed/', '')} ${nonce === null ? 'bare' : 'nonce'} ${cacheExpected}`,
    );

  test('is defeated: each prompt once, behind a nonce', () => {
    expect(timed('defeat')).toEqual(['0/one/0 nonce miss', '0/texts/0 nonce miss']);
  });

  test('is allowed: prompts as they were written', () => {
    expect(timed('allow')).toEqual(['0/one/0 bare any', '0/texts/0 bare any']);
    const [bare] = requestsOf({ cache: 'allow' }, 'bare');
    const [first] = requestsOf({ cache: 'allow' }, 'timed');
    expect(first?.requestHash).toBe(bare?.requestHash);
  });

  test('is measured: the same bytes again at once, but not of texts to embed, which are not cached', () => {
    expect(timed('measure')).toEqual(['0/one/0 nonce miss', '0/one/1 nonce hit', '0/texts/0 nonce miss']);
    const [miss, hit] = requestsOf({ cache: 'measure' }, 'timed');
    expect(hit?.requestHash).toBe(miss?.requestHash);
    expect(hit?.nonce).toBe(miss?.nonce);
  });

  test('is measured one at a time only: of several under way, none was sent just before', () => {
    const shaped = timed('measure', { loadShapes: listLoadShapes([4], [2]) });
    expect(shaped.slice(3)).toEqual([
      'c4/0/one/0 nonce miss',
      'c4/0/texts/0 nonce miss',
      'r2/0/one/0 nonce miss',
      'r2/0/texts/0 nonce miss',
    ]);
  });

  test('must not serve a bare prompt, whatever it may do in the timed rounds', () => {
    for (const cache of ['defeat', 'allow', 'measure'] as const) {
      expect(requestsOf({ cache }, 'bare').map(({ cacheExpected }) => cacheExpected)).toEqual([
        'miss',
        'miss',
      ]);
    }
  });
});

describe('load shapes', () => {
  test('follow each other, each in rounds of its own and behind nonces of its own', () => {
    expect(requestsOf({ loadShapes: listLoadShapes([4], [0.5]), rounds: 1 }, 'timed').map(tell)).toEqual([
      'a-00000000/load0/timed/0/one/0 [6fa093c4] ',
      'a-00000000/load0/timed/0/talk/0 [5e8cb359] ',
      'a-00000000/load0/timed/c4/0/one/0 [cbe967ef] ',
      'a-00000000/load0/timed/c4/0/talk/0 [b0f5123d] ',
      'a-00000000/load0/timed/r0.5/0/one/0 [a4cda267] ',
      'a-00000000/load0/timed/r0.5/0/talk/0 [28dd7cca] ',
    ]);
  });

  test('that are open say when each request is due, over all their rounds; closed ones do not', () => {
    const requests = requestsOf({ loadShapes: listLoadShapes([4], [0.5]), rounds: 2 }, 'timed');
    const due = requests.filter(({ loadShape }) => loadShape.kind === 'open').map((it) => it.scheduledMs);
    expect(due.map((it) => Math.round(it ?? 0))).toEqual([420, 1906, 11095, 11960]);
    expect(due).toEqual([...due].sort((a, b) => (a ?? 0) - (b ?? 0)));
    const closed = requests.filter(({ loadShape }) => loadShape.kind === 'closed');
    expect(closed.map((it) => it.scheduledMs)).toEqual(Array.from({ length: 8 }, () => null));
  });

  test('are of timed requests: warm-up and bare ones go one at a time', () => {
    const others = requestsOf({ loadShapes: listLoadShapes([4], [0.5]) }).filter(
      ({ phase }) => phase !== 'timed',
    );
    expect(new Set(others.map(({ loadShape }) => JSON.stringify(loadShape)))).toEqual(
      new Set(['{"kind":"closed","concurrency":1}']),
    );
  });
});
