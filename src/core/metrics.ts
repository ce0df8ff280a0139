import { type MetricId, metricId } from '../schema/run.ts';
import type { ClientTimings, Sample, ServerTimings } from '../schema/sample.ts';
import type { Direction } from './distribution.ts';

export interface MetricDefinition {
  /** What people call it, short enough for a table head. */
  name: string;
  unit: 'ms' | 'tokens/s';
  direction: Direction;
  definition: string;
  /** Whose clock it is read from, and whose definition it is. */
  source: string;
  measure(client: ClientTimings, server: ServerTimings): number | null;
}

const nanosecondsPerSecond = 1e9;

/** Every metric in one table, from which reports, site and documentation take names, units and definitions. */
export const metricDefinitions: Readonly<Record<MetricId, MetricDefinition>> = {
  ttftMs: {
    name: 'TTFT',
    unit: 'ms',
    direction: 'lower',
    definition:
      'Time to first token: from the request’s bytes leaving to the first chunk with text, of thinking or of the answer.',
    source: 'Client clock; OpenTelemetry gen_ai.server.time_to_first_token, seen from the client',
    measure: (client) => client.ttftMs,
  },
  ttfaMs: {
    name: 'TTFA',
    unit: 'ms',
    direction: 'lower',
    definition: 'Time to first answer token: as TTFT, but thinking does not count.',
    source: 'Client clock',
    measure: (client) => client.ttfaMs,
  },
  tpotMs: {
    name: 'TPOT',
    unit: 'ms',
    direction: 'lower',
    definition:
      'Time per output token after the first: (last chunk with text − first chunk with text) ÷ (output tokens − 1).',
    source:
      'Client clock, the server’s token count; OpenTelemetry gen_ai.server.time_per_output_token. TTFT is not in it',
    measure: (client) => client.tpotMs,
  },
  e2eMs: {
    name: 'E2E',
    unit: 'ms',
    direction: 'lower',
    definition: 'End to end: from the request’s bytes leaving to the end of the reply.',
    source: 'Client clock; OpenTelemetry gen_ai.client.operation.duration',
    measure: (client) => client.e2eMs,
  },
  prefillTokensPerSecond: {
    name: 'Prefill',
    unit: 'tokens/s',
    direction: 'higher',
    definition: 'Prompt tokens read per second: (prompt tokens − cached ones) ÷ prompt_eval_duration.',
    source: 'Server durations',
    measure: (_, { promptEvalCount, promptEvalCachedCount, promptEvalNs }) =>
      promptEvalCount === null
        ? null
        : perSecond(promptEvalCount - (promptEvalCachedCount ?? 0), promptEvalNs),
  },
  decodeTokensPerSecond: {
    name: 'Decode',
    unit: 'tokens/s',
    direction: 'higher',
    definition: 'Output tokens per second after the first: (output tokens − 1) ÷ eval_duration.',
    source:
      'Server durations; eval_duration starts when the first token is ready, so the first is not counted',
    measure: (_, { evalCount, evalNs }) => (evalCount === null ? null : perSecond(evalCount - 1, evalNs)),
  },
};

/** In the order in which reports show them. */
export const metricIds: readonly MetricId[] = metricId.options;

/** One metric of one sample; null where the sample is not valid or the metric is not defined for it. */
export function measure(metric: MetricId, { status, client, server }: Sample): number | null {
  return status === 'ok' && client && server ? metricDefinitions[metric].measure(client, server) : null;
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

function perSecond(tokens: number, durationNs: number | null): number | null {
  return durationNs === null || durationNs === 0 || tokens < 1
    ? null
    : (tokens * nanosecondsPerSecond) / durationNs;
}
