// What people use instead, each as its documentation shows it.
import { Ollama } from 'ollama';
import { Agent, request } from 'undici';
import { type Reader, toRequest } from '../../src/calibrate/script.ts';

/** `undici.request`, the body read with `for await`, lines split and parsed. */
export function openUndiciRequestReader(url: string, clock: () => number): Reader {
  const dispatcher = new Agent();
  return {
    async ask(script) {
      const chunksMs: number[] = [];
      let doneMs = Number.NaN;
      const sentMs = clock();
      const { body } = await request(`${url}/api/generate`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(toRequest(script)),
        dispatcher,
      });
      const utf8 = new TextDecoder();
      let rest = '';
      for await (const bytes of body) {
        const atMs = clock();
        const lines = (rest + utf8.decode(bytes, { stream: true })).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) {
          if (JSON.parse(line).done) doneMs = atMs;
          else chunksMs.push(atMs);
        }
      }
      return { sentMs, chunksMs, doneMs };
    },
    close: () => dispatcher.close(),
  };
}

/** The `ollama` package, whose stream yields parsed chunks. */
export function openOllamaJsReader(host: string, clock: () => number): Reader {
  const ollama = new Ollama({ host });
  return {
    async ask(script) {
      const chunksMs: number[] = [];
      let doneMs = Number.NaN;
      const sentMs = clock();
      for await (const part of await ollama.generate({ ...toRequest(script), stream: true })) {
        const atMs = clock();
        if (part.done) doneMs = atMs;
        else chunksMs.push(atMs);
      }
      return { sentMs, chunksMs, doneMs };
    },
    close: async () => ollama.abort(),
  };
}
