import type { ClientMarks, ServerMarks } from '../core/calibration.ts';

/** What a reader asks of the server of known timing. */
export interface Script {
  /** Names the exchange in the server's report. */
  id: string;
  /** Chunks after waits of a known plan, or as fast as the socket takes them. */
  pace: 'paced' | 'unpaced';
  chunks: number;
  /** Of the waits. */
  seed: number;
}

/** What the server tells of a paced answer. */
export interface Written extends ServerMarks {
  id: string;
  /**
   * How long reader and server had to wait while something else had the processor, since the answer before was over:
   * until the first chunk had arrived, and until the whole answer had. 0 where the system does not count it.
   */
  firstWaitMs: number;
  waitMs: number;
}

/** Whatever takes in a streamed answer and tells when its chunks came. */
export interface Reader {
  ask(script: Script): Promise<ClientMarks>;
  close(): Promise<void>;
}

/** The script as a request to /api/generate, with nothing in it that Ollama does not know. */
export function toRequest({ id, pace, chunks, seed }: Script) {
  return { model: pace, prompt: id, options: { num_predict: chunks, seed } };
}

export function toScript({ model, prompt, options }: ReturnType<typeof toRequest>): Script {
  return { id: prompt, pace: model, chunks: options.num_predict, seed: options.seed };
}
