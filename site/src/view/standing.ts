import { selectNews } from '../../../src/core/change-points/describe-changes.ts';
import { metricDefinitions } from '../../../src/core/metrics.ts';
import { formatChange } from '../../../src/core/render/verdict-format.ts';
import type { ChangePoint } from '../../../src/schema/changes.ts';
import type { SiteLine, SiteState } from '../data/contract.ts';
import { describeLearning } from './against-level.ts';
import { findLineChanges } from './line-changes.ts';

/** What can be said of a line as it stands now, in a few words that do not cry wolf. */
export interface LineStanding {
  /** open: suspected, the nights to come will tell; unknown: too few nights to tell anything. */
  tone: 'alarm' | 'worse' | 'better' | 'level' | 'open' | 'unknown';
  /** `stable`, `learning: 7 of 20 nights`, `TTFT suspected +4.1 %`, `E2E +5.3 %, worse`. */
  words: string;
}

/** As `standAlone`, but of a machine that is silent that is all there is to say. */
export function standOf(state: SiteState, line: SiteLine): LineStanding {
  const isSilent = selectNews(state.changes, line.machine).alarms.some((it) => it.kind === 'offline');
  return isSilent ? { tone: 'alarm', words: 'machine silent' } : standAlone(state, line);
}

/** The most pressing thing first: another model, what was told on the newest night, a creep, a suspicion, learning. */
export function standAlone({ changes, lines }: SiteState, line: SiteLine): LineStanding {
  const { series, points } = findLineChanges(changes, line, lines);
  const news = selectNews(changes, line.machine);
  const isNew = (it: ChangePoint) => news.changePoints.includes(it);
  if (findLineChanges({ ...changes, ...news }, line, lines).alarms.some((it) => it.kind === 'digest-changed'))
    return { tone: 'alarm', words: 'another model under the tag' };

  const own = points.filter((it) => it.line !== null);
  const told = own.filter((it) => it.status === 'confirmed' && isNew(it)).sort(worstFirst)[0];
  if (told) return { tone: told.tone, words: `${nameChange(told)}, ${told.tone}` };
  const creeping = own.find(
    (it) => it.status === 'confirmed' && it.shape === 'creep' && it.levelledAt === null && isWatched(it),
  );
  if (creeping) return { tone: creeping.tone, words: `${nameChange(creeping)}, creeping ${creeping.tone}` };
  const open = own.find((it) => it.status === 'candidate');
  if (open) return { tone: 'open', words: `${nameChange(open)} suspected` };

  const watched = Object.values(series);
  const nights = Math.max(0, ...watched.map((it) => it.nights));
  if (watched.length === 0 || watched.every(({ status }) => status === 'learning'))
    return { tone: 'unknown', words: describeLearning(nights) };
  return { tone: 'level', words: 'stable' };

  /** Of an epoch that is over nothing goes on. */
  function isWatched({ metric }: ChangePoint): boolean {
    return series[metric]?.status === 'creeping';
  }
}

function worstFirst(a: ChangePoint, b: ChangePoint): number {
  return Number(b.tone === 'worse') - Number(a.tone === 'worse') || Math.abs(b.change) - Math.abs(a.change);
}

function nameChange({ metric, change }: ChangePoint): string {
  return `${metricDefinitions[metric].name} ${formatChange(change)}`;
}
