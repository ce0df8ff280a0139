import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bullets, contact, type Line, openEngine, tiny } from './ask.ts';

let engine: Awaited<ReturnType<typeof openEngine>>;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.close());

const answerTo = async (body: Line) => String((await engine.generate(body)).response);

describe('what is generated', () => {
  test('is the same again, and after a reload', async () => {
    const first = await answerTo({});
    expect(first.length).toBeGreaterThan(40);
    expect(await answerTo({})).toBe(first);
    await engine.unload(tiny);
    expect(await answerTo({})).toBe(first);
  });

  test('is the same streamed, and in a chat', async () => {
    const whole = await answerTo({});
    const streamed = await engine.post('/api/generate', { model: tiny, prompt: bullets });
    expect(streamed.lines.length).toBeGreaterThan(10);
    expect(streamed.lines.map(({ response }) => response).join('')).toBe(whole);

    const messages = [{ role: 'user', content: bullets }];
    const chat = await engine.post('/api/chat', { model: tiny, stream: false, messages });
    expect(chat.lines[0]?.message).toEqual({ role: 'assistant', content: whole });
  });

  test('is the same for a raw prompt in the words of the template', async () => {
    const prompt = `<|user|>${bullets}<|end|><|assistant|>`;
    expect(await answerTo({ prompt, raw: true })).toBe(await answerTo({}));
  });

  test('follows the seed where it is drawn', async () => {
    const draw = (seed: number) => answerTo({ options: { temperature: 2, top_k: 0, top_p: 1, seed } });
    expect(await draw(1)).toBe(await draw(1));
    expect(await draw(1)).not.toBe(await draw(2));
  });

  test('differs with a penalty for repeating', async () => {
    expect(await answerTo({ options: { repeat_penalty: 3 } })).not.toBe(await answerTo({}));
  });
});

describe('where it ends', () => {
  test('by itself: stop, the last token counted', async () => {
    const { done_reason, eval_count, context, prompt_eval_count } = await engine.generate({});
    expect(done_reason).toBe('stop');
    expect((context as number[]).length).toBe(Number(prompt_eval_count) + Number(eval_count) - 1);
  });

  test('at num_predict: length', async () => {
    const cut = await engine.generate({ options: { num_predict: 4 } });
    expect(cut).toMatchObject({ done_reason: 'length', eval_count: 4 });
    expect((await answerTo({})).startsWith(String(cut.response))).toBe(true);
  });

  test('one token takes a microsecond, as in a real server', async () => {
    expect(await engine.generate({ options: { num_predict: 1 } })).toMatchObject({
      eval_count: 1,
      eval_duration: 1000,
    });
  });

  test('before a stop string', async () => {
    const whole = await answerTo({});
    const stop = whole.slice(20, 26);
    const stopped = await engine.generate({ options: { stop: [stop] } });
    expect(stopped).toMatchObject({ done_reason: 'stop', response: whole.slice(0, whole.indexOf(stop)) });
  });

  describe('a context of 256 tokens', () => {
    /** Some 400 tokens. */
    const format = { type: 'array', items: { const: null }, minItems: 200, maxItems: 200 };
    const options = { num_ctx: 256 };

    test('is where the answer ends, if it may not shift', async () => {
      const answer = await engine.generate({ options, format, shift: false });
      expect(answer.done_reason).toBe('length');
      expect(Number(answer.prompt_eval_count) + Number(answer.eval_count)).toBe(256);
    });

    test('loses its oldest half, if it may', async () => {
      const answer = await engine.generate({ options, format });
      expect(answer.done_reason).toBe('stop');
      expect(JSON.parse(String(answer.response))).toHaveLength(200);
    });
  });
});

describe('formats', () => {
  test('json is an object', async () => {
    const answer = JSON.parse(await answerTo({ prompt: bullets, format: 'json' }));
    expect(answer).toBeTypeOf('object');
  });

  test('json leaves an answer that is JSON anyway as it is', async () => {
    expect(JSON.parse(await answerTo({ prompt: contact, format: 'json' }))).toEqual({
      name: 'Sam',
      email: 'sam@example.com',
    });
  });

  test.each<[string, Line]>([
    [
      'an object',
      {
        type: 'object',
        properties: { age: { type: 'integer' }, tags: { type: 'array', items: { enum: ['a', 'b'] } } },
        required: ['age', 'tags'],
        additionalProperties: false,
      },
    ],
    [
      'a nullable',
      { properties: { a: { anyOf: [{ type: 'boolean' }, { type: 'null' }] } }, required: ['a'] },
    ],
    ['a reference', { $ref: '#/$defs/x', $defs: { x: { type: 'array', items: { const: 7 }, maxItems: 3 } } }],
  ])('a schema of %s holds', async (_, format) => {
    const { response, done_reason } = await engine.generate({
      prompt: contact,
      format,
      options: { num_predict: 120 },
    });
    expect(done_reason).toBe('stop');
    const validate = new Ajv({ strict: false }).compile(format);
    expect(validate(JSON.parse(String(response)))).toBe(true);
    expect(String(response)).toBe(String(response).trim());
  });
});

describe('the prompt cache', () => {
  test('holds what the last prompt shares with this one, and all of a prompt is counted', async () => {
    await engine.unload(tiny);
    const cold = await engine.generate({});
    const count = Number(cold.prompt_eval_count);
    expect(cold).not.toHaveProperty('prompt_eval_cached_count');
    expect(await engine.generate({})).toMatchObject({
      prompt_eval_count: count,
      prompt_eval_cached_count: count - 1,
    });
    const longer = await engine.generate({ prompt: 'Write 3 bullet points about testing.' });
    expect(longer.prompt_eval_cached_count).toBeGreaterThan(3);
    expect(longer.prompt_eval_cached_count).toBeLessThan(count - 1);
  });

  test('is of one model, not of its file', async () => {
    await engine.post('/api/copy', { source: tiny, destination: 'twin' });
    await engine.unload('twin');
    await engine.generate({});
    expect(await engine.generate({ model: 'twin' })).not.toHaveProperty('prompt_eval_cached_count');
  });
});

test('a prompt that is too long is cut to its start and half a context of its end', async () => {
  const answer = await engine.generate({ prompt: 'word '.repeat(900), options: { num_predict: 2 } });
  expect(answer.prompt_eval_count).toBe(4 + Math.floor((512 - 4) / 2));
});
