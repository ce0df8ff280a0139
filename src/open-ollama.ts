import { createOllamaClient, type OllamaClient } from './ollama/client.ts';
import { resolveHost } from './ollama/host.ts';
import type { Config } from './schema/config.ts';

export interface OpenOllama extends AsyncDisposable {
  client: OllamaClient;
  /** The URL at which it looks for Ollama. */
  host: string;
}

/** Monotonic milliseconds: what the client's marks are read from. */
export const clock = () => performance.now();

/**
 * A client for the Ollama that a person named in any form of OLLAMA_HOST, else for that of the variable, else for the
 * one on this machine. Deadlines are in seconds, as in the config.
 * @throws {OllamaError} `bad-host`
 */
export function openOllama(asked: string | null, deadlines: Config['deadlines']): OpenOllama {
  const host = resolveHost(asked ?? process.env.OLLAMA_HOST ?? '');
  const client = createOllamaClient({
    baseUrl: host,
    deadlines: {
      loadMs: deadlines.load * 1000,
      firstTokenMs: deadlines.firstToken * 1000,
      stallMs: deadlines.stall * 1000,
      totalMs: deadlines.total * 1000,
    },
    clock,
  });
  return { client, host, [Symbol.asyncDispose]: () => client.close() };
}
