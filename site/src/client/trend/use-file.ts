import { useEffect, useState } from 'preact/hooks';
import { readJsonFile } from '../history/read-file.ts';

export type FileState<T> =
  | { state: 'loading' }
  | { state: 'there'; value: T }
  | { state: 'failed'; error: unknown };

const asked = new Map<string, Promise<unknown>>();

/** A JSON file of this site, as this build wrote it; each is asked for once, and again after a failure. */
export function useFile<T>(url: string): FileState<T> {
  const [found, setFound] = useState<FileState<T> & { url?: string }>({ state: 'loading' });
  useEffect(() => {
    let isCurrent = true;
    const asking = asked.get(url) ?? readJsonFile(url);
    asked.set(url, asking);
    asking.then(
      (value) => isCurrent && setFound({ state: 'there', value: value as T, url }),
      (error: unknown) => {
        asked.delete(url);
        if (isCurrent) setFound({ state: 'failed', error, url });
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [url]);
  return found.url === url ? found : { state: 'loading' };
}
