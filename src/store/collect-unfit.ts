import { UnreadableDocument } from '../schema/version.ts';

/** An artifact is not what a run's artifact is, so it stays out and the others are taken; the message says why. */
export class UnfitArtifact extends Error {
  readonly code = 'unfit-artifact';
  override readonly name = 'UnfitArtifact';
}

/** Does something with a run that is not to be trusted. Returns why it stays out, or null where all went well. */
export async function explainLeftOut(take: () => Promise<unknown>): Promise<string | null> {
  try {
    await take();
    return null;
  } catch (error) {
    if (error instanceof UnfitArtifact || error instanceof UnreadableDocument) return error.message;
    throw error;
  }
}
