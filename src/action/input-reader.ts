import { InputError } from '../store/input-error.ts';

/** Reads the inputs of the action one by one, and keeps what is wrong with them, so that all of it is told at once. */
export interface InputReader {
  /** As it was given. */
  raw(name: string): string;
  /** Without blanks around it; null where nothing is left. */
  text(name: string): string | null;
  oneOf<Word extends string>(name: string, words: readonly Word[], fallback: Word): Word;
  /** null where nothing was given. */
  whole(name: string, min: number, max: number): number | null;
  /** @throws {InputError} naming each wrong input, its value and what it takes. */
  refuseWrong(): void;
}

/** @param read gives an input by its name, or an empty string. */
export function createInputReader(read: (name: string) => string): InputReader {
  const problems: string[] = [];
  const text = (name: string) => read(name).trim() || null;
  return {
    raw: read,
    text,
    oneOf(name, words, fallback) {
      const value = text(name) ?? fallback;
      const word = words.find((it) => it === value);
      if (word === undefined) problems.push(`${name}: "${value}" is not one of ${words.join(', ')}.`);
      return word ?? fallback;
    },
    whole(name, min, max) {
      const value = text(name);
      if (value === null) return null;
      const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
      if (number >= min && number <= max) return number;
      problems.push(`${name}: "${value}" is not a whole number from ${min} to ${max}.`);
      return null;
    },
    refuseWrong() {
      if (problems.length === 0) return;
      throw new InputError('wrong-input', problems.map((it) => `Input ${it}`).join('\n'));
    },
  };
}
