import type { Prompt } from '../schema/prompt-set.ts';
import { toPlainLine } from './render/untrusted-text.ts';

/** Of the capabilities that Ollama lists in /api/show, those that a prompt can need. */
export type Capability = 'completion' | 'embedding' | 'vision' | 'tools';

const inability: Readonly<Record<Capability, string>> = {
  completion: 'answer a prompt',
  embedding: 'embed texts',
  vision: 'see images',
  tools: 'call tools',
};

/** What a model must be able to do for a prompt to make sense. */
export function findNeededCapabilities({ embed, images, messages, tools }: Prompt): Capability[] {
  if (embed) return ['embedding'];
  const hasImages = images !== undefined || messages?.some((it) => it.role === 'user' && it.images);
  return ['completion', ...(hasImages ? (['vision'] as const) : []), ...(tools ? (['tools'] as const) : [])];
}

/**
 * Which of them a model lacks, by the capabilities that its server lists. Servers before 0.6.4 list none: then nobody
 * knows, and nothing is missing.
 */
export function findMissingCapabilities(prompt: Prompt, modelCapabilities: readonly string[]): Capability[] {
  if (modelCapabilities.length === 0) return [];
  return findNeededCapabilities(prompt).filter((needed) => !modelCapabilities.includes(needed));
}

/** `smollm2:135m cannot see images or call tools (the server lists: completion).` One line; the list is the server's. */
export function explainMissingCapabilities(
  model: string,
  missing: readonly Capability[],
  modelCapabilities: readonly string[],
): string {
  const listed = toPlainLine(modelCapabilities.join(', '), 100);
  const cannot = missing.map((capability) => inability[capability]).join(' or ');
  return `${model} cannot ${cannot} (the server lists: ${listed}).`;
}
