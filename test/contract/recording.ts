import { readdirSync, readFileSync } from 'node:fs';

export interface Recording {
  name: string;
  request: { method: string; path: string; body?: unknown };
  response: { end: 'eof' | 'client-abort'; packets: { atMs: number; base64: string }[] };
}

/** Of Ollama 0.32.15. */
export const recordings = readRecordings('ollama-0.32.15');
/** Of Ollama 0.33.3: an embedding model, and a model that calls a tool. */
export const laterRecordings = readRecordings('ollama-0.33.3');

function readRecordings(server: string): readonly Recording[] {
  const folder = new URL(`recordings/${server}/`, import.meta.url);
  return readdirSync(folder)
    .sort()
    .map((file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')));
}

export function packetsOf({ response }: Recording): Buffer[] {
  return response.packets.map(({ base64 }) => Buffer.from(base64, 'base64'));
}

export function findRecording(name: string, among = recordings): Recording {
  const found = among.find((recording) => recording.name === name);
  if (found === undefined) throw new Error(`no recording named ${name}`);
  return found;
}

/** The body of a recorded reply without its HTTP framing; of a chunked one that was cut, what arrived. */
export function bodyOf(recording: Recording): Buffer {
  const reply = Buffer.concat(packetsOf(recording));
  const headEnd = reply.indexOf('\r\n\r\n');
  let rest = reply.subarray(headEnd + 4);
  if (!/^transfer-encoding: chunked$/im.test(reply.subarray(0, headEnd).toString())) return rest;
  const chunks: Buffer[] = [];
  for (let end = rest.indexOf('\r\n'); end > 0; end = rest.indexOf('\r\n')) {
    const size = Number.parseInt(rest.subarray(0, end).toString(), 16);
    if (size === 0) break;
    chunks.push(rest.subarray(end + 2, end + 2 + size));
    rest = rest.subarray(end + 2 + size + 2);
  }
  return Buffer.concat(chunks);
}
