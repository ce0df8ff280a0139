import { type AnswerShape, emptyAnswer, finalAnswer, partialAnswer } from './answer-shape.ts';
import { type Generation, generate } from './inference.ts';
import type { StoredModel } from './model-store.ts';
import { type EngineOptions, type RawOptions, resolveOptions } from './options.ts';
import { fitPrompt, type Message, renderPrompt } from './prompt.ts';
import { answersUnsupported, Refusal } from './refusal.ts';
import type { Call, Reply } from './reply.ts';
import type { Residents } from './residents.ts';
import type { Runtime } from './runtime.ts';
import type { Turns } from './turns.ts';

/** What /api/generate and /api/chat come down to. */
export interface Question {
  shape: AnswerShape;
  /** The model's name as it was asked for, and as replies repeat it. */
  name: string;
  stored: StoredModel;
  /** Text that goes to the model as it is, or messages for its template; null: only load, or unload. */
  prompt: string | Message[] | null;
  options: RawOptions;
  keepAliveMs: number;
  format: unknown;
  stream: boolean;
  truncate: boolean;
  shift: boolean;
}

export interface AnswerPorts {
  runtime: Runtime;
  residents: Residents;
  turns: Turns;
}

/**
 * Answers when its turn comes. A question without a prompt loads the model, or with a keep-alive of 0 unloads it.
 * @throws {Refusal} for what cannot be asked.
 */
export async function answer(question: Question, call: Call, ports: AnswerPorts): Promise<Reply> {
  const { shape, name, stored, prompt, keepAliveMs } = question;
  const { residents, turns } = ports;
  if (prompt === null && keepAliveMs === 0) {
    // Like Ollama, it answers at once; /api/ps tells when the model is gone.
    void turns.take(() => residents.unload(stored.name));
    return { kind: 'json', body: emptyAnswer(shape, name, 'unload') };
  }
  if (stored.facts.embeds) throw answersUnsupported(name, shape);
  const options = resolveOptions(stored.parameters, question.options);
  if (prompt === null) {
    await turns.take(async () => {
      await residents.require(stored, options, keepAliveMs);
      await residents.keep(stored, keepAliveMs);
    }, call.signal);
    return { kind: 'json', body: emptyAnswer(shape, name, 'load') };
  }

  const finish = (text: string, { loadNs, ...generation }: Finished) => {
    const totalNs = Number(process.hrtime.bigint() - call.receivedNs);
    const withContext = typeof prompt !== 'string';
    return finalAnswer(shape, name, text, generation, { totalNs, loadNs }, withContext);
  };
  const events = think({ ...question, prompt }, options, call.signal, ports);
  if (question.stream) {
    const toLine = (event: string | Finished) =>
      typeof event === 'string' ? partialAnswer(shape, name, event) : finish('', event);
    return { kind: 'lines', lines: mapEach(events, toLine) };
  }
  let text = '';
  for await (const event of events) {
    if (typeof event !== 'string') return { kind: 'json', body: finish(text, event) };
    text += event;
  }
  throw new Error('The model ended without a result.');
}

type Finished = Generation & { loadNs: number };

/** Holds the turn from the first event that is asked for to the last. */
async function* think(
  { stored, keepAliveMs, format, truncate, shift, prompt }: Question & { prompt: string | Message[] },
  options: EngineOptions,
  signal: AbortSignal,
  { runtime, residents, turns }: AnswerPorts,
): AsyncGenerator<string | Finished> {
  const release = await turns.acquire(signal);
  try {
    const startNs = process.hrtime.bigint();
    const open = await residents.require(stored, options, keepAliveMs);
    const loadNs = Number(process.hrtime.bigint() - startNs);
    if (open.kind !== 'answers') throw new Error('A model that only embeds was asked to answer.');
    const text =
      typeof prompt === 'string' ? prompt : renderPrompt(prompt, stored.facts.chatTemplate, open.markers);
    const fitted = fitPrompt(open.tokenize(text), {
      context: open.contextLength,
      allocated: open.sequence.contextSize,
      keep: options.num_keep,
      truncate,
    });
    if (fitted.length === 0) throw new Refusal(400, 'the prompt is empty');
    const grammar = await runtime.createGrammar(format);
    for await (const event of generate(open, { prompt: fitted, options, grammar, shift, signal })) {
      yield typeof event === 'string' ? event : { ...event, loadNs };
    }
  } finally {
    await residents.keep(stored, keepAliveMs).finally(release);
  }
}

async function* mapEach<From, To>(source: AsyncIterable<From>, change: (item: From) => To) {
  for await (const item of source) yield change(item);
}
