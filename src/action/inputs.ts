import { getInput } from '@actions/core';
import { InputError } from '../store/input-error.ts';
import { type FailOn, failOnWords } from './fail-on.ts';

export const uploadWords = ['auto', 'true', 'false'] as const;

/** What the workflow asks for; null is what it leaves to the config file or the platform. */
export interface Inputs {
  config: string | null;
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
 * Reads all inputs of the action at once.
 * @throws {InputError} naming each wrong input, its value and what it takes.
 */
export function readInputs(read: (name: string) => string = getInput): Inputs {
  const problems: string[] = [];
  const text = (name: string) => read(name).trim() || null;
  const oneOf = <Word extends string>(name: string, words: readonly Word[], fallback: Word): Word => {
    const value = text(name) ?? fallback;
    const word = words.find((it) => it === value);
    if (word === undefined) problems.push(`${name}: "${value}" is not one of ${words.join(', ')}.`);
    return word ?? fallback;
  };
  const whole = (name: string, min: number, max: number): number | null => {
    const value = text(name);
    if (value === null) return null;
    const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
    if (number >= min && number <= max) return number;
    problems.push(`${name}: "${value}" is not a whole number from ${min} to ${max}.`);
    return null;
  };

  oneOf('command', ['bench'], 'bench');
  const inputs: Inputs = {
    config: text('config'),
    models: splitList(read('models')),
    prompts: text('prompts'),
    host: text('host'),
    loads: whole('loads', 1, 50),
    rounds: whole('rounds', 1, 200),
    artifactName: text('artifact-name') ?? 'herdmark',
    retentionDays: whole('retention-days', 1, 400),
    upload: oneOf('upload', uploadWords, 'auto'),
    failOn: oneOf('fail-on', failOnWords, 'error'),
  };
  if (problems.length > 0)
    throw new InputError('wrong-input', problems.map((it) => `Input ${it}`).join('\n'));
  return inputs;
}

function splitList(text: string): string[] {
  return text
    .split(/[\n,]/)
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
