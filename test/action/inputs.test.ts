import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { readCommand, readInputs } from '../../src/action/inputs.ts';

const action = parse(readFileSync(new URL('../../action.yml', import.meta.url), 'utf8'));
const read = (given: Record<string, string>) => (name: string) =>
  given[name] ?? action.inputs[name].default ?? '';

it('reads what action.yml declares, with its defaults', () => {
  expect(readInputs(read({}))).toEqual({
    config: null,
    against: null,
    models: [],
    prompts: null,
    host: null,
    loads: null,
    rounds: null,
    artifactName: 'herdmark',
    retentionDays: null,
    upload: 'auto',
    failOn: 'error',
  });
});

it('splits models at lines and commas, and takes blanks away', () => {
  const given = {
    models: ' qwen3:8b\n\n gemma3:4b , hf.co/org/repo:Q4_K_M\n',
    loads: ' 2 ',
    'fail-on': 'checks',
  };
  expect(readInputs(read(given))).toMatchObject({
    models: ['qwen3:8b', 'gemma3:4b', 'hf.co/org/repo:Q4_K_M'],
    loads: 2,
    failOn: 'checks',
  });
});

it('names every wrong input, its value and what it takes', () => {
  const given = {
    loads: '0',
    rounds: '1.5',
    'retention-days': '500',
    upload: 'yes',
    'fail-on': 'x',
  };
  expect(() => readInputs(read(given))).toThrow(
    [
      'Input loads: "0" is not a whole number from 1 to 50.',
      'Input rounds: "1.5" is not a whole number from 1 to 200.',
      'Input retention-days: "500" is not a whole number from 1 to 400.',
      'Input upload: "yes" is not one of auto, true, false.',
      'Input fail-on: "x" is not one of never, error, checks.',
    ].join('\n'),
  );
});

it('refuses a command that there is not', () => {
  expect(readCommand(read({}))).toBe('bench');
  expect(() => readCommand(read({ command: 'measure' }))).toThrow(
    'Input command: "measure" is not one of bench, compare.',
  );
});
