import type { Refusal } from '../../../../src/core/compare/compare-runs.ts';
import { openHistory } from '../history/open-history.ts';
import { explainError } from '../history/read-file.ts';
import { compareKept } from './compare-kept.ts';
import type { Outcome, Question, Reply } from './protocol.ts';

// Statistics and diffs take their time: away from the page, which can end them.
addEventListener('message', ({ data: question }: MessageEvent<Question>) => void answer(question));

async function answer(question: Question): Promise<void> {
  const reply = (it: Reply) => postMessage(it);
  try {
    const found = await compareKept(openHistory(question.data), question, (progress) =>
      reply({ kind: 'progress', ...progress }),
    );
    reply(
      isRefused(found)
        ? { kind: 'refused', code: found.refusal, message: found.message }
        : { kind: 'outcome', outcome: found },
    );
  } catch (error) {
    reply({ kind: 'failed', message: explainError(error) });
  }
}

function isRefused(found: Outcome | Refusal): found is Refusal {
  return 'refusal' in found;
}
