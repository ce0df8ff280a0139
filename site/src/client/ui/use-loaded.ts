import { useEffect, useState } from 'preact/hooks';

export type Loaded<T> =
  | { state: 'loading' }
  | { state: 'failed'; error: unknown; retry: () => void }
  | { state: 'done'; value: T };

/** What a promise becomes; `load` is called again where `key` changes, or on a retry. */
export function useLoaded<T>(key: string, load: () => Promise<T>): Loaded<T> {
  const [attempt, setAttempt] = useState(0);
  const wanted = `${key} ${attempt}`;
  const [{ of, loaded }, setLoaded] = useState<{ of: string; loaded: Loaded<T> }>({
    of: '',
    loaded: { state: 'loading' },
  });
  useEffect(() => {
    let isCurrent = true;
    const settle = (loaded: Loaded<T>) => {
      if (isCurrent) setLoaded({ of: wanted, loaded });
    };
    load().then(
      (value) => settle({ state: 'done', value }),
      (error: unknown) => settle({ state: 'failed', error, retry: () => setAttempt(attempt + 1) }),
    );
    return () => {
      isCurrent = false;
    };
  }, [wanted]);
  return of === wanted ? loaded : { state: 'loading' };
}
