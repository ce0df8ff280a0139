import type { ClientErrorSummary } from '../../src/core/calibration.ts';

type ByClient<Value> = Readonly<Record<ClientName, Value>>;
export const clientNames = ['herdmark', 'raw', 'undiciRequest', 'ollamaJs'] as const;
export type ClientName = (typeof clientNames)[number];

/** What is printed as JSON. */
export interface Comparison extends Record<keyof ClientErrorSummary, ByClient<{ p50: number; p99: number }>> {
  /** Of each client. */
  requests: number;
  /** Requests that were made, and left out, as something else had the processor. */
  retakes: number;
  eventLoopDelayMsP99: number;
  /** By how many streams at once. */
  chunksPerSecond: ByClient<{ 1: number; 32: number }>;
  /** Of answers of 450 tokens. */
  wallOverServer: number;
  wallOverServerByLoad: readonly number[];
  /** The same of the core prompts, whose answers take the tiny models 10 ms. */
  wallOverServerOfShortAnswers: number;
  firstRequestMs: number;
  firstRequestMsByStart: readonly number[];
}

const titles: ByClient<string> = {
  herdmark: 'Herdmark',
  raw: 'raw socket',
  undiciRequest: 'undici.request',
  ollamaJs: 'ollama (npm)',
};

/** A table for a terminal: a line per client, and in brackets how its figure compares with the raw socket's. */
export function renderComparison(it: Comparison): string {
  const micro = (name: ClientName, of: keyof ClientErrorSummary, quantile: 'p50' | 'p99') =>
    cell((it[of][name][quantile] * 1000).toFixed(0), it[of][name][quantile] / it[of].raw[quantile]);
  const rate = (name: ClientName, streams: 1 | 32) =>
    cell(
      `${(it.chunksPerSecond[name][streams] / 1000).toFixed(0)}k`,
      it.chunksPerSecond[name][streams] / it.chunksPerSecond.raw[streams],
    );
  const head = [
    'error in µs',
    'TTFT p50',
    'p99',
    'gap p50',
    'p99',
    'E2E p50',
    'p99',
    'chunks/s',
    '32 streams',
  ];
  const rows = clientNames.map((name) => [
    titles[name],
    ...(['ttftErrorMs', 'gapErrorMs', 'e2eErrorMs'] as const).flatMap((of) => [
      micro(name, of, 'p50'),
      micro(name, of, 'p99'),
    ]),
    ...[rate(name, 1), rate(name, 32)],
  ]);
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const table = [head, ...rows].map((row) =>
    row.map((text, at) => text.padStart(widths[at] ?? 0)).join('  '),
  );
  const range = (values: readonly number[], digits: number) =>
    `${Math.min(...values).toFixed(digits)} to ${Math.max(...values).toFixed(digits)}`;
  return [
    ...['', ...table, ''],
    'In brackets: how many times the raw socket’s. It reads chunks and lines by hand and parses each line once.',
    `${it.requests} requests each, those that had to wait least for the processor: ${it.retakes} more were made, as other programs had it.`,
    `Event loop late by ${it.eventLoopDelayMsP99.toFixed(2)} ms (p99).`,
    `Wall time ÷ server time ${it.wallOverServer.toFixed(4)} (median of ${it.wallOverServerByLoad.length} loads, ${range(it.wallOverServerByLoad, 4)}); of answers of 10 ms ${it.wallOverServerOfShortAnswers.toFixed(3)}.`,
    `First request ${it.firstRequestMs.toFixed(0)} ms after the start (median of ${it.firstRequestMsByStart.length}, ${range(it.firstRequestMsByStart, 0)}).`,
    ...['', ''],
  ].join('\n');
}

function cell(text: string, ratio: number): string {
  return `${text} (${ratio.toFixed(2)})`;
}
