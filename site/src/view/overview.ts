import { metricDefinitions } from '../../../src/core/metrics.ts';
import { formatMetric, formatQuantity } from '../../../src/core/render/format.ts';
import type { MetricId, Run } from '../../../src/schema/run.ts';
import {
  compareMetric,
  describeChange,
  explainIncomparable,
  findStateChanges,
  formatRelative,
  type MetricChange,
  type StateChange,
  type Tone,
} from './changes.ts';
import { links } from './href.ts';
import { isMeasured, type Line, type MeasuredPoint, stretchBefore, trendAnchor } from './lines.ts';
import type { Machine } from './site-model.ts';

export const headlineMetrics = [
  'ttftMs',
  'decodeTokensPerSecond',
  'e2eMs',
] as const satisfies readonly MetricId[];

/** One model in one machine's latest run, held against the run before. */
export interface ModelView {
  line: Line;
  point: MeasuredPoint;
  metrics: { metric: MetricId; change: MetricChange | null }[];
  states: StateChange[];
  /** Why nothing is compared, where there is a run before. */
  incomparable: string | null;
}

/** One thing that is different, in a sentence: the subject stands in front of it. */
export interface Finding {
  tone: Tone;
  subject: string;
  text: string;
  href: string;
}

export interface MachineView {
  machine: Machine;
  run: Run;
  before: Run | null;
  models: ModelView[];
  headline: string;
  tone: Tone;
  findings: Finding[];
}

/** The latest run of a machine and what changed in it. */
export function viewMachine(machine: Machine, slugs: ReadonlyMap<string, string>): MachineView {
  const { run } = machine.latest;
  const models = machine.lines.flatMap((line) => viewModel(line, run) ?? []);
  const findings = models.flatMap((it) => listFindings(it, slugs.get(it.line.model) ?? ''));
  const isWorse = findings.some(({ tone }) => tone === 'worse');
  const isBetter = findings.some(({ tone }) => tone === 'better');
  return {
    machine,
    run,
    before: machine.runs.at(-2)?.run ?? null,
    models,
    headline: writeHeadline(models),
    tone: isWorse ? 'worse' : isBetter ? 'better' : 'level',
    findings: sortFindings(findings),
  };
}

function viewModel(line: Line, run: Run): ModelView | null {
  const point = line.points.find((it) => it.run.id === run.id);
  if (!point || !isMeasured(point)) return null;
  const { before } = point;
  return {
    line,
    point,
    metrics: headlineMetrics.map((metric) => ({
      metric,
      change: compareMetric(metric, stretchBefore(point), point),
    })),
    states: before ? findStateChanges(before, point) : [],
    incomparable: before && explainIncomparable(before.run, run),
  };
}

/** Answers "is anything slower or worse than in the run before?" in one sentence. */
export function writeHeadline(models: readonly ModelView[]): string {
  if (models.length === 0) return 'The latest run measured no model.';
  const known = models.filter(({ point }) => point.before !== null);
  if (known.length === 0) return 'A first run: there is nothing to compare it with yet.';
  const comparable = known.filter(({ incomparable }) => incomparable === null);
  if (comparable.length === 0) return `Not comparable with the run before: ${known[0]?.incomparable}.`;

  const slower = comparable.filter(({ metrics }) => metrics.some(({ change }) => change?.tone === 'worse'));
  const states = comparable.flatMap((it) => it.states);
  const worse = states.filter(({ tone }) => tone === 'worse').length;
  const better = states.length - worse;
  return `${describeSpeed(slower)}; ${describeAnswers(worse, better)}.`;
}

function describeSpeed(slower: readonly ModelView[]): string {
  const [first] = slower;
  if (!first) return 'Nothing is slower';
  return slower.length === 1 ? `${first.line.model} is slower` : `${slower.length} models are slower`;
}

function describeAnswers(worse: number, better: number): string {
  if (worse === 0 && better === 0) return 'no answer got worse';
  if (worse === 0) return `${formatQuantity(better, 'answer')} got better`;
  return `${formatQuantity(worse, 'answer')} got worse${better === 0 ? '' : `, ${better} better`}`;
}

function listFindings({ line, point, metrics, states }: ModelView, slug: string): Finding[] {
  const subject = line.model;
  const changes = point.changes.map((change) => ({
    ...{ tone: 'level' as const, subject, href: links.model(slug) },
    text: describeChange(change),
  }));
  const speeds = metrics.flatMap(({ metric, change }) => {
    if (change === null || change.tone === 'level') return [];
    const { name } = metricDefinitions[metric];
    const word = change.tone === 'worse' ? 'slower' : 'faster';
    const text = `${name} ${formatRelative(change.relative)}, ${word}: ${formatMetric(metric, change.before)} → ${formatMetric(metric, change.now)}`;
    return { tone: change.tone, subject, text, href: links.model(slug, trendAnchor(line, metric)) };
  });
  const answers = states.map(({ prompt, from, to, tone }) => ({
    ...{ tone, subject },
    text: `${prompt} ${from} → ${to}`,
    href: links.prompt(point.run.promptSet.id, prompt),
  }));
  return [...speeds, ...answers, ...changes];
}

const toneOrder: readonly Tone[] = ['worse', 'level', 'better'];

function sortFindings(findings: Finding[]): Finding[] {
  return findings.toSorted((a, b) => toneOrder.indexOf(a.tone) - toneOrder.indexOf(b.tone));
}
