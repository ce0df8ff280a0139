import type { WatchedLine } from '../../schema/changes.ts';
import { describeEpochChange, type Surrounded } from '../epochs.ts';
import { nightsBeside } from './measure-shift.ts';
import { followSide, type Logs, openSide, type Side, tellSide } from './watch-sides.ts';
import type { LineReading } from './watched-night.ts';

/** Between two epochs. Lines that changed in the same way between the same nights share it. */
export interface BoundaryState {
  before: number;
  after: number;
  changes: string[];
  sides: Side[];
}

export interface DigestState {
  before: number;
  after: number;
  from: string;
  to: string;
  side: Side;
}

/** What is known of a line until now. */
export interface LineState {
  line: WatchedLine;
  /** Without thinking, the first answer token is the first token: to watch both is to be alarmed twice. */
  thinks: boolean;
  /** How many epochs there were before. */
  epoch: number;
  epochKey: string;
  surrounded: Surrounded;
  digest: string;
  /** The latest night, but for those that were stopped early. */
  night: number;
  /** The latest night that told the digest: all do. */
  digestNight: number;
  /** The latest nights of this epoch, and how many of them are of this digest. */
  recent: Logs[];
  ofDigest: number;
  /** Whose nights after it are still being counted: the last boundary, and the last change of digest. */
  openBoundary: number | null;
  openDigest: number | null;
}

/** The lines of a machine, and where something was changed: never an alarm about noise, and never left out. */
export interface LinesState {
  lines: Record<string, LineState>;
  boundaries: BoundaryState[];
  digests: DigestState[];
}

/** Takes in what a line measured on a night, and notes where it was changed. */
export function watchLine(state: LinesState, key: string, night: number, reading: LineReading): LineState {
  const { digest, logs, epoch: epochKey, surrounded, line, thinks } = reading;
  const known = state.lines[key];
  if (known === undefined) {
    const opened: LineState = {
      ...{ line, thinks, epoch: 0, epochKey, surrounded, digest, night, digestNight: night },
      ...{ recent: [logs], ofDigest: 1, openBoundary: null, openDigest: null },
    };
    state.lines[key] = opened;
    return opened;
  }
  const [isSameEpoch, isSameDigest] = [known.epochKey === epochKey, known.digest === digest];
  known.thinks ||= thinks;
  followSides(state, key, known, logs, { boundary: isSameEpoch, digest: isSameEpoch && isSameDigest });
  if (!isSameEpoch) known.openBoundary = noteBoundary(state, key, known, night, reading);
  if (!isSameDigest) known.openDigest = noteDigest(state, key, known, night, digest, [logs]);
  known.recent = [...(isSameEpoch ? known.recent : []), logs].slice(-nightsBeside);
  known.ofDigest = isSameEpoch && isSameDigest ? Math.min(known.ofDigest + 1, nightsBeside) : 1;
  if (!isSameEpoch) Object.assign(known, { epoch: known.epoch + 1, epochKey, surrounded });
  return Object.assign(known, { digest, night, digestNight: night });
}

/**
 * Takes in a night that was stopped early: its medians are of other prompts, and what the server was to load may not have
 * been. What lay under the tag is known, and the night on which it became another.
 */
export function watchDigest(
  state: LinesState,
  key: string,
  night: number,
  { digest }: Pick<LineReading, 'digest'>,
): void {
  const known = state.lines[key];
  if (known === undefined) return;
  if (known.digest !== digest) {
    const open = known.openDigest === null ? undefined : state.digests[known.openDigest];
    if (open !== undefined) tellSide(open.side, known.thinks);
    known.openDigest = noteDigest(state, key, known, night, digest, []);
    Object.assign(known, { digest, ofDigest: 0 });
  }
  known.digestNight = night;
}

function followSides(
  { boundaries, digests }: LinesState,
  key: string,
  known: LineState,
  logs: Logs,
  goesOn: { boundary: boolean; digest: boolean },
): void {
  const { openBoundary, openDigest, thinks } = known;
  const isOver = (side: Side | undefined, isSame: boolean): boolean => {
    if (side === undefined) return true;
    if (isSame) return followSide(side, logs, thinks);
    tellSide(side, thinks);
    return true;
  };
  const boundary = openBoundary === null ? undefined : boundaries[openBoundary];
  const side = boundary?.sides.find(({ line }) => line === key);
  if (isOver(side, goesOn.boundary)) known.openBoundary = null;
  const digest = openDigest === null ? undefined : digests[openDigest];
  if (isOver(digest?.side, goesOn.digest)) known.openDigest = null;
}

/** @returns Its index. */
function noteDigest(
  { digests }: LinesState,
  key: string,
  { digest: from, digestNight: before, recent, ofDigest }: LineState,
  after: number,
  to: string,
  logs: readonly Logs[],
): number {
  const side = openSide(key, recent.slice(recent.length - ofDigest), logs);
  return digests.push({ before, after, from, to, side }) - 1;
}

/** @returns Its index. */
function noteBoundary(
  { boundaries }: LinesState,
  key: string,
  known: LineState,
  night: number,
  { surrounded, logs }: LineReading,
): number {
  const changes = describeEpochChange(known.surrounded, surrounded);
  const side = openSide(key, known.recent, [logs]);
  const shared = boundaries.findLastIndex(
    (it) => it.after === night && it.before === known.night && it.changes.join() === changes.join(),
  );
  if (shared === -1)
    return boundaries.push({ before: known.night, after: night, changes, sides: [side] }) - 1;
  boundaries[shared]?.sides.push(side);
  return shared;
}
