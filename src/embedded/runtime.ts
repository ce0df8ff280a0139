import type { Llama, LlamaGrammar, LlamaGrammarEvaluationState, LlamaModel } from 'node-llama-cpp';
import { SchemaUnsupported, toGrammarSchema } from './grammar-schema.ts';
import { badFormat, badSchema } from './refusal.ts';

/** The library ends every schema's grammar in line breaks that its own chat session waits for and cuts off. */
const trailer = ' "\\n\\n\\n\\n" [\\n]*';

type JsonSchema = Parameters<Llama['createGrammarForJsonSchema']>[0];

/** llama.cpp in this process, on the CPU. */
export interface Runtime {
  llama: Llama;
  /**
   * A grammar that holds an answer to `"json"` or a JSON Schema; null for no format.
   * @throws {Refusal} 500 for any other format, 400 for a schema that no grammar can be made of.
   */
  createGrammar(format: unknown): Promise<LlamaGrammar | null>;
  /** Follows one answer through a grammar. */
  createGrammarState(model: LlamaModel, grammar: LlamaGrammar): LlamaGrammarEvaluationState;
  close(): Promise<void>;
}

/** Loads the native library: about a second, which no model's load time should hold. */
export async function openRuntime(): Promise<Runtime> {
  const library = await import('node-llama-cpp');
  const llama = await library.getLlama({
    gpu: false,
    build: 'never',
    progressLogs: false,
    logLevel: library.LlamaLogLevel.error,
  });
  return {
    llama,
    async createGrammar(format) {
      if (format === undefined || format === null || format === '') return null;
      if (format === 'json') return llama.getGrammarFor('json');
      if (typeof format !== 'object' || Array.isArray(format)) throw badFormat(format);
      const schema = readSchema(format);
      try {
        const { grammar } = await llama.createGrammarForJsonSchema(schema);
        return await llama.createGrammar({ grammar: grammar.replace(trailer, '') });
      } catch (cause) {
        throw badSchema('failed to parse grammar', { cause });
      }
    },
    createGrammarState: (model, grammar) => new library.LlamaGrammarEvaluationState({ model, grammar }),
    close: () => llama.dispose(),
  };
}

function readSchema(format: object): JsonSchema {
  try {
    // Its type lists every form of schema there is; this one is made of no others.
    return toGrammarSchema(format) as JsonSchema;
  } catch (error) {
    throw error instanceof SchemaUnsupported ? badSchema(error.message, { cause: error }) : error;
  }
}
