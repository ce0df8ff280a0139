import type { LlamaGrammar, Token } from 'node-llama-cpp';
import type { AnsweringModel } from './open-model.ts';
import type { EngineOptions } from './options.ts';
import { createTextStream } from './text-stream.ts';

/** What one answer took. Durations are nanoseconds, counted in whole microseconds as llama-server does. */
export interface Generation {
  doneReason: 'stop' | 'length';
  promptCount: number;
  /** How many of the prompt's tokens were still in the cache. */
  cachedCount: number;
  /** From the prompt to the first token's logits. */
  promptEvalNs: number;
  /** Tokens generated, the one that ends the answer included. */
  evalCount: number;
  /** From the first token to the last. */
  evalNs: number;
  /** The prompt and the answer, without the token that ended it. */
  tokens: number[];
}

export interface GenerationRequest {
  prompt: Token[];
  options: EngineOptions;
  grammar: LlamaGrammar | null;
  /** Whether the oldest half may be dropped when the context is full; otherwise the answer ends there. */
  shift: boolean;
  signal: AbortSignal;
}

/** Generates an answer: yields its text as it becomes clear, then what it took. An abort throws at the next token. */
export async function* generate(
  { model, sequence, createGrammarState }: AnsweringModel,
  { prompt, options, grammar, shift, signal }: GenerationRequest,
): AsyncGenerator<string | Generation> {
  const { contextSize } = sequence;
  const text = createTextStream<Token>(
    (tokens, before) => model.detokenize(tokens, false, before),
    options.stop,
    prompt,
  );
  const limit = options.num_predict > 0 ? options.num_predict : 10 * contextSize;
  const tokens = [...prompt];
  const startUs = nowUs();

  // The last token is always evaluated: its logits are what the answer starts from.
  const { firstDifferentIndex } = sequence.compareContextTokens(prompt);
  const reusable = Math.min(firstDifferentIndex, prompt.length - 1);
  await sequence.eraseContextTokenRanges([{ start: reusable, end: sequence.nextTokenIndex }]);
  const cachedCount = sequence.nextTokenIndex;

  const stream = sequence.evaluate(prompt.slice(cachedCount), {
    ...samplingOf(options, tokens),
    ...(grammar === null ? {} : { grammarEvaluationState: createGrammarState(grammar) }),
    contextShift: shiftOf(options, contextSize),
    yieldEogToken: true,
  });

  let doneReason: Generation['doneReason'] = 'length';
  let evalCount = 0;
  let firstUs = startUs;
  let lastUs = startUs;
  for await (const token of stream) {
    lastUs = nowUs();
    if (evalCount === 0) firstUs = lastUs;
    signal.throwIfAborted();
    evalCount++;
    if (model.isEogToken(token)) {
      doneReason = 'stop';
      break;
    }
    tokens.push(token);
    const ready = text.push(token);
    if (ready.text !== '') yield ready.text;
    if (ready.stopped) {
      doneReason = 'stop';
      break;
    }
    if (evalCount >= limit || (!shift && sequence.nextTokenIndex >= contextSize - 1)) break;
  }
  const rest = text.flush();
  if (rest !== '') yield rest;

  yield {
    doneReason,
    promptCount: prompt.length,
    cachedCount,
    promptEvalNs: wholeNs(firstUs - startUs),
    evalCount,
    evalNs: wholeNs(lastUs - firstUs),
    tokens,
  };
}

/** Sampling in the library's words. `tokens` grows as the answer does. */
function samplingOf(options: EngineOptions, tokens: readonly Token[]) {
  const { repeat_penalty, presence_penalty, frequency_penalty, repeat_last_n, seed } = options;
  const penalised = repeat_penalty !== 1 || presence_penalty !== 0 || frequency_penalty !== 0;
  const lastCount = repeat_last_n < 0 ? Number.POSITIVE_INFINITY : repeat_last_n;
  return {
    temperature: options.temperature,
    topK: options.top_k,
    topP: options.top_p,
    minP: options.min_p,
    seed: seed < 0 ? Math.floor(Math.random() * 2 ** 31) : seed,
    ...(penalised && lastCount > 0
      ? {
          repeatPenalty: {
            punishTokens: () => tokens.slice(-lastCount),
            penalty: repeat_penalty,
            presencePenalty: presence_penalty,
            frequencyPenalty: frequency_penalty,
          },
        }
      : {}),
  };
}

/** When the context is full, half of it goes, but for its first `num_keep` tokens. */
function shiftOf({ num_keep }: EngineOptions, contextSize: number) {
  const keep = Math.min(Math.max(num_keep, 0), contextSize - 4);
  const size = Math.floor((contextSize - keep) / 2);
  return { size, strategy: () => [{ start: keep, end: keep + size }] };
}

function nowUs(): bigint {
  return process.hrtime.bigint() / 1_000n;
}

/** At least one microsecond: that is what Ollama reports for an answer of a single token. */
function wholeNs(us: bigint): number {
  return Math.max(Number(us), 1) * 1_000;
}
