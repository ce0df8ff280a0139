import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import canonicalize from 'canonicalize';
import { UnreadableDocument } from '../../schema/version.ts';

const mebibyte = 1024 ** 2;
/** In bytes, unpacked. A real run stays a hundred times below these. */
export const largestBytes = { run: 32 * mebibyte, samples: 256 * mebibyte, content: 8 * mebibyte };

/** Of a gzip: no name, no time, best compression, and no system that packed it (RFC 1952). */
export const packedHeader = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255]);

/** A document's canonical JSON, gzipped without a time: the same content gives the same bytes on one Node. */
export function packDocument(document: unknown): Buffer {
  return packBytes(writeDocument(document));
}

function packBytes(bytes: Buffer): Buffer {
  const packed = gzipSync(bytes, { level: 9 });
  packedHeader.copy(packed);
  return packed;
}

/**
 * What is to lie at a path of a history: packed, where its name says so.
 * @throws {UnreadableDocument} where it is larger than a reader would take.
 */
export function writeHistoryFile(path: string, document: unknown, maxBytes: number): Buffer {
  const bytes = writeDocument(document);
  if (bytes.length > maxBytes) {
    throw new UnreadableDocument('invalid', `${path} would be larger than ${maxBytes / mebibyte} MiB.`);
  }
  return path.endsWith('.gz') ? packBytes(bytes) : bytes;
}

/** @throws {UnreadableDocument} where it is no gzip, unpacks to more than `maxBytes`, or is not JSON. */
export function unpackDocument(packed: Buffer, name: string, maxBytes: number): unknown {
  let bytes: Buffer;
  try {
    bytes = gunzipSync(packed, { maxOutputLength: maxBytes });
  } catch (cause) {
    const isLarge = cause instanceof Error && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE';
    const why = isLarge
      ? `unpacks to more than ${maxBytes / mebibyte} MiB`
      : 'is damaged: it does not unpack';
    throw new UnreadableDocument('not-a-document', `${name} ${why}.`, { cause });
  }
  return parseDocument(bytes, name);
}

/** Canonical JSON (RFC 8785) and the end of a line, so that Git shows it as text. */
export function writeDocument(document: unknown): Buffer {
  const text = canonicalize(document);
  if (text === undefined) throw new TypeError('Only a JSON value can be kept.');
  return Buffer.from(`${text}\n`);
}

/** @throws {UnreadableDocument} where it is not JSON. */
export function parseDocument(bytes: Buffer, name: string): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw new UnreadableDocument('not-a-document', `${name} is not JSON.`, { cause });
  }
}

/**
 * Reads a file of a history's folder; null where there is none.
 * @param path relative to the folder, made from a validated id.
 * @throws {UnreadableDocument} where it is a link, no file, or larger than `maxBytes`.
 */
export async function readHistoryFile(
  folder: string,
  path: string,
  maxBytes: number,
): Promise<Buffer | null> {
  try {
    const wanted = join(await realpath(folder), path);
    if ((await realpath(wanted)) !== wanted) {
      throw new UnreadableDocument('invalid', `${path} is a link.`);
    }
    await using file = await open(wanted, constants.O_RDONLY);
    const found = await file.stat();
    if (!found.isFile()) throw new UnreadableDocument('invalid', `${path} is not a file.`);
    if (found.size > maxBytes) {
      throw new UnreadableDocument('invalid', `${path} is larger than ${maxBytes / mebibyte} MiB.`);
    }
    return await file.readFile();
  } catch (error) {
    if (isErrorOf(error, 'ENOENT', 'ENOTDIR')) return null;
    if (isErrorOf(error, 'ELOOP')) throw new UnreadableDocument('invalid', `${path} is a link.`);
    throw error;
  }
}

/** Whether Node gave an error one of these codes. */
export function isErrorOf(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}
