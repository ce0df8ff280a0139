import type { Changes } from '../../../src/schema/changes.ts';
import type { HistoryRun } from '../../../src/schema/history.ts';
import type { SiteMachine, SitePrompt, SiteState } from '../data/contract.ts';
import type { Fold } from './fold-night.ts';

/** What was folded, as pages are made of it. */
export function readState(
  { machines, lines, prompts }: Fold,
  {
    latest,
    changes,
    skipped,
  }: { latest: readonly HistoryRun[]; changes: Changes; skipped: SiteState['skipped'] },
): SiteState {
  const whole = machines.map((machine): SiteMachine => {
    const own = machine.nights.at(-1)?.runs ?? [];
    return { ...machine, latest: latest.filter(({ run }) => own.includes(run.id)) };
  });
  const newest = ({ nights }: SiteMachine) => nights.at(-1)?.at ?? '';
  const ordered = whole.sort((a, b) => (newest(a) > newest(b) ? -1 : 1));
  return {
    ...{ machines: ordered, lines },
    prompts: orderPrompts(prompts, ordered),
    ...{ changes, skipped },
  };
}

/** Those that were asked on the newest nights first, in the order of their sets. */
function orderPrompts(prompts: Fold['prompts'], machines: readonly SiteMachine[]): SitePrompt[] {
  const current = machines.flatMap(({ latest }) =>
    latest.flatMap(({ run }) => run.promptSet.prompts.map(({ id }) => `${run.promptSet.id}/${id}`)),
  );
  const keys = new Set([...current, ...Object.keys(prompts)]);
  return [...keys].flatMap((key) => {
    const prompt = prompts[key];
    return prompt === undefined ? [] : [{ ...prompt, isCurrent: current.includes(key) }];
  });
}
