import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bodyOf, findRecording, packetsOf, type Recording } from '../contract/recording.ts';
import { ask, type Line, openEngine, readSaid, type Said, tiny } from './ask.ts';

// What was asked of a real Ollama is asked of the engine, of another model: the answers have other texts and the same
// shape, and refusals have the same words.

let engine: Awaited<ReturnType<typeof openEngine>>;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.close());

const recordedModel = 'smollm2:135m';

function replay({ request: { method, path, body } }: Recording): Promise<Said> {
  const sent = typeof body === 'string' ? body : JSON.stringify(body).replaceAll(recordedModel, tiny);
  // An empty string is a body too: the recording of an empty body has one.
  return ask(engine.url, method, path, method === 'GET' ? null : sent);
}

function recorded(recording: Recording): Said {
  const head = Buffer.concat(packetsOf(recording)).toString('latin1').split('\r\n\r\n', 1)[0] ?? '';
  const status = Number(head.split(' ')[1]);
  const contentType = /^content-type: (.*)$/im.exec(head)?.[1] ?? '';
  return readSaid(status, contentType, bodyOf(recording).toString().replaceAll(recordedModel, tiny));
}

/** Newer than the recordings: since Ollama 0.33.3. */
const newer = 'prompt_eval_cached_count';

/** The fields of a reply, deeply and in order, with the kind of each value in place of the value. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return 'array';
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.entries(value)
    .filter(([key]) => key !== newer)
    .map(([key, inner]) => [key, shapeOf(inner)]);
}

const shapesOf = (lines: readonly Line[]) => [...new Set(lines.map((line) => JSON.stringify(shapeOf(line))))];

describe('answers', () => {
  test.each([
    'load-generate',
    'chat-load-empty',
    'generate-stream',
    'generate-stream-cached',
    'generate-whole',
    'generate-length',
    'generate-one-token',
    'generate-stop-string',
    'generate-raw',
    'generate-format-json',
    'generate-format-schema',
    'chat-stream',
    'chat-whole',
    'think-false-unsupported',
    'unknown-option',
    'unload',
    'version',
    'ps-empty',
  ])('%s has the shape that was recorded', async (name) => {
    const recording = findRecording(name);
    const [theirs, ours] = [recorded(recording), await replay(recording)];
    expect(ours.status).toBe(200);
    expect(ours.contentType).toBe(theirs.contentType);
    expect(shapesOf(ours.lines)).toEqual(shapesOf(theirs.lines));
  });

  test('tags and ps list models with the fields that were recorded', async () => {
    await engine.post('/api/generate', { model: tiny });
    for (const name of ['tags', 'ps-loaded']) {
      const recording = findRecording(name);
      const [theirs, ours] = [recorded(recording), await replay(recording)];
      const models = ({ lines: [line] }: Said) => line?.models as Line[];
      expect(models(ours).length).toBeGreaterThan(0);
      expect(shapesOf(models(ours))).toEqual(shapesOf(models(theirs).slice(0, 1)));
    }
  });

  test('show tells what was recorded', async () => {
    const recording = findRecording('show');
    const [theirs, ours] = [recorded(recording), await replay(recording)];
    expect(Object.keys(ours.lines[0] ?? {})).toEqual(Object.keys(theirs.lines[0] ?? {}));
    expect(ours.lines[0]).toMatchObject({
      details: { family: 'llama', parameter_size: '1.12M', quantization_level: 'F16' },
      model_info: {
        'general.architecture': 'llama',
        'llama.context_length': 512,
        'general.parameter_count': 1_115_776,
        'tokenizer.ggml.tokens': null,
      },
      parameters: expect.stringContaining('num_ctx                        512'),
    });
  });
});

describe('refusals', () => {
  test.each([
    'missing-model',
    'missing-model-chat',
    'show-missing',
    'bad-json',
    'empty-body',
    'bad-option-type',
    'bad-keep-alive',
    'generate-format-bad',
    'generate-raw-with-template',
    'think-unsupported',
    'think-bad-value',
    'tools-unsupported',
    'images-unsupported',
    'not-found-path',
  ])('%s has the status and the words that were recorded', async (name) => {
    const recording = findRecording(name);
    const [theirs, ours] = [recorded(recording), await replay(recording)];
    expect(ours.status).toBe(theirs.status);
    expect(ours.text.trim()).toBe(theirs.text.trim());
  });

  test('a prompt that is too long and may not be cut is refused with both lengths', async () => {
    const recording = findRecording('truncate-false');
    const [theirs, ours] = [recorded(recording), await replay(recording)];
    const withoutNumbers = ({ text }: Said) => text.trim().replaceAll(/\d{3,}/g, 'N');
    expect(ours.status).toBe(400);
    expect(withoutNumbers(ours)).toBe(withoutNumbers(theirs));
    expect(ours.text).toContain('\\"n_ctx\\":512');
  });

  test.each([
    ['POST', '/api/show', {}, 400, 'model is required'],
    ['POST', '/api/chat', { messages: [] }, 400, 'model is required'],
    ['POST', '/api/copy', { source: 'nope', destination: 'x' }, 404, 'model "nope" not found'],
    ['POST', '/api/copy', { source: tiny }, 400, 'destination "" is invalid'],
    ['POST', '/api/generate', { model: tiny, prompt: 'x', suffix: 'y' }, 400, 'does not support insert'],
    [
      'POST',
      '/api/generate',
      { model: tiny, prompt: 'x', logprobs: true },
      400,
      'does not support `logprobs`',
    ],
    ['POST', '/api/generate', { model: tiny, prompt: 5 }, 400, 'prompt: '],
    [
      'POST',
      '/api/generate',
      { model: tiny, prompt: 'x', format: { type: 'nonsense' } },
      400,
      'JSON schema conversion failed',
    ],
    [
      'POST',
      '/api/generate',
      { model: tiny, prompt: 'x', format: { type: 'array', minItems: 1e6 } },
      400,
      'failed to parse grammar',
    ],
  ])('%s %s %j', async (method, path, body, status, message) => {
    const said = await ask(engine.url, method, path, body);
    expect(said.status).toBe(status);
    expect(said.lines[0]?.error).toContain(message);
  });

  test('a known path with another method is a 405', async () => {
    expect(await ask(engine.url, 'PUT', '/api/generate')).toMatchObject({
      status: 405,
      text: '405 method not allowed',
    });
  });

  test('the root says what Ollama says, to HEAD too', async () => {
    expect((await engine.get('/')).text).toBe('Ollama is running');
    expect(await ask(engine.url, 'HEAD', '/')).toMatchObject({ status: 200, text: '' });
  });

  test('a pull finds what is here and nothing else', async () => {
    const pulled = async (model: string) => (await engine.post('/api/pull', { model })).lines.at(-1);
    expect(await pulled(tiny)).toEqual({ status: 'success' });
    expect(await pulled('nope')).toEqual({ error: 'pull model manifest: file does not exist' });
  });
});
