import type {
  LlamaContextSequence,
  LlamaGrammar,
  LlamaGrammarEvaluationState,
  LlamaModel,
  Token,
} from 'node-llama-cpp';
import type { Runtime } from './runtime.ts';

/** A model in memory. */
export type OpenModel = AnsweringModel | EmbeddingModel;

interface Opened {
  contextLength: number;
  /** Weights and, of a model that answers, its context. */
  memoryBytes: number;
  close(): Promise<void>;
}

/** One that answers, with one context and the tokens of its last answer in it: the prompt cache. */
export interface AnsweringModel extends Opened {
  kind: 'answers';
  model: LlamaModel;
  sequence: LlamaContextSequence;
  /** What the prompt template may ask for. */
  markers: { bos: string; eos: string };
  tokenize(text: string): Token[];
  createGrammarState(grammar: LlamaGrammar): LlamaGrammarEvaluationState;
}

/** One that embeds. It caches nothing: every token of a text looks at those after it. */
export interface EmbeddingModel extends Opened {
  kind: 'embeds';
  /** The vector of a text, of any length but 0, and how many tokens it has; null where it does not fit whole. */
  embed(
    text: string,
    settings: { cut: boolean },
  ): Promise<{ vector: readonly number[]; tokens: number } | null>;
}

export interface OpenSettings {
  contextLength: number;
  threads: number;
  /** What its file says it does. */
  embeds: boolean;
}

export async function openModel(runtime: Runtime, path: string, settings: OpenSettings): Promise<OpenModel> {
  const model = await runtime.llama.loadModel({ modelPath: path, gpuLayers: 0 });
  try {
    return await (settings.embeds ? openToEmbed(model, settings) : openToAnswer(runtime, model, settings));
  } catch (error) {
    await model.dispose();
    throw error;
  }
}

async function openToAnswer(
  runtime: Runtime,
  model: LlamaModel,
  { contextLength, threads }: OpenSettings,
): Promise<AnsweringModel> {
  const context = await model.createContext({
    contextSize: contextLength,
    threads,
    // Otherwise models with a sliding window could not go back to a shared prefix.
    swaFullCache: true,
  });
  const { bos, bosString, eosString, shouldPrependBosToken } = model.tokens;
  return {
    kind: 'answers',
    model,
    sequence: context.getSequence(),
    contextLength,
    memoryBytes: model.memoryUsage.ram + context.memoryUsage.ram,
    markers: { bos: bosString ?? '', eos: eosString ?? '' },
    tokenize(text) {
      const tokens = model.tokenize(text, true);
      const needsBos = shouldPrependBosToken && bos !== null && tokens[0] !== bos;
      return needsBos ? [bos, ...tokens] : tokens;
    },
    createGrammarState: (grammar) => runtime.createGrammarState(model, grammar),
    // Disposing of a model disposes of its contexts.
    close: () => model.dispose(),
  };
}

async function openToEmbed(
  model: LlamaModel,
  { contextLength, threads }: OpenSettings,
): Promise<EmbeddingModel> {
  // The library wants room for a token more than there is, and a text has to be evaluated in one batch.
  const size = { contextSize: contextLength + 1, batchSize: contextLength + 1 };
  const context = await model.createEmbeddingContext({ ...size, threads });
  return {
    kind: 'embeds',
    contextLength,
    memoryBytes: model.memoryUsage.ram,
    async embed(text, { cut }) {
      const tokens = model.tokenize(text);
      const marks = context.calculateInputLength([]);
      if (tokens.length + marks > contextLength && !cut) return null;
      const fitting = tokens.slice(0, contextLength - marks);
      const { vector } = await context.getEmbeddingFor(fitting);
      return { vector, tokens: fitting.length + marks };
    },
    close: () => model.dispose(),
  };
}
