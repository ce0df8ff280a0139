/** An artifact is not what a run's artifact is, so it stays out and the others are taken; the message says why. */
export class UnfitArtifact extends Error {
  readonly code = 'unfit-artifact';
  override readonly name = 'UnfitArtifact';
}
