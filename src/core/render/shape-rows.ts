import type { ShapeResult, Variant } from '../../schema/run.ts';
import { nameLoadShape } from '../load-shape.ts';
import { formatMs, formatRate, formatShare, formatUnit } from './format.ts';

/** What a model did under one load shape: the cells that job summary, terminal and site show. */
export interface ShapeRow {
  shape: string;
  /** Of the requests that were planned, those that count. */
  answered: string;
  requestsPerSecond: string;
  tokensPerSecond: string;
  ttft: string;
  e2e: string;
  slowest: string;
  /** With how many requests met the objectives; `–` where none are stated. */
  goodput: string;
}

export function describeShape({ loadShape, counts, metrics, goodput, ...it }: ShapeResult): ShapeRow {
  const rate = formatUnit(goodput?.requestsPerSecond, 'req/s');
  return {
    shape: nameLoadShape(loadShape),
    answered: formatShare(counts.ok, counts.planned),
    requestsPerSecond: formatUnit(it.requestsPerSecond, 'req/s'),
    tokensPerSecond: formatRate(it.outputTokensPerSecond),
    ttft: formatMs(metrics.ttftMs.median),
    e2e: formatMs(metrics.e2eMs.median),
    slowest: formatMs(metrics.e2eMs.max),
    goodput: goodput === null ? rate : `${rate} (${formatShare(goodput.met, goodput.of)})`,
  };
}

export function hasGoodput(variants: readonly Variant[]): boolean {
  return variants.some(({ loadShapes }) => loadShapes.some(({ goodput }) => goodput !== null));
}
