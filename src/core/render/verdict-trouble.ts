import type { ModelVerdict, RequestCounts, Verdict, VerdictFlag } from '../../schema/verdict.ts';
import { type FlagCode, spoilsTimes } from '../flags.ts';
import { formatQuantity, formatShare } from './format.ts';
import { rareShare } from './verdict-outcome.ts';

/** Something that is said before the figures, as they have to be read with it. */
export interface Trouble {
  /** A word or two that stand out. */
  title: string;
  text: string;
  /** What it is said of, where it is prompts or models. */
  names: string[];
}

/** What is said of how a machine measured: why it ended early, what was in the way, and which models are not judged. */
export function listCircumstances({
  endedEarly,
  flags,
  added,
  removed,
  models,
}: Pick<Verdict, 'endedEarly' | 'flags' | 'added' | 'removed' | 'models'>): Trouble[] {
  const names = (title: string, text: string, models: string[]) =>
    models.length === 0 ? [] : [{ title, text, names: models }];
  // What spoilt single requests is told with those, of each model.
  const isToldThere = models.every(({ requests }) => requests !== null);
  const others = flags.filter(
    (it) => !(it.model === null && it.code === endedEarly?.code) && !(isToldThere && spoilsTimes(it)),
  );
  return [
    ...(endedEarly === null
      ? []
      : [
          {
            title: 'Ended early',
            text: `after ${endedEarly.loads} of at most ${formatQuantity(endedEarly.most, 'load')}: ${endedEarly.reason}`,
            names: [],
          },
        ]),
    ...names('New', 'with nothing to be held against', added),
    ...names('Gone', 'only base has it', removed),
    ...[...Map.groupBy(others, ({ code }) => code).values()]
      .flatMap(describeFlag)
      .toSorted((a, b) => Number(changesModel.has(b.code)) - Number(changesModel.has(a.code)))
      .map(({ code: _, ...trouble }) => trouble),
  ];
}

/** Then it is not the model that was asked for, which is worse than what was going on beside it. */
const changesModel: ReadonlySet<string> = new Set([
  'context-lowered',
  'cpu-spill',
  'thinking-unsupported',
  'skipped-busy',
] satisfies FlagCode[] as string[]);

function describeFlag(alike: readonly VerdictFlag[]): (Trouble & { code: string })[] {
  const [first] = alike;
  if (first === undefined) return [];
  const count = alike.reduce((sum, it) => sum + it.count, 0);
  const sides = [...new Set(alike.flatMap(({ side }) => side ?? []))];
  const times = count === 1 ? '' : `${formatQuantity(count, 'time')}, first: `;
  return [
    {
      code: first.code,
      title: sides.length === 1 ? `${first.code}, ${sides[0]}` : first.code,
      text: `${times}${first.reason}`,
      names: [...new Set(alike.flatMap(({ model }) => model ?? []))],
    },
  ];
}

/** Requests of a model that came to nothing, side by side, and the prompts that lost all of theirs. */
export function listLosses({ requests }: Pick<ModelVerdict, 'requests'>): Trouble[] {
  if (requests === null) return [];
  const { lost } = requests;
  const groups = Map.groupBy(lost, (it) => `${it.side} ${it.lost} ${it.total} ${it.reason}`);
  const whatOf = {
    everything: 'neither an answer nor a reading',
    answers: 'no answer to judge',
    readings: 'no reading of its speed',
  };
  return [
    ...(['head', 'base'] as const)
      .filter((side) => isWorthSaying(requests[side]))
      .flatMap((side) => describeCounts(side, requests[side])),
    ...[...groups.values()].flatMap((alike): Trouble[] => {
      const [first] = alike;
      if (first === undefined) return [];
      const told = `${first.side} has ${whatOf[first.lost]}`;
      return [
        {
          title: `Lost, ${formatQuantity(alike.length, 'prompt')}`,
          text: `${told}: ${first.reason}`,
          names: alike.map(({ prompt }) => prompt),
        },
      ];
    }),
  ];
}

/** What else is left out of a model's numbers: single requests that are flagged, of which there always are some. */
export function listRareLosses({ requests }: Pick<ModelVerdict, 'requests'>): string[] {
  if (requests === null) return [];
  return (['head', 'base'] as const)
    .filter((side) => !isWorthSaying(requests[side]))
    .flatMap((side) => describeCounts(side, requests[side]))
    .map(({ title, text }) => `${title}: ${text}`);
}

function isWorthSaying({ asked, failed, invalid, unanswered }: RequestCounts): boolean {
  return failed + unanswered > 0 || invalid > rareShare * asked;
}

/** `failed: 252 of 936 requests; invalid: 3 of 936 requests. 252 × model-crashed, The model runner crashed.` */
function describeCounts(side: 'base' | 'head', { asked, failed, invalid, causes }: RequestCounts): Trouble[] {
  if (failed + invalid === 0) return [];
  const counts = [
    ...(failed === 0 ? [] : [`failed: ${formatShare(failed, asked)} requests`]),
    ...(invalid === 0 ? [] : [`invalid: ${formatShare(invalid, asked)} requests`]),
  ].join('; ');
  const why = causes
    .slice(0, mostCauses)
    .map(({ code, count, reason }) => `${count} × ${code}, ${reason}`)
    .join(' ');
  return [{ title: side === 'head' ? 'Head' : 'Base', text: `${counts}. ${why}`, names: [] }];
}

/** Of the causes on one side, so many are told; the run's own report has all. */
const mostCauses = 2;
