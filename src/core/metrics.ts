import type { CacheExpected } from '../schema/plan.ts';
import { type DiagnosticId, diagnosticId, type MetricId, metricId } from '../schema/run.ts';
import type { ClientTimings, Sample, ServerTimings } from '../schema/sample.ts';
import type { Direction } from './distribution.ts';
import { voidsRates } from './flags.ts';

/** What a metric of one request is computed from. */
export interface Timings {
  client: ClientTimings;
  server: ServerTimings;
  /** How long after it was due a request of an open loop left; 0 in a closed loop. */
  lagMs: number;
  cacheExpected: CacheExpected;
}

export interface MetricDefinition {
  /** What people call it, short enough for a table head. */
  name: string;
  unit: 'ms' | 'tokens/s';
  direction: Direction;
  definition: string;
  /** Whose clock it is read from, and whose definition it is. */
  source: string;
  /** A rate of tokens, which an answer of a few tokens is too short for. */
  isRate?: true;
  measure(timings: Timings): number | null;
}

const nanosecondsPerSecond = 1e9;
const nanosecondsPerMillisecond = 1e6;

/** Every metric of a request in one table, from which reports, site and documentation take names, units and definitions. */
export const metricDefinitions: Readonly<Record<MetricId | DiagnosticId, MetricDefinition>> = {
  ttftMs: {
    name: 'TTFT',
    unit: 'ms',
    direction: 'lower',
    definition:
      'Time to first token: from the request’s bytes leaving to the first chunk with text, of thinking or of the answer.',
    source: 'Client clock; OpenTelemetry gen_ai.server.time_to_first_token, seen from the client',
    measure: ({ client, lagMs }) => after(lagMs, client.ttftMs),
  },
  ttfaMs: {
    name: 'TTFA',
    unit: 'ms',
    direction: 'lower',
    definition: 'Time to first answer token: as TTFT, but thinking does not count.',
    source: 'Client clock',
    measure: ({ client, lagMs }) => after(lagMs, client.ttfaMs),
  },
  tpotMs: {
    name: 'TPOT',
    unit: 'ms',
    direction: 'lower',
    definition:
      'Time per output token after the first: (last chunk with text − first chunk with text) ÷ (output tokens − 1).',
    source:
      'Client clock, the server’s token count; OpenTelemetry gen_ai.server.time_per_output_token. TTFT is not in it',
    isRate: true,
    measure: ({ client }) => client.tpotMs,
  },
  e2eMs: {
    name: 'E2E',
    unit: 'ms',
    direction: 'lower',
    definition: 'End to end: from the request’s bytes leaving to the end of the reply.',
    source: 'Client clock; OpenTelemetry gen_ai.client.operation.duration',
    measure: ({ client, lagMs }) => after(lagMs, client.e2eMs),
  },
  prefillTokensPerSecond: {
    name: 'Prefill',
    unit: 'tokens/s',
    direction: 'higher',
    definition:
      'Prompt tokens read per second: (prompt tokens − cached ones) ÷ prompt_eval_duration. Null where the prompt was meant to come out of the cache, or may have and the server does not say.',
    source: 'Server durations',
    measure: ({ cacheExpected, server: { promptEvalCount, promptEvalCachedCount, promptEvalNs } }) => {
      const mayBeCached =
        cacheExpected === 'hit' || (cacheExpected === 'any' && promptEvalCachedCount === null);
      if (promptEvalCount === null || mayBeCached) return null;
      return perSecond(promptEvalCount - (promptEvalCachedCount ?? 0), promptEvalNs);
    },
  },
  decodeTokensPerSecond: {
    name: 'Decode',
    unit: 'tokens/s',
    direction: 'higher',
    definition: 'Output tokens per second after the first: (output tokens − 1) ÷ eval_duration.',
    source:
      'Server durations; eval_duration starts when the first token is ready, so the first is not counted',
    isRate: true,
    measure: ({ server: { evalCount, evalNs } }) =>
      evalCount === null ? null : perSecond(evalCount - 1, evalNs),
  },
  iclMs: {
    name: 'ICL',
    unit: 'ms',
    direction: 'lower',
    definition:
      'Inter-chunk latency: the mean gap between chunks with text. A chunk is not a token: a server may send several at once, or hold one back.',
    source: 'Client clock; AIPerf inter_chunk_latency',
    measure: ({ client: { chunksMs } }) => {
      const [first, last] = [chunksMs[0], chunksMs.at(-1)];
      return first === undefined || last === undefined || chunksMs.length < 2
        ? null
        : (last - first) / (chunksMs.length - 1);
    },
  },
  longestGapMs: {
    name: 'Longest gap',
    unit: 'ms',
    direction: 'lower',
    definition: 'The longest gap between two chunks with text: what a reader sees as a hitch.',
    source: 'Client clock',
    measure: ({ client: { chunksMs } }) =>
      chunksMs.length < 2
        ? null
        : chunksMs.slice(1).reduce((most, at, index) => Math.max(most, at - (chunksMs[index] ?? at)), 0),
  },
  residualMs: {
    name: 'Residual',
    unit: 'ms',
    direction: 'lower',
    definition:
      'What of the server’s total it does not account for: total − load − prompt_eval − eval. A request that waited behind another shows it here alone.',
    source: 'Server durations',
    measure: ({ server }) => residualMs(server),
  },
  transportMs: {
    name: 'Transport',
    unit: 'ms',
    direction: 'lower',
    definition:
      'The two clocks against each other: E2E by the client’s clock − total_duration by the server’s. What is left is HTTP and the network.',
    source: 'Both clocks',
    measure: ({ client, server }) =>
      server.totalNs === null ? null : client.e2eMs - server.totalNs / nanosecondsPerMillisecond,
  },
};

/** Every metric of a load, a load shape or a machine, which no single request has. */
export const aggregateDefinitions: readonly (Pick<
  MetricDefinition,
  'name' | 'direction' | 'definition' | 'source'
> & { unit: string })[] = [
  {
    name: 'Load',
    unit: 'ms',
    direction: 'lower',
    definition:
      'From asking for the model to having it. Told apart: read from disk, or found in the page cache.',
    source: 'Client clock; the kernel’s count of bytes read',
  },
  {
    name: 'Request throughput',
    unit: 'requests/s',
    direction: 'higher',
    definition: 'Answered requests ÷ (last reply − first request sent), ramps included.',
    source: 'Client clock',
  },
  {
    name: 'Output throughput',
    unit: 'tokens/s',
    direction: 'higher',
    definition: 'Output tokens of answered requests ÷ (last reply − first request sent).',
    source: 'Client clock, the server’s token count',
  },
  {
    name: 'Goodput',
    unit: 'requests/s',
    direction: 'higher',
    definition: 'Requests that met every stated objective ÷ (last reply − first request sent).',
    source: 'Client clock; DistServe (Zhong et al. 2024)',
  },
  {
    name: 'Energy per output token',
    unit: 'J/token',
    direction: 'lower',
    definition:
      'Power of all GPUs integrated over the timed rounds by the trapezoid rule ÷ output tokens, thinking included. Null where readings are missing.',
    source: 'The GPU’s own power meter',
  },
];

/** In the order in which reports show them. */
export const metricIds: readonly MetricId[] = metricId.options;
export const diagnosticIds: readonly DiagnosticId[] = diagnosticId.options;

/** One metric of one sample; null where the sample is not valid or the metric is not defined for it. */
export function measure(
  metric: MetricId | DiagnosticId,
  { status, client, server, flags, scheduledMs, sentMs, cacheExpected }: Sample,
): number | null {
  const definition = metricDefinitions[metric];
  if (status !== 'ok' || !client || !server) return null;
  if (definition.isRate && flags.some(voidsRates)) return null;
  // A timer may fire a fraction of a millisecond early, and nobody waited less for it.
  const lagMs = scheduledMs === null || sentMs === null ? 0 : Math.max(sentMs - scheduledMs, 0);
  return definition.measure({ client, server, lagMs, cacheExpected });
}

/** Server time that belongs to nothing, in milliseconds; null where the server gave no total. */
export function residualMs({ totalNs, loadNs, promptEvalNs, evalNs }: ServerTimings): number | null {
  if (totalNs === null) return null;
  // An absent part is a zero that the server left out.
  const known = (loadNs ?? 0) + (promptEvalNs ?? 0) + (evalNs ?? 0);
  return (totalNs - known) / nanosecondsPerMillisecond;
}

/** When things happened to a request, on the client's monotonic clock. */
export interface RequestMarks {
  sentMs: number;
  headersMs: number | null;
  firstByteMs: number | null;
  firstNonEmptyMs: number | null;
  firstAnswerMs: number | null;
  lastContentMs: number | null;
  doneMs: number;
}

/** Turns clock marks into durations since the request's bytes left. Undefined is null, never 0. */
export function computeClientTimings(
  marks: RequestMarks,
  chunksMs: readonly number[],
  outputTokens: number | null,
): ClientTimings {
  const since = (mark: number | null): number | null => (mark === null ? null : mark - marks.sentMs);
  const spanMs =
    marks.lastContentMs === null || marks.firstNonEmptyMs === null
      ? null
      : marks.lastContentMs - marks.firstNonEmptyMs;
  return {
    headersMs: since(marks.headersMs),
    firstByteMs: since(marks.firstByteMs),
    ttftMs: since(marks.firstNonEmptyMs),
    ttfaMs: since(marks.firstAnswerMs),
    tpotMs: spanMs === null || outputTokens === null || outputTokens < 2 ? null : spanMs / (outputTokens - 1),
    e2eMs: marks.doneMs - marks.sentMs,
    chunksMs: [...chunksMs],
  };
}

function after(lagMs: number, value: number | null): number | null {
  return value === null ? null : lagMs + value;
}

function perSecond(tokens: number, durationNs: number | null): number | null {
  return durationNs === null || durationNs === 0 || tokens < 1
    ? null
    : (tokens * nanosecondsPerSecond) / durationNs;
}
