import type { LoadShape } from '../schema/plan.ts';
import type { HashText } from './hash.ts';
import { formatNumber } from './render/format.ts';

/** One request at a time: the load shape of which series are made. */
export const oneAtATime: LoadShape = { kind: 'closed', concurrency: 1 };

/** `[1, 4, 16]` and `[0.5]` as load shapes, each once; one at a time is always there, and first. */
export function listLoadShapes(concurrency: readonly number[], requestRates: readonly number[]): LoadShape[] {
  const ascending = (values: readonly number[]) => [...new Set(values)].sort((a, b) => a - b);
  return [
    ...ascending([1, ...concurrency]).map((it): LoadShape => ({ kind: 'closed', concurrency: it })),
    ...ascending(requestRates).map((it): LoadShape => ({ kind: 'open', requestsPerSecond: it })),
  ];
}

export function isOneAtATime(shape: LoadShape): boolean {
  return shape.kind === 'closed' && shape.concurrency === 1;
}

/** What a load shape is called in ids and nonces: `c4`, `r0.5`; nothing where requests go one at a time. */
export function keyOfLoadShape(shape: LoadShape): string {
  if (shape.kind === 'open') return `r${shape.requestsPerSecond}`;
  return shape.concurrency === 1 ? '' : `c${shape.concurrency}`;
}

/** What people call it: `1 at a time`, `4 at a time`, `0.5 a second`. */
export function nameLoadShape(shape: LoadShape): string {
  return shape.kind === 'open'
    ? `${formatNumber(shape.requestsPerSecond)} a second`
    : `${shape.concurrency} at a time`;
}

/** So that the same requests arrive at the same moments on every night and for every model. */
export const arrivalSeed = 1;

/**
 * When the requests of an open loop are due, in milliseconds since it began: a Poisson process, whose gaps are
 * exponential (by inversion, Devroye 1986, II.2), drawn from hashes of seed, rate and position.
 */
export function scheduleArrivals(requests: number, requestsPerSecond: number, hashText: HashText): number[] {
  const gaps = Array.from({ length: requests }, (_, index) => {
    const hex = hashText(`arrivals/${arrivalSeed}/${requestsPerSecond}/${index}`).replace('sha256:', '');
    const uniform = Number.parseInt(hex.slice(0, 12), 16) / 2 ** 48;
    return (-Math.log1p(-uniform) / requestsPerSecond) * 1000;
  });
  let dueMs = 0;
  return gaps.map((gapMs) => {
    dueMs += gapMs;
    return dueMs;
  });
}
