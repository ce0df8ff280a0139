import type {
  LlamaContextSequence,
  LlamaGrammar,
  LlamaGrammarEvaluationState,
  LlamaModel,
  Token,
} from 'node-llama-cpp';
import type { Runtime } from './runtime.ts';

/** A model in memory, with one context and the tokens of its last answer in it: the prompt cache. */
export interface OpenModel {
  model: LlamaModel;
  sequence: LlamaContextSequence;
  contextLength: number;
  /** Weights and context. */
  memoryBytes: number;
  /** What the prompt template may ask for. */
  markers: { bos: string; eos: string };
  tokenize(text: string): Token[];
  createGrammarState(grammar: LlamaGrammar): LlamaGrammarEvaluationState;
  close(): Promise<void>;
}

export async function openModel(
  runtime: Runtime,
  path: string,
  { contextLength, threads }: { contextLength: number; threads: number },
): Promise<OpenModel> {
  const model = await runtime.llama.loadModel({ modelPath: path, gpuLayers: 0 });
  try {
    const context = await model.createContext({
      contextSize: contextLength,
      threads,
      // Otherwise models with a sliding window could not go back to a shared prefix.
      swaFullCache: true,
    });
    const { bos, bosString, eosString, shouldPrependBosToken } = model.tokens;
    return {
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
  } catch (error) {
    await model.dispose();
    throw error;
  }
}
