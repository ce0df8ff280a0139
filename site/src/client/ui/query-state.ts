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

/**
 * The query of the URL, and how to change it. A change is a step back in the browser's history if `isStep`, so that a
 * filter that is typed does not fill it letter by letter.
 */
export function useQuery(): [Query, (changes: Query, isStep?: boolean) => void] {
  const [query, setQuery] = useState(readQuery);
  // Before anything is seen: a step back that came sooner than the listener would be lost.
  useLayoutEffect(() => {
    const follow = () => setQuery(readQuery());
    addEventListener('popstate', follow);
    return () => removeEventListener('popstate', follow);
  }, []);
  const change = (changes: Query, isStep = false) => {
    const url = `${location.pathname}${writeQuery(readQuery(), changes)}${location.hash}`;
    history[isStep ? 'pushState' : 'replaceState'](null, '', url);
    setQuery(readQuery());
  };
  return [query, change];
}
