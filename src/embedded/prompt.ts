import { Template } from '@huggingface/jinja';
import { promptTooLong, Refusal } from './refusal.ts';

export interface Message {
  role: string;
  content: string;
}

/** For a model without a chat template: what was said, one after the other. */
const plain = "{% for message in messages %}{{ message['content'] }}{% endfor %}";

/**
 * The text that a model is to continue.
 * @throws {Refusal} where the model's template will not have these messages.
 */
export function renderPrompt(
  messages: readonly Message[],
  chatTemplate: string | null,
  { bos, eos }: { bos: string; eos: string },
): string {
  try {
    return new Template(chatTemplate ?? plain).render({
      messages,
      add_generation_prompt: true,
      bos_token: bos,
      eos_token: eos,
    });
  } catch (cause) {
    throw new Refusal(500, `the model's chat template failed: ${messageOf(cause)}`, { cause });
  }
}

/**
 * Cuts a prompt that leaves no room in the context as Ollama does: the first `keep` tokens stay, and half of what is
 * left of the context is filled from the prompt's end. `allocated` is the context as llama.cpp rounds it up, which is
 * all the room there is where nothing may be cut.
 * @throws {Refusal} 400 where it is too long and may not be cut.
 */
export function fitPrompt<Token>(
  tokens: Token[],
  room: { context: number; allocated: number; keep: number; truncate: boolean },
): Token[] {
  const { context, allocated, keep, truncate } = room;
  if (!truncate && tokens.length >= allocated) throw promptTooLong(tokens.length, allocated);
  if (!truncate || tokens.length < context) return tokens;
  const kept = Math.min(Math.max(keep, 0), context - 4);
  return [...tokens.slice(0, kept), ...tokens.slice(-Math.floor((context - kept) / 2))];
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
