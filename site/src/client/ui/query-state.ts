import { useLayoutEffect, useState } from 'preact/hooks';

/** The state of a page as its URL has it: whoever is sent the URL sees the same. */
export type Query = Readonly<Record<string, string>>;

export function readQuery(): Query {
  return Object.fromEntries(new URLSearchParams(location.search));
}

/** The URL with some parameters changed; an empty value takes one out. A colon and a slash stay readable. */
export function writeQuery(now: Query, changes: Query): string {
  const entries = Object.entries({ ...now, ...changes }).filter(([, value]) => value !== '');
  const write = (text: string) =>
    encodeURIComponent(text).replaceAll('%3A', ':').replaceAll('%2F', '/').replaceAll('%20', '+');
  return entries.length === 0 ? '' : `?${entries.map((it) => it.map(write).join('=')).join('&')}`;
}

/** The gesture whose step the newest entry of the browser's history is; null: it is of no gesture, or of one that ended. */
let gesture: string | null = null;

/** What comes next is a step of its own. */
export function endGesture(): void {
  gesture = null;
}

/** How a change goes into the browser's history: as a step back, as none, or with all of a named gesture as one step. */
export type Step = boolean | `gesture:${string}`;

/** Changes parameters of the URL. A choice is a step back; what is typed or moved is one step, however long it takes. */
export function changeQuery(changes: Query, step: Step): void {
  const search = writeQuery(readQuery(), changes);
  if (search === location.search) return;
  const isOngoing = typeof step === 'string' && step === gesture;
  gesture = typeof step === 'string' ? step : null;
  const url = `${location.pathname}${search}${location.hash}`;
  history[step !== false && !isOngoing ? 'pushState' : 'replaceState'](null, '', url);
}

/** The query of the URL, and how to change it. */
export function useQuery(): [Query, (changes: Query, step?: Step) => void] {
  const [query, setQuery] = useState(readQuery);
  // Before anything is seen: a step back that came sooner than the listener would be lost.
  useLayoutEffect(() => {
    const follow = () => {
      endGesture();
      setQuery(readQuery());
    };
    addEventListener('popstate', follow);
    return () => removeEventListener('popstate', follow);
  }, []);
  const change = (changes: Query, step: Step = false) => {
    changeQuery(changes, step);
    setQuery(readQuery());
  };
  return [query, change];
}
