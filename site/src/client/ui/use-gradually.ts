import { useEffect, useState } from 'preact/hooks';

interface Pace {
  /** So few that a phone makes them in a twentieth of a second. */
  step: number;
  /** How many there are at once, where somebody was sent to one of them. */
  least: number;
}

/** How many of many parts to make by now: more with every task, so that none holds up whoever scrolls or types. */
export function useGradually(total: number, { step, least }: Pace): number {
  const [count, setCount] = useState(Math.max(least, step));
  useEffect(() => {
    if (count >= total) return;
    const timer = setTimeout(() => setCount(count + step));
    return () => clearTimeout(timer);
  }, [count, total]);
  return Math.min(count, total);
}
