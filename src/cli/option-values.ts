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

/** Gathers an option that may be given several times. */
export function repeatable(text: string, before: string[] | undefined): string[] {
  return [...(before ?? []), text];
}
