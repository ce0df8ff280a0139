import { z } from 'zod';
import { plainText } from './plain-text.ts';

/** `sha256:` and 64 hex digits: of content, of a request, of a model (Ollama's own digests lack the prefix; we add it). */
export const sha256 = z
  .string()
  .regex(/^sha256:[0-9a-f]{64}$/, 'a sha256 digest: "sha256:" and 64 hex digits');

/** Names that become folder names and URLs: lower-case letters, digits, dots and dashes. */
export const slug = z
  .string()
  .max(80)
  .regex(
    /^[a-z0-9]+(?:[.-][a-z0-9]+)*$/,
    'lower-case letters, digits, single dots and dashes, e.g. "extract-contact"',
  );

/** A variant's folder name: slug of the model's name, then eight characters of its digest. */
export const variantKey = z
  .string()
  .max(100)
  .regex(
    /^[a-z0-9]+(?:[.-][a-z0-9]+)*-[0-9a-f]{8}$/,
    'a slug and eight hex digits, e.g. "qwen3-8b-500a1f06"',
  );

/** A run's id: when it started (UTC, to the second) and six random hex digits, so that it sorts by time. */
export const runId = z.string().regex(/^\d{8}t\d{6}z-[0-9a-f]{6}$/, 'e.g. "20261124t013000z-4f09ab"');

export const isoTime = z.iso.datetime({ offset: false });
export const count = z.int().nonnegative();
export const milliseconds = z.number().nonnegative();
/** Integer nanoseconds as Ollama reports them, up to 2^53 (104 days). */
export const nanoseconds = z.int().nonnegative();

/** Text for people, from us: one line, no markup. */
export const sentence = plainText(z.string().min(1).max(2000));
