import { useEffect, useState } from 'preact/hooks';
import type { Question, Reply } from './protocol.ts';

/** A comparison that takes longer is given up: nobody waits for it, and a phone gets hot. */
const mostMs = 60_000;

/** What a worker says to a question, which is asked anew where it changes; null where there is none. */
export function useComparison(question: Question | null): { reply: Reply | null; retry: () => void } {
  const [attempt, setAttempt] = useState(0);
  const asked = question === null ? '' : `${JSON.stringify(question)} ${attempt}`;
  const [{ of, reply }, setReply] = useState<{ of: string; reply: Reply | null }>({
    of: '',
    reply: null,
  });
  useEffect(() => {
    if (question === null) return;
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    const say = (it: Reply) => setReply({ of: asked, reply: it });
    const end = (it: Reply) => {
      clearTimeout(timer);
      worker.terminate();
      say(it);
    };
    const timer = setTimeout(
      () =>
        end({
          kind: 'failed',
          message: `The comparison was given up after ${mostMs / 1000} s. Choose “this run alone” for base, or fewer models.`,
        }),
      mostMs,
    );
    worker.addEventListener('message', ({ data }: MessageEvent<Reply>) =>
      data.kind === 'progress' ? say(data) : end(data),
    );
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      end({
        kind: 'failed',
        message: `The comparison broke off: ${event.message || 'its script did not come'}.`,
      });
    });
    worker.postMessage(question);
    return () => {
      clearTimeout(timer);
      worker.terminate();
    };
  }, [asked]);
  return { reply: of === asked ? reply : null, retry: () => setAttempt(attempt + 1) };
}
