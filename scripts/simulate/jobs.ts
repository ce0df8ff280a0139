import type { ShapeName } from '../simulate-history/shapes.ts';
import { type HistorySize, type ShapeResult, simulateShape } from '../simulate-history/simulate-history.ts';
import { type AnswerCell, type AnswerResult, simulateAnswers } from './answers.ts';
import { type NightCell, simulateNights } from './nights.ts';
import type { CellResult } from './pull-requests.ts';
import { scorecardCells, simulateScorecardCell } from './scorecard.ts';

/** A part of a simulation with a seed of its own: whoever computes it, the same comes out. Plain data. */
export type Job =
  | { kind: 'pullRequests'; cell: number; pullRequests: number }
  | { kind: 'answers'; cell: AnswerCell; comparisons: number; seed: number }
  | { kind: 'nights'; cell: NightCell; runs: number; seed: number }
  | { kind: 'history'; shape: ShapeName; size: HistorySize };

export interface JobResults {
  pullRequests: CellResult;
  answers: AnswerResult;
  nights: number;
  history: ShapeResult;
}

export function runJob(job: Job): JobResults[Job['kind']] {
  if (job.kind === 'pullRequests') return simulateScorecardCell(job.cell, job.pullRequests);
  if (job.kind === 'answers') return simulateAnswers(job.cell, job.comparisons, job.seed);
  if (job.kind === 'nights') return simulateNights(job.cell, job.runs, job.seed);
  return simulateShape(job.shape, job.size);
}

/** In milliseconds of one core, roughly: what is left to do, and what to begin with. */
export function estimateCost(job: Job): number {
  if (job.kind === 'pullRequests') {
    const { models, layout, looks } = scorecardCells[job.cell] ?? {
      models: 1,
      layout: { loads: 6 },
      looks: null,
    };
    return job.pullRequests * models * (layout.loads / 6) * (looks === null ? 0.4 : 0.8);
  }
  if (job.kind === 'answers') return job.comparisons * 6;
  if (job.kind === 'nights') return job.runs * (job.cell.earlier / 14) * 0.6;
  return job.shape.startsWith('quiet') ? job.size.quietYears * 6 : job.size.years * 7;
}
