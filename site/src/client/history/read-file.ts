/** Why a file of the site could not be had; the message is for people. */
export class DataError extends Error {
  readonly code: 'missing' | 'unreachable' | 'damaged';
  constructor(code: DataError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DataError';
    this.code = code;
  }
}

/** An error in words: expected ones have some of their own. */
export function explainError(error: unknown): string {
  if (!(error instanceof DataError)) {
    return `Something unforeseen happened: ${error instanceof Error ? error.message : String(error)}`;
  }
  return error.code === 'unreachable'
    ? `${error.message} Check the connection, then try again.`
    : error.message;
}

const gzipMagic = [0x1f, 0x8b];

/**
 * The JSON of a file of this site.
 * @throws {DataError} where there is none, it does not come, or it is no JSON.
 */
export async function readJsonFile(url: string): Promise<unknown> {
  const response = await fetch(url).catch((cause: unknown) => {
    throw new DataError('unreachable', `${url} did not come: the connection failed.`, { cause });
  });
  if (response.status === 404) throw new DataError('missing', `${url} is not there.`);
  if (!response.ok) throw new DataError('unreachable', `${url} did not come: status ${response.status}.`);
  try {
    return JSON.parse(await readText(await response.arrayBuffer()));
  } catch (cause) {
    throw new DataError('damaged', `${url} is damaged.`, { cause });
  }
}

/**
 * The same, of the shape that the build of this page wrote.
 * @throws {DataError} as readJsonFile.
 */
export async function readBuiltFile<T>(url: string): Promise<T> {
  return (await readJsonFile(url)) as T;
}

/** A server may have unpacked a `.gz` on its way, or sent it as it is: its first bytes say which. */
async function readText(bytes: ArrayBuffer): Promise<string> {
  const start = new Uint8Array(bytes, 0, Math.min(bytes.byteLength, gzipMagic.length));
  if (gzipMagic.some((byte, index) => start[index] !== byte)) return new TextDecoder().decode(bytes);
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).text();
}
