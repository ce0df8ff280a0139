import type { Phase } from '../schema/plan.ts';
import type { Flag } from '../schema/sample.ts';

export interface FlagDefinition {
  /** What it is put on. */
  on: 'sample' | 'model' | 'run';
  /**
   * invalid: the sample stays out of every statistic; not timed: its times do, but the answer to a bare prompt is as good
   * as any; no rates: only its token rates do; note: nothing does.
   */
  effect: 'invalid' | 'not timed' | 'no rates' | 'note';
  /** When it is raised, as a sentence for the documentation. */
  meaning: string;
}

/** Everything that can be said against a sample, a model or a run, in one table: documentation and site render it. */
export const flagDefinitions = {
  'cache-contaminated': {
    on: 'sample',
    effect: 'invalid',
    meaning:
      'More of the prompt came out of the server’s cache than can stand before its nonce: the server says so or, where it does not count, read it in less than a quarter of the time that prompts no longer took before. A fast GPU needs no longer for a short prompt: then only the count tells.',
  },
  'cache-missed': {
    on: 'sample',
    effect: 'invalid',
    meaning:
      'With `cache: measure`, less than half of a prompt that was sent again came out of the cache, as the server counts.',
  },
  queued: {
    on: 'sample',
    effect: 'not timed',
    meaning:
      'The server’s total holds time that it does not account for, more than 50 ms above three times the usual: the request waited behind another client’s. Told only where ours go one at a time.',
  },
  reloaded: {
    on: 'sample',
    effect: 'not timed',
    meaning:
      '`load_duration` is above 200 ms and ten times the usual, though the model was loaded: it was loaded again. Told only where requests go one at a time.',
  },
  'clocks-disagree': {
    on: 'sample',
    effect: 'not timed',
    meaning:
      'E2E by the client’s clock is below the server’s total, or above it by more than is usual plus 50 ms and 5 %: the client or the network held the reply up.',
  },
  retried: {
    on: 'sample',
    effect: 'not timed',
    meaning:
      'The connection was lost before the request was answered, and it was sent again: the server may have begun on it before.',
  },
  'prompt-truncated': {
    on: 'sample',
    effect: 'invalid',
    meaning:
      'The server counted fewer prompt tokens than the text can have (over 12 characters each), or a whole context of them: it cut the prompt although it was told not to.',
  },
  'context-full': {
    on: 'sample',
    effect: 'invalid',
    meaning: 'Prompt and answer filled the context before the answer was as long as it may be: it is cut.',
  },
  'thinking-exhausted': {
    on: 'sample',
    effect: 'invalid',
    meaning: 'The model only thought, and gave no answer: it is not judged either.',
  },
  'gpu-throttled': {
    on: 'sample',
    effect: 'not timed',
    meaning:
      'In two or more readings, and a tenth of them, around the request the GPU said that heat or its power supply slowed it down.',
  },
  'other-model-loaded': {
    on: 'sample',
    effect: 'not timed',
    meaning: 'A model of somebody else came into the server’s memory, or was used, during the round.',
  },
  'model-changed': {
    on: 'sample',
    effect: 'invalid',
    meaning: 'At the end of the round the server had another model, or other context, under the name.',
  },
  'server-changed': {
    on: 'sample',
    effect: 'invalid',
    meaning: 'At the end of the round the server was of another version than at the start of the run.',
  },
  'output-too-short': {
    on: 'sample',
    effect: 'no rates',
    meaning: 'Fewer than 8 output tokens: too few to tell a rate of.',
  },
  'cpu-spill': {
    on: 'model',
    effect: 'note',
    meaning: 'A part of the model did not fit on the GPU and ran on the CPU.',
  },
  'context-lowered': {
    on: 'model',
    effect: 'note',
    meaning: 'The server loaded a smaller context than `num_ctx` asked for.',
  },
  'thinking-unsupported': {
    on: 'model',
    effect: 'note',
    meaning: 'The config asks the model to think, and the server says that it cannot: `think` was not sent.',
  },
  'warmup-unsettled': {
    on: 'model',
    effect: 'note',
    meaning:
      'The readings before the last warm-up request were still slower than it, by more than 10 % in decoding or 25 % in TTFT, when `warmupMax` was reached.',
  },
  'power-capped': {
    on: 'model',
    effect: 'note',
    meaning: 'In two or more readings, and a tenth of them, the GPU was held at its power limit.',
  },
  'gpu-hot': { on: 'model', effect: 'note', meaning: 'The GPU reached 90 °C.' },
  'gpu-busy': {
    on: 'model',
    effect: 'note',
    meaning: 'A GPU was more than 10 % busy just before the model was loaded, with nothing of ours on it.',
  },
  'host-busy': {
    on: 'model',
    effect: 'note',
    meaning:
      'The processors were more than 25 % busy just before the model was loaded, with nothing of ours on them.',
  },
  'other-model-resident': {
    on: 'model',
    effect: 'note',
    meaning: 'A model of somebody else was in the server’s memory all along, unused.',
  },
  'skipped-busy': {
    on: 'model',
    effect: 'note',
    meaning: 'Loads of the model were not measured, as somebody else was using the server.',
  },
  cancelled: { on: 'run', effect: 'note', meaning: 'The run was stopped by a signal.' },
  'out-of-time': { on: 'run', effect: 'note', meaning: '`budgetMinutes` was used up.' },
  'server-lost': { on: 'run', effect: 'note', meaning: 'The server went away in the middle.' },
  'server-busy': { on: 'run', effect: 'note', meaning: 'Somebody else used the server, with `busy: fail`.' },
  resumed: { on: 'run', effect: 'note', meaning: 'The run was killed and went on later.' },
  interrupted: { on: 'run', effect: 'note', meaning: 'The run was killed, and nobody went on with it.' },
} as const satisfies Record<string, FlagDefinition>;
export type FlagCode = keyof typeof flagDefinitions;

/** A flag and its reason: a sentence with the values that raised it. */
export function raise(code: FlagCode, reason: string): Flag {
  return { code, reason };
}

/** Whether the times of a sample with the flag stay out of every statistic. A code of a newer Herdmark is taken for one. */
export function invalidates({ code }: Flag): boolean {
  const effect = effectOf(code);
  return effect === 'invalid' || effect === 'not timed';
}

/** What becomes of an answered request with these flags. Of a bare one it is the answer that counts, not its times. */
export function statusOf(flags: readonly Flag[], phase: Phase): 'ok' | 'invalid' {
  const isSpoilt = (flag: Flag) =>
    invalidates(flag) && !(phase === 'bare' && effectOf(flag.code) === 'not timed');
  return flags.some(isSpoilt) ? 'invalid' : 'ok';
}

/** Whether an answer with the flag is as good as any, but for its times. */
export function spoilsTimes({ code }: Pick<Flag, 'code'>): boolean {
  return effectOf(code) === 'not timed';
}

export function voidsRates({ code }: Flag): boolean {
  return effectOf(code) === 'no rates';
}

const effects = new Map<string, FlagDefinition['effect']>(
  Object.entries(flagDefinitions).map(([code, { effect }]) => [code, effect]),
);

function effectOf(code: string): FlagDefinition['effect'] {
  return effects.get(code) ?? 'invalid';
}
