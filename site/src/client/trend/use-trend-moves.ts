import { useEffect, useRef, useState } from 'preact/hooks';
import { findNearest } from '../../view/thin-out.ts';
import { findReadNight } from '../../view/trend-night.ts';
import type { TrendState } from '../../view/trend-state.ts';
import {
  panWindow,
  rangeWindow,
  revealTime,
  type TimeWindow,
  type TrendRange,
  zoomWindow,
} from '../../view/trend-window.ts';
import { endGesture, type Step } from '../ui/query-state.ts';

/** Where in a trend somebody is. */
type Place = Pick<TrendState, 'window' | 'night'>;

export type SetState = (changes: Partial<TrendState>, step: Step) => void;

/** How long a move by keys rests before it goes into the URL: browsers take only so many changes of it. */
const restMs = 250;

/** What of a trend is seen and read out, and everything that moves about in it. */
export function useTrendMoves(at: Float64Array, whole: TimeWindow, state: TrendState, set: SetState) {
  const [moving, setMoving] = useState<Place | null>(null);
  const [pointed, point] = useState<number | null>(null);
  const resting = useRef<{ timer: ReturnType<typeof setTimeout>; settle: () => void }>(null);

  const place: Place = moving ?? state;
  const range = rangeWindow(at, state.range);
  const chosen = place.night === null ? null : findNearest(at, place.night);
  const start = chosen === null ? range : revealTime(range, at[chosen] ?? range.to, whole);
  const window = place.window ?? start;
  const { night, isChosen } = findReadNight(at, window, chosen, pointed);
  /** Null for the stretch of time that the range shows by itself. */
  const toWindow = (next: TimeWindow) => (next === range ? null : next);

  const forget = () => {
    clearTimeout(resting.current?.timer);
    resting.current = null;
    setMoving(null);
  };
  const settle = (next: Place, step: Step) => {
    forget();
    const isLost = next.window !== null && next.night !== null && !holds(next.window, next.night);
    set(isLost ? { ...next, night: null } : next, step);
  };
  /** Seen at once; in the URL when it rests. */
  const move = (next: Place, step: Step) => {
    clearTimeout(resting.current?.timer);
    setMoving(next);
    const settleIt = () => settle(next, step);
    resting.current = { timer: setTimeout(settleIt, restMs), settle: settleIt };
  };
  /** What was moved goes into the URL now, as something else comes after it. */
  const flush = () => resting.current?.settle();
  // Back from a place is no move away from it.
  useEffect(() => {
    addEventListener('popstate', forget);
    return () => {
      removeEventListener('popstate', forget);
      clearTimeout(resting.current?.timer);
    };
  }, []);

  const lookAt = (index: number): Place => {
    const time = at[Math.min(Math.max(index, 0), at.length - 1)] ?? 0;
    return { night: time, window: toWindow(revealTime(window, time, whole)) };
  };
  const choose = (changes: Partial<TrendState>) => {
    flush();
    set(changes, true);
  };
  const free = () => {
    point(night);
    choose({ night: null, window: toWindow(window) });
  };
  const goTo = (next: TimeWindow): Place => ({ night: place.night, window: next });
  const zoomed = (factor: number): Place => {
    const time = at[night] ?? 0;
    return goTo(zoomWindow(window, factor, whole, holds(window, time) ? time : undefined));
  };
  /** To what a range shows by itself: a night that it does not is no longer the one that was chosen. */
  const show = (next: TrendRange): Partial<TrendState> => {
    const isSeen = place.night !== null && holds(rangeWindow(at, next), place.night);
    return { range: next, window: null, night: isSeen ? place.night : null };
  };
  return {
    ...{ window, night, isChosen, isOfRange: place.window === null && start === range },
    ...{ point, choose, free, flush, lookAt },
    /** Chooses a night; the one that is chosen already is let go of. */
    pin: (index: number) => (isChosen && index === night ? free() : choose(lookAt(index))),
    showRange: (next: TrendRange) => choose(show(next)),
    reset: () => choose(show(state.range)),
    zoom: (factor: number) => move(zoomed(factor), true),
    /** By a pointer: one step in the end. */
    drag: (next: TimeWindow, isDone: boolean) => (isDone ? settle(goTo(next), true) : setMoving(goTo(next))),
    /** By keys, a walk being one step until it is left. */
    walkTo: (index: number) => move(lookAt(index), 'gesture:walk'),
    zoomByKey: (factor: number) => move(zoomed(factor), 'gesture:zoom'),
    pan: (share: number) => move(goTo(panWindow(window, share, whole)), 'gesture:pan'),
    endWalk: () => {
      flush();
      endGesture();
    },
  };
}

function holds({ from, to }: TimeWindow, time: number): boolean {
  return time >= from && time <= to;
}
