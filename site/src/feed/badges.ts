import { formatShare } from '../../../src/core/render/format.ts';
import { toPlainLine } from '../../../src/core/render/untrusted-text.ts';
import type { SiteLine, SiteState, TrendId } from '../data/contract.ts';
import { readLatest, readLine } from '../view/line-history.ts';
import { type LineStanding, standOf } from '../view/standing.ts';
import { trendDefinitions } from '../view/trend-definitions.ts';
import { formatTrendValue } from '../view/trend-value.ts';

/** What shields.io asks for: https://shields.io/badges/endpoint-badge */
export interface Badge {
  schemaVersion: 1;
  label: string;
  message: string;
  color: string;
  /** Of an alarm: shields.io then keeps it from being styled by the query. */
  isError?: true;
}

export const badgeNames = ['ttft', 'tpot', 'decode', 'passed', 'verdict'] as const;
export type BadgeName = (typeof badgeNames)[number];

const metrics: Readonly<Record<Exclude<BadgeName, 'verdict'>, TrendId>> = {
  ...{ ttft: 'ttftMs', tpot: 'tpotMs', decode: 'decodeTokensPerSecond', passed: 'answersPassed' },
};

/** Where a badge lies: `badges/qwen3-8b/ttft.json`. */
export function badgePath(modelSlug: string, name: BadgeName): string {
  return `badges/${modelSlug}/${name}.json`;
}

/**
 * Five badges for each model. A model that was measured on several machines or with several sets of options shows the
 * line that was measured last, and of those the first: a badge has no room to say more.
 */
export function renderBadges(state: SiteState): { path: string; json: Badge }[] {
  return [...pickLines(state)].flatMap(([modelSlug, line]) =>
    badgeNames.map((name) => ({ path: badgePath(modelSlug, name), json: renderBadge(name, line, state) })),
  );
}

function pickLines(state: SiteState): Map<string, SiteLine> {
  const picked = new Map<string, { line: SiteLine; at: string }>();
  for (const line of state.lines) {
    const at = readLine(state, line)?.nights.at(-1)?.at;
    const before = picked.get(line.modelSlug);
    if (at !== undefined && (before === undefined || at > before.at))
      picked.set(line.modelSlug, { line, at });
  }
  return new Map([...picked].map(([slug, { line }]) => [slug, line]));
}

const standingColors: Readonly<Record<LineStanding['tone'], string>> = {
  ...{
    alarm: 'b3261e',
    worse: 'b3261e',
    better: '0c6638',
    level: '0b5f50',
    open: '8f4506',
    unknown: '595f59',
  },
};

function renderBadge(name: BadgeName, line: SiteLine, state: SiteState): Badge {
  const model = toPlainLine(line.model, 60);
  if (name === 'verdict') {
    const { words, tone } = standOf(state, line);
    const badge = { schemaVersion: 1, label: model, message: words, color: standingColors[tone] } as const;
    return tone === 'alarm' ? { ...badge, isError: true } : badge;
  }
  const trend = metrics[name];
  const { name: title, unit } = trendDefinitions[trend];
  const history = readLine(state, line);
  const { median, n } = history === null ? { median: null, n: 0 } : readLatest(history, trend);
  const isShare = trend === 'answersPassed';
  const tone = median === null ? 'unknown' : isShare ? judgeShare(median) : 'level';
  return {
    schemaVersion: 1,
    label: `${model} ${isShare ? 'answers passed' : title}`,
    message: isShare ? formatShare(Math.round((median ?? 0) * n), n) : formatTrendValue(unit, median),
    color: standingColors[tone],
  };
}

/** A badge has no room for which answers failed, so that its colour says whether to look. */
function judgeShare(passed: number): 'level' | 'open' | 'worse' {
  return passed >= 0.9 ? 'level' : passed >= 0.5 ? 'open' : 'worse';
}
