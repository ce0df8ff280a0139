import { InvalidArgumentError } from 'commander';

/** Reads an option's value as a whole number of at least `min`. */
export function integerOption(min: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < min)
      throw new InvalidArgumentError(`a whole number of at least ${min} is needed.`);
    return value;
  };
}

/** Reads an option's value as a number above zero. */
export function positiveOption(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value <= 0)
    throw new InvalidArgumentError('a number above zero is needed.');
  return value;
}

/** Reads `1,4,16`, each part by itself. */
export function listOption<T>(read: (text: string) => T): (text: string) => T[] {
  return (text) => text.split(',').map((part) => read(part.trim()));
}

/** Gathers an option that may be given several times. */
export function repeatable(text: string, before: string[] | undefined): string[] {
  return [...(before ?? []), text];
}
