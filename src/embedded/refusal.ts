/** A request that the engine turns down, with the status and the words that Ollama has for it. */
export class Refusal extends Error {
  readonly status: number;
  constructor(status: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'Refusal';
    this.status = status;
  }
}

export const modelNotFound = (name: string) => new Refusal(404, `model '${name}' not found`);

export const thinkingUnsupported = (name: string) =>
  new Refusal(400, `${JSON.stringify(name)} does not support thinking`);

export const insertUnsupported = (name: string) => new Refusal(400, `${name} does not support insert`);

export const toolsUnsupported = (name: string) =>
  new Refusal(400, `registry.ollama.ai/library/${name} does not support tools`);

/** A model that only embeds, asked for words. */
export const answersUnsupported = (name: string, way: string) =>
  new Refusal(400, `${JSON.stringify(name)} does not support ${way}`);

/** A model that only answers, asked for vectors. */
export const embeddingsUnsupported = () =>
  new Refusal(501, 'This server does not support embeddings. Start it with `--embeddings`');

export const embeddingModelNotFound = (name: string) =>
  new Refusal(404, `model ${JSON.stringify(name)} not found, try pulling it first`);

export const inputTooLong = () => new Refusal(400, 'the input length exceeds the context length');

export const rawWithTemplate = () =>
  new Refusal(400, 'raw mode does not support template, system, or context');

/** Ollama passes on what its inference process says: JSON in a string. */
export const imagesUnsupported = () =>
  nested({
    code: 400,
    message: 'Multimodal data provided, but model does not support multimodal requests.',
    type: 'invalid_request_error',
  });

export const promptTooLong = (promptTokens: number, contextTokens: number) =>
  nested({
    code: 400,
    message: `request (${promptTokens} tokens) exceeds the available context size (${contextTokens} tokens), try increasing it`,
    type: 'exceed_context_size_error',
    n_prompt_tokens: promptTokens,
    n_ctx: contextTokens,
  });

export const badFormat = (format: unknown) =>
  new Refusal(
    500,
    `invalid format: ${JSON.stringify(JSON.stringify(format))}; expected "json" or a valid JSON Schema object`,
  );

export const badSchema = (what: string, options?: ErrorOptions) =>
  nested(
    {
      code: 400,
      message: `Field 'json_schema': "json_schema": JSON schema conversion failed:\n${what}`,
      type: 'invalid_request_error',
    },
    options,
  );

export const modelRequired = () => new Refusal(400, 'model is required');

/** What a real Ollama can do and this engine cannot: said, rather than ignored. */
export const notInEngine = (what: string) =>
  new Refusal(400, `the embedded engine does not support ${what}; use a real Ollama for it`);

function nested(error: { code: number } & Record<string, unknown>, options?: ErrorOptions): Refusal {
  return new Refusal(error.code, JSON.stringify({ error }), options);
}
