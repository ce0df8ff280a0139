import type { Generation } from './inference.ts';

/** /api/generate and /api/chat say the same things with the text in different places. */
export type AnswerShape = 'generate' | 'chat';

export interface Timings {
  totalNs: number;
  loadNs: number;
}

/** A line of an answer under way. */
export function partialAnswer(shape: AnswerShape, model: string, text: string) {
  return { ...head(shape, model, text), done: false };
}

/** An answer of no text: what a request without a prompt gets. */
export function emptyAnswer(shape: AnswerShape, model: string, doneReason: 'load' | 'unload') {
  return { ...head(shape, model, ''), done: true, done_reason: doneReason };
}

/** The last line. `context`, the tokens so far, belongs to /api/generate alone, and not to a raw prompt. */
export function finalAnswer(
  shape: AnswerShape,
  model: string,
  text: string,
  { doneReason, ...generation }: Generation,
  { totalNs, loadNs }: Timings,
  withContext: boolean,
) {
  return {
    ...head(shape, model, text),
    done: true,
    done_reason: doneReason,
    ...(shape === 'generate' && withContext ? { context: generation.tokens } : {}),
    // Ollama leaves out what is zero.
    ...withoutZeros({
      total_duration: totalNs,
      load_duration: loadNs,
      prompt_eval_count: generation.promptCount,
      prompt_eval_cached_count: generation.cachedCount,
      prompt_eval_duration: generation.promptEvalNs,
      eval_count: generation.evalCount,
      eval_duration: generation.evalNs,
    }),
  };
}

function head(shape: AnswerShape, model: string, text: string) {
  const common = { model, created_at: new Date().toISOString() };
  return shape === 'generate'
    ? { ...common, response: text }
    : { ...common, message: { role: 'assistant', content: text } };
}

function withoutZeros(metrics: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(metrics).filter(([, value]) => value !== 0));
}
