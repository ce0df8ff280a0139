import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { imageTypeOf } from '../core/image-type.ts';
import type { PromptSet } from '../schema/prompt-set.ts';
import { stayWithin } from './stay-within.ts';

const mebibyte = 1024 ** 2;
/** Larger ones are scaled down by every model, after they were sent. */
const largestImageBytes = 4 * mebibyte;
/** In base64 they go into every run's inputs, of which a reader takes 8 MiB. */
const largestTogetherBytes = 5 * mebibyte;

/** Tells what is wrong at a place in the set. */
export type Report = (path: (string | number)[], message: string, found?: string) => void;

/**
 * Puts the content of images, in base64, in the place of their paths, which count from `folder`.
 * @param within the folder that they must lie in; null: any.
 * @throws {InputError} `outside-workspace`
 */
export async function loadImages(
  set: PromptSet,
  folder: string,
  within: string | null,
  report: Report,
): Promise<PromptSet> {
  let togetherBytes = 0;
  const load = (paths: readonly string[], place: (string | number)[]) =>
    Promise.all(
      paths.map(async (path, index) => {
        await stayWithin(within, resolve(folder, path));
        const read = await readImage(resolve(folder, path));
        if ('problem' in read) report([...place, index], read.problem, path);
        else togetherBytes += read.bytes;
        return 'problem' in read ? path : read.base64;
      }),
    );

  const prompts = await Promise.all(
    set.prompts.map(async ({ images, messages, ...prompt }, at) => ({
      ...prompt,
      ...(images && { images: await load(images, ['prompts', at, 'images']) }),
      ...(messages && {
        messages: await Promise.all(
          messages.map(async (message, turn) =>
            message.role === 'user' && message.images
              ? {
                  ...message,
                  images: await load(message.images, ['prompts', at, 'messages', turn, 'images']),
                }
              : message,
          ),
        ),
      }),
    })),
  );
  if (togetherBytes > largestTogetherBytes) {
    report(
      ['prompts'],
      `the images of a set may have ${largestTogetherBytes / mebibyte} MiB together: scale them down`,
    );
  }
  return { ...set, prompts };
}

async function readImage(path: string): Promise<{ base64: string; bytes: number } | { problem: string }> {
  try {
    const { size } = await stat(path);
    if (size > largestImageBytes) {
      return { problem: `the image has more than ${largestImageBytes / mebibyte} MiB: scale it down` };
    }
    const base64 = await readFile(path, 'base64');
    return imageTypeOf(base64) === null
      ? { problem: 'the file is no PNG, JPEG or WebP image: convert it' }
      : { base64, bytes: size };
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return {
      problem: missing
        ? 'there is no such image: its path counts from the folder of this file'
        : 'the image cannot be read',
    };
  }
}
