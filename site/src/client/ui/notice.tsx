import type { ComponentChildren } from 'preact';
import { explainError } from '../history/read-file.ts';

/** What is under way, told to screen readers as well. */
export function Loading({ children }: { children: ComponentChildren }) {
  return (
    <p class="muted loading" role="status">
      {children}
    </p>
  );
}

/** Why something did not come, and a button to ask for it again. */
export function Failed({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <p role="alert">
      {explainError(error)} <TryAgain retry={retry} />
    </p>
  );
}

export function TryAgain({ retry }: { retry: () => void }) {
  return (
    <button type="button" class="button" onClick={retry}>
      Try again
    </button>
  );
}

/** What went wrong and what to do about it. */
export function Problem({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="card problem" role="alert">
      <h2>{title}</h2>
      {children}
    </section>
  );
}
