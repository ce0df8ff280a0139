import type { Alarm, Boundary, ChangePoint, Changes, Night, Shift } from '../../schema/changes.ts';
import { metricDefinitions } from '../metrics.ts';
import { formatCount, formatDigest, formatMetric, formatQuantity } from '../render/format.ts';
import { toPlainLine } from '../render/untrusted-text.ts';
import { formatChange } from '../render/verdict-format.ts';

/** `qwen3:8b E2E: 812 ms → 855 ms (+5.3 %, worse) since 2026-11-24; told on 2026-11-29.` One plain line. */
export function describeChangePoint(point: ChangePoint): string {
  const { line, metric, tone, before, after, change, together } = point;
  const levels = before === null ? '' : `${formatMetric(metric, before)} → ${formatMetric(metric, after)} `;
  const what = `${levels}(${formatChange(change)}, ${tone}) since ${dayOf(point.firstChanged)}`;
  const name = metricDefinitions[metric].name;
  const who = line === null ? `The machine, ${name} of all models together` : `${line.model} ${name}`;
  const aside = together.length === 0 ? '' : `; around then: ${together.join(', ')}`;
  return toPlainLine(`${who}: ${what}${tellStatus(point)}${aside}.`);
}

/** `qwen3:8b is another model since 2026-11-24: digest 500a1f06 → 9d1c2b3a. TTFT moved by +12.0 %.` */
export function describeAlarm(alarm: Alarm): string {
  if (alarm.kind === 'digest-changed') {
    return toPlainLine(`${announce(alarm)} ${describeShifts(alarm.shifts, false)}`, mostCharacters);
  }
  const { kind, last, missed, next } = alarm;
  const runs = formatQuantity(missed, 'run');
  if (next !== null) {
    const between = `between ${dayOf(last)} and ${dayOf(next)}`;
    return kind === 'offline'
      ? `The machine was silent ${between}: ${runs} missed.`
      : `${runs} missed ${between}.`;
  }
  return kind === 'offline'
    ? `The machine has been silent since ${dayOf(last)}: ${runs} missed.`
    : `No run since ${dayOf(last)}: ${runs} missed.`;
}

/** `Ollama 0.33.0 → 0.34.1 on 2026-11-24. Moved together with it …: qwen3:8b TTFT +5.1 % (+3.2 % to +7.0 %).` */
export function describeBoundary(boundary: Boundary): string {
  return toPlainLine(`${announce(boundary)} ${describeShifts(boundary.shifts, true)}`, mostCharacters);
}

/** The same without what moved together with it, of which each night after it tells more: this stays as it is. */
export function announce(it: Boundary | Extract<Alarm, { kind: 'digest-changed' }>): string {
  if ('changes' in it) return toPlainLine(`${it.changes.join(', ')} on ${dayOf(it.after)}.`, mostCharacters);
  const digests = `digest ${formatDigest(it.from)} → ${formatDigest(it.to)}`;
  return toPlainLine(`${it.line.model} is another model since ${dayOf(it.after)}: ${digests}.`);
}

/** What is still open or was told on the newest night of a machine: what a job summary of that night says. */
export function selectNews(
  changes: Changes,
  machine: string,
): Pick<Changes, 'changePoints' | 'alarms' | 'boundaries'> {
  const runs = changes.machines.find(({ id }) => id === machine)?.runs ?? [];
  const isNow = (night: Night | null) => night !== null && runs.includes(night.run);
  return {
    changePoints: changes.changePoints.filter(
      (it) =>
        it.machine === machine && (it.status === 'candidate' || isNow(it.decidedAt) || isNow(it.levelledAt)),
    ),
    alarms: changes.alarms.filter((it) =>
      it.kind === 'digest-changed'
        ? it.line.machine === machine && isNow(it.after)
        : it.machine === machine && (it.next === null || isNow(it.next)),
    ),
    boundaries: changes.boundaries.filter((it) => it.machine === machine && isNow(it.after)),
  };
}

const mostCharacters = 1500;
/** The largest are named, the rest counted. */
const mostShifts = 8;

function tellStatus({ status, shape, suspectedAt, decidedAt, levelledAt }: ChangePoint): string {
  if (status === 'candidate') return `; suspected since ${dayOf(suspectedAt)}`;
  if (status === 'interrupted') return '; something else was changed before it could be told';
  if (status === 'cleared') return `; suspected on ${dayOf(suspectedAt)}, cleared on ${dayOf(decidedAt)}`;
  const told = `; told on ${dayOf(decidedAt)}`;
  if (shape === 'step') return told;
  return levelledAt === null
    ? `, creeping${told}`
    : `, creeping${told}, seen to have ended on ${dayOf(levelledAt)}`;
}

function describeShifts(shifts: readonly Shift[], withModel: boolean): string {
  const moved = shifts
    .filter((it) => it.moved === true)
    .sort((a, b) => Math.abs(b.change) - Math.abs(a.change));
  const unknown = shifts.filter((it) => it.moved === null).length;
  const named = moved.slice(0, mostShifts).map(({ line, metric, change, interval }) => {
    const range = interval === null ? '' : ` (${formatChange(interval[0])} to ${formatChange(interval[1])})`;
    return `${withModel ? `${line.model} ` : ''}${metricDefinitions[metric].name} ${formatChange(change)}${range}`;
  });
  const more = moved.length - named.length;
  const rest = [
    ...(more > 0 ? [`${formatCount(more)} more moved`] : []),
    ...(unknown > 0 ? [`${formatQuantity(unknown, 'metric')} cannot be told yet`] : []),
  ];
  const first =
    named.length === 0
      ? 'Nothing else is seen to have moved'
      : `Moved together with it, which need not be the cause: ${named.join('; ')}`;
  return `${[first, ...rest].join('; ')}.`;
}

function dayOf(night: Night | null): string {
  return night === null ? 'an unknown night' : night.at.slice(0, 10);
}
