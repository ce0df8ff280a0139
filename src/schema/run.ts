import { z } from 'zod';
import { calibration } from './calibration.ts';
import { cacheMode, storedObjectives, storedOptions, think } from './config.ts';
import { knownLoads } from './load-variance.ts';
import { plainLine } from './plain-text.ts';
import { comparisonPlan, loadShape } from './plan.ts';
import { count, isoTime, milliseconds, runId, sentence, sha256, slug, variantKey } from './primitives.ts';
import { flag } from './sample.ts';
import { telemetrySummary } from './telemetry.ts';
import { schemaVersion } from './version.ts';

/** One metric over the valid samples of a series. Percentiles that n cannot bound are null: see docs/methodology.md. */
export const distribution = z.object({
  n: count,
  mean: z.number().nullable(),
  median: z.number().nullable(),
  medianInterval: z
    .tuple([z.number(), z.number()])
    .nullable()
    .describe('95 %, distribution-free, from order statistics; null where n is too small'),
  min: z.number().nullable(),
  max: z.number().nullable(),
  p90: z.number().nullable(),
  p95: z.number().nullable(),
  p99: z.number().nullable(),
  slowest: z
    .object({ sample: z.string(), prompt: slug.nullable(), value: z.number() })
    .nullable()
    .describe('The worst case, and which sample it was'),
});
export type Distribution = z.infer<typeof distribution>;

export const metricId = z.enum([
  'ttftMs',
  'ttfaMs',
  'tpotMs',
  'e2eMs',
  'prefillTokensPerSecond',
  'decodeTokensPerSecond',
]);
export type MetricId = z.infer<typeof metricId>;

/** By metric. A later version may add some: a reader leaves out what it does not know. */
export const metrics = z.object({
  ttftMs: distribution,
  ttfaMs: distribution,
  tpotMs: distribution,
  e2eMs: distribution,
  prefillTokensPerSecond: distribution,
  decodeTokensPerSecond: distribution,
} satisfies Record<MetricId, typeof distribution>);
export type Metrics = z.infer<typeof metrics>;

export const diagnosticId = z.enum(['iclMs', 'longestGapMs', 'residualMs', 'transportMs']);
export type DiagnosticId = z.infer<typeof diagnosticId>;

/** What says how far the others can be trusted. Of a variant only: nobody reads them prompt by prompt. */
export const diagnostics = z.object({
  iclMs: distribution,
  longestGapMs: distribution,
  residualMs: distribution,
  transportMs: distribution,
} satisfies Record<DiagnosticId, typeof distribution>);
export type Diagnostics = z.infer<typeof diagnostics>;

/** Of loads, bare and timed requests; warm-up is not counted, as how much of it there is shows only on the way. */
export const sampleCounts = z.object({ planned: count, ok: count, failed: count, invalid: count });
export type SampleCounts = z.infer<typeof sampleCounts>;

export const checkCounts = z.object({
  total: count.describe('Check results over all bare answers'),
  passed: count,
  answers: count.describe('Bare answers that were judged'),
  answersPassed: count.describe('Those that passed every check'),
  jsonExpected: count.describe('Answers that had to be JSON'),
  jsonParseFailures: count.describe('Of those, the ones that did not parse'),
  jsonFenced: count.describe('Of those, the ones that parsed only inside a code fence'),
});
export type CheckCounts = z.infer<typeof checkCounts>;

/** How many samples carry a flag, and what the first of them says. */
export const flagged = z.object({ code: slug, samples: count, reason: sentence });
export type Flagged = z.infer<typeof flagged>;

/** What a variant did under one load shape, over all prompts and loads. */
export const shapeResult = z.object({
  loadShape,
  counts: sampleCounts,
  metrics: metrics.describe('In an open loop TTFT, TTFA and E2E count from when the request was due'),
  wallMs: milliseconds
    .nullable()
    .describe('From the first request sent to the last reply, summed over loads; ramps included'),
  requestsPerSecond: z.number().nullable().describe('Answered ones over wallMs'),
  outputTokensPerSecond: z
    .number()
    .nullable()
    .describe('Of answered requests, thinking included, over wallMs'),
  goodput: z
    .object({
      requestsPerSecond: z.number().nullable(),
      met: count.describe('Requests that met every objective'),
      of: count.describe('Requests that were sent'),
    })
    .nullable()
    .describe('null where no objectives are stated'),
});
export type ShapeResult = z.infer<typeof shapeResult>;

export const energy = z.object({
  joulesPerOutputToken: z.number().nullable().describe('All GPUs of the machine, idle power included'),
  reason: sentence.nullable().describe('Why there is no figure'),
});
export type Energy = z.infer<typeof energy>;

/** One variant × prompt, one request at a time. */
export const series = z.object({
  variant: variantKey,
  prompt: slug,
  requestHash: sha256.describe(
    'Of the bare request: runs are compared prompt by prompt where it is the same',
  ),
  checksHash: sha256,
  counts: sampleCounts,
  metrics,
  checks: checkCounts,
  distinctAnswers: count.describe(
    'How many different bare answers the loads gave: above 1, the model disagrees with itself',
  ),
});
export type Series = z.infer<typeof series>;

export const variant = z.object({
  key: variantKey,
  name: plainLine.describe('The tag as it was asked for'),
  digest: sha256.describe('The identity of the model: tags move'),
  family: plainLine.nullable(),
  format: plainLine.nullable(),
  parameterSize: plainLine.nullable(),
  quantization: plainLine.nullable(),
  sizeBytes: count.nullable(),
  trainedContext: count.nullable().describe('The context length that the model was trained for'),
  contextLength: count.nullable().describe('The context length that the server really loaded'),
  templateHash: sha256.nullable(),
  capabilities: z.array(plainLine),
  options: storedOptions,
  think: think.nullable(),
  memoryBytes: count.nullable().describe('What the loaded model takes, from /api/ps'),
  vramBytes: count.nullable().describe('How much of that is on the GPU; 0 on a machine without one'),
  unsupported: z
    .array(z.object({ prompt: slug, reason: sentence }))
    .describe('Prompts of the set that the model was not asked, as it cannot take them'),
  loadMs: distribution.describe('From asking for the model to having it, timed by the client'),
  loadFromDiskMs: distribution.describe('Of those, the loads that read the weights from disk'),
  loadFromPageCacheMs: distribution.describe('Of those, the loads that found the weights in memory'),
  counts: sampleCounts,
  flags: z.array(flag).describe('What holds for the model as it ran here, not for single samples'),
  flagged: z.array(flagged),
  metrics,
  cachedMetrics: metrics
    .nullable()
    .describe('Of the prompts sent again to be served from the cache; null unless that is measured'),
  diagnostics,
  loadShapes: z.array(shapeResult),
  energy,
  checks: checkCounts,
});
export type Variant = z.infer<typeof variant>;

export const gpu = z.object({
  vendor: plainLine,
  model: plainLine,
  vramBytes: count.nullable(),
  driver: plainLine.nullable(),
});

export const environment = z.object({
  os: z.object({ platform: plainLine, distro: plainLine, release: plainLine, arch: plainLine }),
  cpu: z.object({ model: plainLine, physicalCores: count, logicalCores: count }),
  memoryBytes: count,
  virtual: z.boolean(),
  gpus: z.array(gpu).nullable().describe('null: could not be found out; []: none'),
  server: z.object({
    version: plainLine,
    settings: z
      .record(z.string(), plainLine)
      .describe('Declared OLLAMA_* settings: the server does not tell them'),
  }),
  runner: z
    .object({ name: plainLine.nullable(), environment: plainLine.nullable(), labels: z.array(plainLine) })
    .nullable()
    .describe('The Actions runner; null outside Actions'),
  herdmark: z.object({ version: plainLine, node: plainLine }),
});
export type Environment = z.infer<typeof environment>;

export const source = z.object({
  event: plainLine
    .nullable()
    .describe('schedule, push, workflow_dispatch, pull_request …; null outside Actions'),
  repository: plainLine.nullable(),
  workflowPath: plainLine.nullable(),
  ref: plainLine.nullable(),
  sha: plainLine.nullable(),
  pullRequest: count.nullable(),
});
export type Source = z.infer<typeof source>;

export const runStatus = z
  .enum(['complete', 'partial', 'cancelled'])
  .describe(
    'partial: some requests failed or were invalid; cancelled: stopped early, with what was measured until then',
  );

/** summary.json: what one benchmark on one machine found. */
export const run = z.object({
  schemaVersion,
  id: runId,
  campaign: z
    .object({ id: z.string(), workflowRun: z.string(), attempt: count })
    .nullable()
    .describe('What one workflow run measured, perhaps on several machines; null outside Actions'),
  machine: z.object({
    id: z
      .string()
      .regex(/^[0-9a-f]{12}$/)
      .describe('Stable and not reversible: no host name, no serial number'),
    label: plainLine.describe('CPU or GPU model, for people'),
  }),
  shard: plainLine.nullable(),
  source,
  status: runStatus,
  startedAt: isoTime,
  finishedAt: isoTime,
  environment,
  calibration: calibration.nullable().describe("The client's own error on this machine; null: not measured"),
  knownLoads: z
    .array(knownLoads)
    .max(1000)
    .nullable()
    .default(null)
    .describe(
      'How much loads differed here before, which the verdict of this run pools with its own; null: it compares nothing, or is from before 2.1',
    ),
  telemetry: telemetrySummary.nullable().describe('Of the machine while it measured; null: not sampled'),
  promptSet: z.object({
    id: slug,
    version: count,
    hash: sha256,
    title: plainLine,
    prompts: z.array(z.object({ id: slug, title: plainLine, category: slug })),
  }),
  plan: z.object({
    hash: sha256,
    loads: count,
    rounds: count,
    warmup: count,
    warmupMax: count,
    cache: cacheMode,
    loadShapes: z.array(loadShape),
    comparison: comparisonPlan.nullable(),
    requests: count,
  }),
  counts: sampleCounts,
  flags: z.array(flag),
  failures: z
    .array(z.object({ sample: z.string(), code: slug, message: sentence }))
    .describe('Every sample that failed, and why'),
  objectives: storedObjectives.describe('What a request had to meet to count as goodput'),
  variants: z.array(variant),
  series: z.array(series),
});
export type Run = z.infer<typeof run>;
