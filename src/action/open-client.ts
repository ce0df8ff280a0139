import { createOllamaClient, type OllamaClient } from '../ollama/client.ts';
import { resolveHost } from '../ollama/host.ts';

export interface OpenClient extends AsyncDisposable {
  client: OllamaClient;
  /** Where it looks for Ollama. */
  host: string;
}

/** A client for questions beside the measuring. The host may be any form of OLLAMA_HOST; null takes the variable. */
export function openClient(asked: string | null): OpenClient {
  const baseUrl = resolveHost(asked ?? process.env.OLLAMA_HOST ?? '');
  const client = createOllamaClient({
    baseUrl,
    deadlines: { loadMs: 60_000, firstTokenMs: 30_000, stallMs: 30_000, totalMs: 60_000 },
    clock: () => performance.now(),
  });
  return { client, host: String(baseUrl), [Symbol.asyncDispose]: () => client.close() };
}
