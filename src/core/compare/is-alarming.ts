import type { Verdict } from '../../schema/verdict.ts';

/** Whether somebody who asked to be stopped by a regression is to be: in speed, or in what the answers are worth. */
export function isAlarming({ models }: Pick<Verdict, 'models'>): boolean {
  return models.some(
    ({ metrics, joint }) => joint.quality === 'regressed' || metrics.some(({ word }) => word === 'regressed'),
  );
}
