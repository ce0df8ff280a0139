import type { Check } from '../../schema/check.ts';
import type { Finding } from './finding.ts';
import { countOf, listOf, quote } from './wording.ts';

type FactsCheck = Extract<Check, { type: 'facts' }>;
export type Fact = NonNullable<FactsCheck['present']>[number];

/** Text as facts are looked for in it: case, white space and the composition of characters do not matter. */
export function foldText(text: string): string {
  return text.normalize('NFC').toLowerCase().replace(/\s+/gu, ' ').trim();
}

/** The wordings of a fact, of which one is enough. */
export function wordingsOf(fact: Fact): string[] {
  return typeof fact === 'string' ? [fact] : fact;
}

/** Looks for facts anywhere in an answer, inside words too: "evaluat" is in "evaluation". */
export function findFacts({ present = [], absent = [] }: FactsCheck, answer: string): Finding {
  const text = foldText(answer);
  const holds = (wording: string) => text.includes(foldText(wording));
  const found = present.flatMap((fact) => wordingsOf(fact).find(holds) ?? []);
  const missing = present.filter((fact) => !wordingsOf(fact).some(holds));
  const unwanted = absent.filter(holds);
  const findings = [
    ...(found.length > 0 ? [`has ${listOf(found.map(quote))}`] : []),
    ...(missing.length > 0 ? [`lacks ${listOf(missing.map(describeFact))}`] : []),
    ...(unwanted.length > 0 ? [`has the unwanted ${listOf(unwanted.map(quote))}`] : []),
    ...(absent.length > unwanted.length && unwanted.length === 0 ? ['has nothing unwanted'] : []),
  ];
  return {
    holds: missing.length === 0 && unwanted.length === 0,
    finding: `the answer ${findings.join('; ')}`,
  };
}

function describeFact(fact: Fact): string {
  const [first = '', ...others] = wordingsOf(fact);
  return others.length === 0
    ? quote(first)
    : `${quote(first)} (or ${countOf(others.length, 'other wording')})`;
}
