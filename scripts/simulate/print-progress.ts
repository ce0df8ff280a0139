import type { Progress } from './work-force.ts';

const betweenLinesMs = 5000;

/** Says on stderr how far a simulation is, every few seconds. */
export function startProgress(): (progress: Progress) => void {
  const start = performance.now();
  let last = start;
  return ({ done, jobs, share }) => {
    const now = performance.now();
    if (now - last < betweenLinesMs) return;
    last = now;
    const left = Math.ceil(((now - start) * (1 - share)) / share / 1000);
    process.stderr.write(`${done} of ${jobs} simulated, about ${left} s left\n`);
  };
}
