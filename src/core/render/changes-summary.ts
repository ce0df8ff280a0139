import type { RootContent } from 'mdast';
import type { ChangePoint, Changes } from '../../schema/changes.ts';
import {
  describeAlarm,
  describeBoundary,
  describeChangePoint,
  selectNews,
} from '../change-points/describe-changes.ts';
import { formatCount, formatQuantity } from './format.ts';
import { code, heading, list, paragraph, renderMarkdown } from './markdown.ts';
import { sentence, strong } from './verdict-text.ts';

/** More of a kind than anybody reads; the rest is counted. */
const mostLines = 40;

type News = ReturnType<typeof selectNews>;

interface Kind {
  title: string;
  /** What the headline counts: `2 changes`. */
  singular: string;
  plural: string;
  /** Each line says all of one thing. */
  tell(news: News): string[];
}

/** What is told of a night, the most urgent first. */
const kinds: readonly Kind[] = [
  {
    ...{ title: 'Alarms', singular: 'alarm', plural: 'alarms' },
    tell: ({ alarms }) => alarms.map(describeAlarm),
  },
  {
    ...{ title: 'Changed', singular: 'change', plural: 'changes' },
    tell: (news) => tellPoints(news, 'confirmed'),
  },
  {
    ...{ title: 'Suspected', singular: 'suspicion', plural: 'suspicions' },
    tell: (news) => tellPoints(news, 'candidate'),
  },
  {
    ...{ title: 'Cleared', singular: 'suspicion cleared', plural: 'suspicions cleared' },
    tell: (news) => tellPoints(news, 'cleared'),
  },
  {
    ...{ title: 'Boundaries', singular: 'boundary', plural: 'boundaries' },
    tell: ({ boundaries }) => boundaries.map(describeBoundary),
  },
];

interface Section {
  kind: Kind;
  lines: string[];
}

type MachineChanges = Changes['machines'][number];

/**
 * What the newest night of each machine brought, as GitHub-flavoured Markdown for its job summary: alarms, changes that
 * were confirmed, what is suspected, what was cleared, and where something was changed. One calm line where there is
 * nothing.
 * @param machine Of this one alone; null: of all.
 */
export function renderChangesSummary(changes: Changes, machine: string | null): string {
  const machines = changes.machines.filter(({ id }) => machine === null || id === machine);
  const told = machines.map((it) => ({ machine: it, sections: listSections(changes, it) }));
  const eventful = told.filter(({ sections }) => sections.length > 0);
  const calm = paragraph(describeWatched(changes, machines, eventful.length === 0));
  if (eventful.length === 0) return renderMarkdown([calm]);
  return renderMarkdown([
    heading(2, `Herdmark: ${countSections(eventful.flatMap(({ sections }) => sections))}`),
    ...eventful.flatMap((it) => [
      ...(machines.length === 1 ? [] : [heading(3, it.machine.label, ' ', code(it.machine.id))]),
      ...it.sections.flatMap(renderSection),
    ]),
    calm,
  ]);
}

/**
 * What a workflow run warns of: the alarms of each machine's newest night, and the changes for the worse that were
 * confirmed on it. Plain lines, of which a runner may still obey what looks like its commands.
 * @param machine Of this one alone; null: of all.
 */
export function listAlarmLines(changes: Changes, machine: string | null): string[] {
  return changes.machines
    .filter(({ id }) => machine === null || id === machine)
    .flatMap(({ id }) => {
      const { alarms, changePoints } = selectNews(changes, id);
      const worse = changePoints.filter(({ status, tone }) => status === 'confirmed' && tone === 'worse');
      return [...alarms.map(describeAlarm), ...worse.map(describeChangePoint)];
    });
}

function listSections(changes: Changes, { id }: MachineChanges): Section[] {
  const news = selectNews(changes, id);
  return kinds.map((kind) => ({ kind, lines: kind.tell(news) })).filter(({ lines }) => lines.length > 0);
}

function tellPoints({ changePoints }: News, status: ChangePoint['status']): string[] {
  return changePoints.filter((it) => it.status === status).map(describeChangePoint);
}

/** `1 alarm, 2 changes`, over all machines. */
function countSections(sections: readonly Section[]): string {
  const counted = kinds.flatMap((kind) => {
    const count = sections.reduce((sum, it) => sum + (it.kind === kind ? it.lines.length : 0), 0);
    return count === 0 ? [] : formatQuantity(count, kind.singular, kind.plural);
  });
  return counted.join(', ');
}

function renderSection({ kind, lines }: Section): RootContent[] {
  const more = lines.length - mostLines;
  const items = lines.slice(0, mostLines).map(sentence);
  return [
    paragraph(strong(kind.title)),
    list(more > 0 ? [...items, `and ${formatCount(more)} more: see changes.json.`] : items),
  ];
}

/** `Nothing changed: 42 series watched, 3 still learning.` */
function describeWatched(changes: Changes, machines: readonly MachineChanges[], isCalm: boolean): string {
  const series = changes.series.filter(({ machine }) => machines.some(({ id }) => id === machine));
  if (series.length === 0) return isCalm ? 'Nothing is watched yet.' : 'No series is watched yet.';
  const learning = series.filter(({ status }) => status === 'learning').length;
  const watched = `${formatCount(series.length)} series watched`;
  const rest = learning === 0 ? '' : `, ${formatCount(learning)} still learning`;
  return isCalm ? `Nothing changed: ${watched}${rest}.` : `${watched}${rest}.`;
}
