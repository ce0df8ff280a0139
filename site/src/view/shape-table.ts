import { describeShape, hasGoodput } from '../../../src/core/render/shape-rows.ts';
import type { Variant } from '../../../src/schema/run.ts';

/** What models did under each load shape, as the cells of a table. */
export interface ShapeTable {
  columns: string[];
  rows: { model: string; variant: string; shape: string; cells: string[] }[];
  /** Requests went one at a time, and in no other way. */
  isAlone: boolean;
}

export function tabulateShapes(variants: readonly Variant[]): ShapeTable {
  const goodput = hasGoodput(variants) ? ['Goodput'] : [];
  return {
    columns: ['Answered', 'Throughput', 'Output', 'TTFT', 'E2E', 'Slowest E2E', ...goodput],
    rows: variants.flatMap(({ key, name, loadShapes }) =>
      loadShapes.map((it) => {
        const { shape, ...row } = describeShape(it);
        const { answered, requestsPerSecond, tokensPerSecond, ttft, e2e, slowest } = row;
        return {
          ...{ model: name, variant: key, shape },
          cells: [
            ...[answered, requestsPerSecond, tokensPerSecond, ttft, e2e, slowest],
            ...goodput.map(() => row.goodput),
          ],
        };
      }),
    ),
    isAlone: variants.every(({ loadShapes }) => loadShapes.length <= 1),
  };
}
