import { parseKeepAlive } from '../keep-alive.ts';
import type { EmbeddingModel } from '../open-model.ts';
import { resolveOptions } from '../options.ts';
import { embeddingModelNotFound, embeddingsUnsupported, inputTooLong, notInEngine } from '../refusal.ts';
import type { Route } from '../reply.ts';
import { embedBody, parseBody, parseInput } from '../request-body.ts';
import type { AskPorts } from './ask.ts';

/** POST /api/embed. No texts only load the model, whatever it can do. */
export const embedRoute =
  ({ store, turns, residents }: AskPorts): Route =>
  async (call) => {
    const body = parseBody(call.body, embedBody);
    const keepAliveMs = parseKeepAlive(body.keep_alive);
    const texts = parseInput(body.input);
    const { model } = body;
    const stored = await store.find(model);
    if (stored === null) throw embeddingModelNotFound(model);
    if (typeof body.dimensions === 'number') throw notInEngine('`dimensions`');
    if (texts.includes('')) throw notInEngine('an empty text');
    const options = resolveOptions(stored.parameters, body.options ?? {});

    return turns.take(async () => {
      try {
        const startNs = process.hrtime.bigint();
        const open = await residents.require(stored, options, keepAliveMs);
        const loadNs = Number(process.hrtime.bigint() - startNs);
        if (texts.length === 0) return { kind: 'json', body: { model, embeddings: [] } };
        if (open.kind !== 'embeds') throw embeddingsUnsupported();
        const { embeddings, tokens } = await embedAll(open, texts, body.truncate ?? true, call.signal);
        const totalNs = Number(process.hrtime.bigint() - call.receivedNs);
        const took = { total_duration: totalNs, load_duration: loadNs, prompt_eval_count: tokens };
        return { kind: 'json', body: { model, embeddings, ...took } };
      } finally {
        await residents.keep(stored, keepAliveMs);
      }
    }, call.signal);
  };

async function embedAll(
  open: EmbeddingModel,
  texts: readonly string[],
  cut: boolean,
  signal: AbortSignal,
): Promise<{ embeddings: number[][]; tokens: number }> {
  const embeddings: number[][] = [];
  let tokens = 0;
  for (const text of texts) {
    signal.throwIfAborted();
    const embedded = await open.embed(text, { cut });
    if (embedded === null) throw inputTooLong();
    embeddings.push(toUnitLength(embedded.vector));
    tokens += embedded.tokens;
  }
  return { embeddings, tokens };
}

/** As Ollama gives them, and with no more digits than a single-precision number has. */
function toUnitLength(vector: readonly number[]): number[] {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return vector.map((value) => Number((value / length).toPrecision(8)));
}
