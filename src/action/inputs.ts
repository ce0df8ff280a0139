import { getInput } from '@actions/core';
import { type FailOn, failOnWords } from './fail-on.ts';
import { createInputReader } from './input-reader.ts';

const commandWords = ['bench', 'compare'] as const;
export type Command = (typeof commandWords)[number];
export const uploadWords = ['auto', 'true', 'false'] as const;

/** What the workflow asks for; null is what it leaves to the config file or the platform. */
export interface Inputs {
  config: string | null;
  /** The config of before, or `kept`; null: nothing is compared. */
  against: string | null;
  models: string[];
  prompts: string | null;
  host: string | null;
  loads: number | null;
  rounds: number | null;
  artifactName: string;
  retentionDays: number | null;
  upload: (typeof uploadWords)[number];
  failOn: FailOn;
}

/**
 * What the action is to do.
 * @throws {InputError}
 */
export function readCommand(read: (name: string) => string = getInput): Command {
  const reader = createInputReader(read);
  const command = reader.oneOf('command', commandWords, 'bench');
  reader.refuseWrong();
  return command;
}

/**
 * Reads all inputs of `command: bench` at once.
 * @throws {InputError} naming each wrong input, its value and what it takes.
 */
export function readInputs(read: (name: string) => string = getInput): Inputs {
  const { raw, text, oneOf, whole, refuseWrong } = createInputReader(read);
  const inputs: Inputs = {
    config: text('config'),
    against: text('against'),
    models: splitList(raw('models')),
    prompts: text('prompts'),
    host: text('host'),
    loads: whole('loads', 1, 50),
    rounds: whole('rounds', 1, 200),
    artifactName: text('artifact-name') ?? 'herdmark',
    retentionDays: whole('retention-days', 1, 400),
    upload: oneOf('upload', uploadWords, 'auto'),
    failOn: oneOf('fail-on', failOnWords, 'error'),
  };
  refuseWrong();
  return inputs;
}

function splitList(text: string): string[] {
  return text
    .split(/[\n,]/)
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
