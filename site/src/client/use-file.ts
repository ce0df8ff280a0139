import { readJsonFile } from './history/read-file.ts';
import { type Loaded, useLoaded } from './ui/use-loaded.ts';

const asked = new Map<string, Promise<unknown>>();

/** A JSON file of this site, of the shape that its build wrote; asked for once, and again after a failure. */
export function useFile<T>(url: string): Loaded<T> {
  return useLoaded(url, async () => {
    const asking = asked.get(url) ?? readJsonFile(url);
    asked.set(url, asking);
    asking.catch(() => asked.delete(url));
    return (await asking) as T;
  });
}
