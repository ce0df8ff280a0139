import type { NightRun } from '../../../src/core/history/nights.ts';
import { explainWrongClock } from '../../../src/core/history/wrong-clock.ts';
import { toPlainLine } from '../../../src/core/render/untrusted-text.ts';
import type { HistoryRun } from '../../../src/schema/history.ts';
import { UnreadableDocument } from '../../../src/schema/version.ts';
import type { KeptRun } from './read-kept-run.ts';
import { type RunReading, readRun } from './read-run.ts';

/** A reading as a thread hands it over: its bytes change hands, and only what sorts it is looked at before its turn. */
export interface PackedReading {
  run: NightRun;
  /** The reading as JSON in UTF-8. */
  bytes: Uint8Array<ArrayBuffer>;
}

export interface SkippedRun {
  name: string;
  reason: string;
}

/** What became of each run. */
export type ReadResult = PackedReading | SkippedRun;

/**
 * Reads runs, each as far as it can be; one that has no place in the site is named with the reason. Their bytes are in one buffer: thousands of small ones are never given back.
 * @param asOf When they are looked at, ISO 8601 in UTC.
 */
export function readPacked(
  ids: readonly string[],
  open: (id: string) => KeptRun,
  asOf: string,
): ReadResult[] {
  const results = ids.map((id): ReadResult => {
    try {
      const { kept, questions } = open(id);
      const unfit = explainUnfit(kept, asOf);
      if (unfit !== null) return { name: id, reason: unfit };
      return packReading(readRun(kept, questions));
    } catch (error) {
      if (!(error instanceof UnreadableDocument)) throw error;
      return { name: id, reason: toPlainLine(error.message) };
    }
  });
  const packed = results.filter((it) => 'bytes' in it);
  const shared = new Uint8Array(packed.reduce((total, { bytes }) => total + bytes.length, 0));
  let at = 0;
  for (const it of packed) {
    const own = shared.subarray(at, at + it.bytes.length);
    own.set(it.bytes);
    it.bytes = own;
    at += own.length;
  }
  return results;
}

/** The pages of a prompt set lie below its id, beside the page of all prompts. */
const pageOfPrompts = 'index.html';

/** Why a run that is whole has no place in the site; null where it has. */
function explainUnfit({ run, origin }: HistoryRun, asOf: string): string | null {
  if (run.promptSet.id === pageOfPrompts) {
    return `its prompt set is called ${pageOfPrompts}, as the page of all prompts is: give the set another id.`;
  }
  return explainWrongClock({ startedAt: run.startedAt, origin }, asOf);
}

function packReading(reading: RunReading): PackedReading {
  const { id, startedAt, shard, campaign, machine } = reading.head;
  return {
    run: { id, startedAt, shard, campaign, machine: machine.id },
    bytes: new TextEncoder().encode(JSON.stringify(reading)),
  };
}

export function unpackReading({ bytes }: PackedReading): RunReading {
  return JSON.parse(new TextDecoder().decode(bytes));
}
