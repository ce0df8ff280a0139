import type { RootContent } from 'mdast';
import type { Run, Variant } from '../../schema/run.ts';
import { formatCount, formatMs, formatQuantity } from './format.ts';
import { code, heading, type Phrase, paragraph, table } from './markdown.ts';
import { describeShape, hasGoodput } from './shape-rows.ts';
import { tellApart } from './tell-apart.ts';

/** Beyond this a person opens summary.json. */
const mostRows = 100;

/** What the models did with several requests under way: nothing where they always went one at a time. */
export function renderLoadShapes({ plan }: Run, variants: readonly Variant[]): RootContent[] {
  if (plan.loadShapes.length < 2) return [];
  const goodput = hasGoodput(variants);
  const names = nameModels(variants);
  const rows = variants.flatMap(({ loadShapes }, index) =>
    loadShapes.map((result): Phrase[] => {
      const row = describeShape(result);
      return [
        ...[names[index] ?? '', row.shape, row.answered, row.requestsPerSecond, row.tokensPerSecond],
        ...[row.ttft, row.e2e, row.slowest, ...(goodput ? [row.goodput] : [])],
      ];
    }),
  );
  const head = ['Model', 'Requests', 'Answered', 'Throughput', 'Output', 'TTFT median', 'E2E median'];
  return [
    heading(3, 'Under load'),
    table([...head, 'Slowest', ...(goodput ? ['Goodput'] : [])], rows.slice(0, mostRows)),
    ...(rows.length > mostRows
      ? [paragraph(`${formatQuantity(rows.length - mostRows, 'more row')}: see summary.json.`)]
      : []),
  ];
}

/** What a prompt gains that comes out of the server's cache: nothing where that was not measured. */
export function renderCacheGain({ plan }: Run, variants: readonly Variant[]): RootContent[] {
  if (plan.cache !== 'measure') return [];
  const names = nameModels(variants);
  return [
    heading(3, 'Out of the prompt cache'),
    table(
      ['Model', 'TTFT median', 'the same cached', 'E2E median', 'the same cached', 'n cached'],
      variants.map(({ metrics, cachedMetrics: cached }, index) => [
        names[index] ?? '',
        formatMs(metrics.ttftMs.median),
        formatMs(cached?.ttftMs.median),
        formatMs(metrics.e2eMs.median),
        formatMs(cached?.e2eMs.median),
        formatCount(cached?.e2eMs.n),
      ]),
    ),
  ];
}

function nameModels(variants: readonly Variant[]): Phrase[] {
  return tellApart(variants).map((apart, index) => [
    code(variants[index]?.name ?? ''),
    apart === '' ? '' : ` ${apart}`,
  ]);
}
