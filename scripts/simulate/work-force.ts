import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { estimateCost, type Job, type JobResults } from './jobs.ts';

export interface Progress {
  done: number;
  jobs: number;
  /** Of all the work, by what it was estimated to cost. */
  share: number;
}

export interface WorkForce {
  /** Puts a job in line. */
  queue<J extends Job>(job: J): Promise<JobResults[J['kind']]>;
  /** Sets to work on all that is in line; what costs most is begun first, so that no thread is left with it at the end. */
  begin(): void;
}

export const usualWorkers = availableParallelism();

interface Waiting {
  job: Job;
  cost: number;
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

/** Threads that simulate side by side. What comes out does not depend on how many there are. */
export function hireWorkers(workers: number, report: (progress: Progress) => void): WorkForce {
  const line: Waiting[] = [];
  return {
    queue: (job) =>
      new Promise((resolve, reject) => {
        line.push({ job, cost: estimateCost(job), resolve: resolve as Waiting['resolve'], reject });
      }),
    begin() {
      const jobs = line.length;
      const total = line.reduce((sum, { cost }) => sum + cost, 0);
      line.sort((a, b) => a.cost - b.cost);
      let [done, spent] = [0, 0];
      const finish = (cost: number) => {
        done++;
        spent += cost;
        report({ done, jobs, share: spent / total });
      };
      for (let hired = 0; hired < Math.min(workers, jobs); hired++) void workOff(line, finish);
    },
  };
}

async function workOff(line: Waiting[], finish: (cost: number) => void): Promise<void> {
  let worker = hire();
  for (let next = line.pop(); next !== undefined; next = line.pop()) {
    try {
      next.resolve(await ask(worker, next.job));
    } catch (error) {
      next.reject(error);
      // A thread does not survive what it throws.
      worker = hire();
    }
    finish(next.cost);
  }
  await worker.terminate();
}

function hire(): Worker {
  return new Worker(join(import.meta.dirname, 'worker.ts'));
}

async function ask(worker: Worker, job: Job): Promise<unknown> {
  worker.postMessage(job);
  const [result] = await once(worker, 'message');
  return result;
}
