import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';

/** What a GGUF file says of itself. */
export interface GgufFacts {
  sha256: string;
  sizeBytes: number;
  modifiedAt: Date;
  family: string;
  parameterCount: number;
  quantization: string;
  /** The context it was trained for, in tokens; null where it does not say. */
  contextLength: number | null;
  embeddingLength: number | null;
  /** It gives vectors and no answers: it says how to make one of its tokens', as Ollama also tells. */
  embeds: boolean;
  /** A Jinja template; null where the model has none. */
  chatTemplate: string | null;
  /** Its metadata by dotted key; vocabularies are left out, as Ollama does. */
  modelInfo: Record<string, unknown>;
  tensors: { name: string; type: string; shape: number[] }[];
}

const shownElsewhere = new Set(['general.name', 'tokenizer.chat_template']);

/** Reads a file's header and hashes it whole. */
export async function readGgufFacts(path: string): Promise<GgufFacts> {
  const { readGgufFileInfo, GgmlType, GgufFileType } = await import('node-llama-cpp');
  const info = await readGgufFileInfo(path, { sourceType: 'filesystem', logWarnings: false });
  const { size, mtime } = await stat(path);
  const { general, tokenizer } = info.metadata;
  const tensors = (info.fullTensorInfo ?? []).map(({ name, ggmlType, dimensions }) => ({
    name,
    type: GgmlType[ggmlType] ?? 'unknown',
    shape: dimensions.map(Number),
  }));
  const parameterCount = tensors.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
  const fileType = general.file_type === undefined ? undefined : GgufFileType[general.file_type];
  return {
    sha256: await hashFile(path),
    sizeBytes: size,
    modifiedAt: mtime,
    family: general.architecture,
    parameterCount,
    quantization: fileType?.replace(/^(ALL|MOSTLY)_/, '') ?? 'unknown',
    contextLength: info.architectureMetadata.context_length ?? null,
    embeddingLength: info.architectureMetadata.embedding_length ?? null,
    embeds: 'pooling_type' in info.architectureMetadata,
    chatTemplate: tokenizer?.chat_template ?? null,
    modelInfo: Object.fromEntries(
      [...flatten(info.metadata), ['general.parameter_count', parameterCount] as const].filter(
        ([key]) => !shownElsewhere.has(key),
      ),
    ),
    tensors,
  };
}

/** A count as Ollama writes it: `1.12M`, `788K`. */
export function humanCount(count: number): string {
  const decimals = (value: number, digits: number) => value.toFixed(Number.isInteger(value) ? 0 : digits);
  if (count >= 1e9) return `${decimals(count / 1e9, 1)}B`;
  if (count >= 1e6) return `${decimals(count / 1e6, 2)}M`;
  if (count >= 1e3) return `${(count / 1e3).toFixed(0)}K`;
  return String(count);
}

function* flatten(value: object, prefix = ''): Generator<[string, unknown]> {
  for (const [key, inner] of Object.entries(value)) {
    const name = prefix + key;
    if (Array.isArray(inner)) yield [name, null];
    else if (typeof inner === 'object' && inner !== null) yield* flatten(inner, `${name}.`);
    else yield [name, typeof inner === 'bigint' ? Number(inner) : inner];
  }
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
