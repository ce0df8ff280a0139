import { selectNews } from '../../../src/core/change-points/describe-changes.ts';
import { nightsToLearn } from '../../../src/core/change-points/watch-state.ts';
import { formatQuantity } from '../../../src/core/render/format.ts';
import type { HistoryRun } from '../../../src/schema/history.ts';
import type { Variant } from '../../../src/schema/run.ts';
import type { AnswerState, SiteLine, SiteMachine, SiteNight, SiteState } from '../data/contract.ts';
import { type FeedItem, listFeed } from '../feed/change-feed.ts';
import { findLatestVariant } from './latest-variant.ts';
import { findLineChanges, type LineChanges } from './line-changes.ts';
import { type LineHistory, readLine } from './line-history.ts';
import { type LineStanding, standAlone } from './standing.ts';

/** One model in the newest night of a machine. */
export interface OverviewRow {
  line: SiteLine;
  history: LineHistory;
  changes: LineChanges;
  /** What all models of its machine do together. */
  common: LineChanges['series'];
  standing: LineStanding;
  /** As the newest run tells it, with percentiles, memory and flags; null where that run is not at hand. */
  variant: Variant | null;
  run: HistoryRun['run'] | null;
}

/** What the checks say of an answer now, and said on the night before that the model was asked. */
export interface AnswerChange {
  line: SiteLine;
  set: string;
  prompt: string;
  title: string;
  from: AnswerState;
  to: AnswerState;
  tone: 'better' | 'worse';
}

export interface MachineView {
  machine: SiteMachine;
  night: SiteNight;
  headline: string;
  tone: 'alarm' | 'worse' | 'open' | 'better' | 'level';
  /** The most pressing first; what the headline says in the same words is not among them. */
  news: FeedItem[];
  /** What got worse first. */
  answers: AnswerChange[];
  rows: OverviewRow[];
  /** Measured the night before, and not on the newest. */
  left: SiteLine[];
}

const toneOrder: readonly MachineView['tone'][] = ['alarm', 'worse', 'open', 'better', 'level'];

/** Every machine that has a night: those somebody has to look at first, then the one with the newest night. */
export function viewMachines(state: SiteState): MachineView[] {
  return state.machines
    .flatMap((machine) => viewMachine(state, machine) ?? [])
    .sort((a, b) => toneOrder.indexOf(a.tone) - toneOrder.indexOf(b.tone));
}

/** What is new on a machine since the night before, and how each of its models stands; null where it has no night. */
export function viewMachine(state: SiteState, machine: SiteMachine): MachineView | null {
  const night = machine.nights.at(-1);
  if (night === undefined) return null;
  const own = state.lines.filter((it) => it.machine === machine.id);
  const newest = machine.nights.length - 1;
  const rows = own
    .filter((it) => it.nights.at(-1) === newest)
    .flatMap((line) => viewLine(state, machine, line));
  const news = listFeed({ ...state.changes, ...selectNews(state.changes, machine.id) }).sort(
    (a, b) => urgency(a) - urgency(b),
  );
  const answers = rows.flatMap(({ line }) => findAnswerChanges(line, state));
  answers.sort((a, b) => Number(b.tone === 'worse') - Number(a.tone === 'worse'));
  const said = writeHeadline(machine, rows, news, answers);
  return {
    ...{ machine, night, answers, rows, ...said },
    news: news.filter(({ text }) => text !== said.headline),
    left: own.filter((it) => it.nights.at(-1) === newest - 1),
  };
}

function viewLine(state: SiteState, machine: SiteMachine, line: SiteLine): OverviewRow[] {
  const history = readLine(state, line);
  if (history === null) return [];
  const { variant, run } = findLatestVariant(machine, line, state.lines) ?? { variant: null, run: null };
  const changes = findLineChanges(state.changes, line, state.lines);
  const common = state.changes.series.filter((it) => it.line === null && it.machine === machine.id);
  return [
    {
      ...{ line, history, changes, standing: standAlone(state, line), variant, run },
      common: Object.fromEntries(common.map((it) => [it.metric, it])),
    },
  ];
}

const stateRank: Readonly<Record<AnswerState, number>> = { unanswered: 0, failed: 1, mixed: 2, passed: 3 };

/** Answers of which the checks say something else than the time before. */
function findAnswerChanges(line: SiteLine, { prompts }: SiteState): AnswerChange[] {
  const newest = line.nights.length - 1;
  return Object.entries(line.prompts).flatMap(([key, { answers }]) => {
    const [before, now] = [answers.at(-2), answers.at(-1)];
    if (before === undefined || now === undefined || now.from !== newest || before.state === now.state)
      return [];
    const [set = '', prompt = ''] = key.split('/');
    const title = prompts.find((it) => it.set === set && it.id === prompt)?.title ?? prompt;
    const tone = stateRank[now.state] > stateRank[before.state] ? 'better' : 'worse';
    return { line, set, prompt, title, from: before.state, to: now.state, tone };
  });
}

/** Alarms first, then what got worse, what may have, what got better, what is otherwise. */
function urgency({ tone, status, kind }: FeedItem): number {
  if (tone === 'alarm') return kind === 'gap' ? 0 : 1;
  if (tone === 'worse') return 2;
  if (status === 'suspected') return 3;
  return tone === 'better' ? 4 : 5;
}

/** Answers "did anything change?" in one sentence, and how bad it is. */
function writeHeadline(
  machine: SiteMachine,
  rows: readonly OverviewRow[],
  news: readonly FeedItem[],
  answers: readonly AnswerChange[],
): Pick<MachineView, 'headline' | 'tone'> {
  const gap = news.find(({ kind, status }) => kind === 'gap' && status === 'open');
  if (gap) return { headline: gap.text, tone: 'alarm' };
  if (rows.length === 0) return { headline: 'The newest night measured no model.', tone: 'alarm' };
  if (machine.nights.length === 1)
    return { headline: 'A first night: there is nothing to compare it with yet.', tone: 'level' };

  const tags = countModels(news, ({ kind }) => kind === 'digest');
  const slower = countModels(news, ({ kind, tone }) => kind === 'change' && tone === 'worse');
  const faster = countModels(news, ({ kind, tone }) => kind === 'change' && tone === 'better');
  const suspected = news.filter(({ status }) => status === 'suspected').length;
  // What is not there is no worse answer: its request failed, or there was none.
  const unanswered = answers.filter(({ to }) => to === 'unanswered').length;
  const worse = answers.filter(({ tone }) => tone === 'worse').length - unanswered;
  const better = answers.length - worse - unanswered;
  const parts = [
    ...say(tags, (it) => `${it} another model under ${tags.size === 1 ? 'its' : 'their'} tag`, 'has', 'have'),
    ...say(slower, (it) => `${it} slower`, 'is', 'are'),
    ...say(faster, (it) => `${it} faster`, 'is', 'are'),
    ...(worse > 0 ? [`${formatQuantity(worse, 'answer')} got worse`] : []),
    ...(unanswered > 0 ? [`${formatQuantity(unanswered, 'prompt')} went unanswered`] : []),
    ...(better > 0 ? [`${formatQuantity(better, 'answer')} got better`] : []),
    ...(news.some(({ kind }) => kind === 'boundary') ? ['the setup changed'] : []),
  ];
  const tone =
    tags.size > 0
      ? 'alarm'
      : slower.size + worse + unanswered > 0
        ? 'worse'
        : faster.size + better > 0
          ? 'better'
          : 'level';
  if (parts.length > 0) return { headline: `${capitalise(parts.join('; '))}.`, tone };
  if (suspected > 0)
    return {
      headline: `Nothing is told; ${formatQuantity(suspected, 'change is', 'changes are')} suspected.`,
      tone: 'open',
    };
  if (rows.every(({ standing }) => standing.tone === 'unknown'))
    return {
      headline: `Nothing stands out. Speed is watched from ${formatQuantity(nightsToLearn, 'night')} on.`,
      tone: 'level',
    };
  return { headline: 'Nothing changed since the night before.', tone: 'level' };
}

/** By name; what all models of a machine do together is its own. */
function countModels(news: readonly FeedItem[], filter: (item: FeedItem) => boolean): Set<string> {
  return new Set(news.filter(filter).map(({ line }) => line?.model ?? 'The machine'));
}

function say(
  models: ReadonlySet<string>,
  write: (subject: string) => string,
  one: string,
  many: string,
): string[] {
  const [first] = models;
  if (first === undefined) return [];
  return [write(models.size === 1 ? `${first} ${one}` : `${formatQuantity(models.size, 'model')} ${many}`)];
}

function capitalise(text: string): string {
  // Of a model's name the case is its own.
  return text.startsWith('the ') ? `T${text.slice(1)}` : text;
}
