import { outputPath } from '../../../../src/core/history/layout.ts';
import { formatQuantity } from '../../../../src/core/render/format.ts';
import { writeAnswer } from '../../../../src/core/render/write-answer.ts';
import { diffTexts } from '../../../../src/core/word-diff.ts';
import type { ContentId, KeptAnswer } from '../../../../src/schema/history.ts';
import { links } from '../../view/href.ts';
import { listLoadsOfAnswers } from '../../view/loads-of-answers.ts';
import type { SeriesRow } from '../../view/series-rows.ts';
import type { LoadedRun } from '../history/load-run.ts';
import type { SiteHistory } from '../history/open-history.ts';
import { AnswerText, CheckList, MarkedText, TextBlock } from '../ui/answer-text.tsx';
import { Failed, Loading } from '../ui/notice.tsx';
import { useLoaded } from '../ui/use-loaded.ts';

interface Props {
  loaded: LoadedRun;
  history: SiteHistory;
  row: SeriesRow;
}

interface Given {
  id: ContentId;
  loads: string;
  answer: KeptAnswer | null;
}

/** What a model answered to a prompt, load by load, with what the checks said and what is different. */
export function AnswerPanel({ loaded: { kept }, history, row: { key, question, model } }: Props) {
  const answers = useLoaded(key, () =>
    Promise.all(
      listLoadsOfAnswers(kept, question).map(
        async ({ id, loads }): Promise<Given> => ({ id, loads, answer: await history.answer(id) }),
      ),
    ),
  );
  if (answers.state === 'loading') return <Loading>Loading the answers …</Loading>;
  if (answers.state === 'failed') {
    return <Failed error={answers.error} retry={answers.retry} />;
  }
  const first = answers.value[0]?.answer ?? null;
  return (
    <div class="answer-panel">
      {answers.value.map((given, index) => (
        <OneAnswer key={given.id} given={given} first={index === 0 ? null : first} model={model} />
      ))}
    </div>
  );
}

function OneAnswer({
  given: { id, loads, answer },
  first,
  model,
}: {
  given: Given;
  first: KeptAnswer | null;
  model: string;
}) {
  if (answer === null) {
    return (
      <div>
        <h3 class="small">{loads}</h3>
        <p class="muted small">This answer is kept no longer.</p>
      </div>
    );
  }
  const { thinking, outputTokens, doneReason } = answer;
  return (
    <div class="one-answer">
      <h3 class="small">
        {loads}{' '}
        <a class="muted" href={links.data(outputPath(id))} download>
          JSON
        </a>
      </h3>
      <AnswerText answer={answer} label={`Answer of ${model}, ${loads}`} />
      {thinking !== '' && (
        <details>
          <summary class="small">Thinking (not judged)</summary>
          <TextBlock label={`Thinking of ${model}, ${loads}`}>{thinking}</TextBlock>
        </details>
      )}
      <CheckList checks={answer.checks} />
      {outputTokens !== null && (
        <p class="small muted">
          {formatQuantity(outputTokens, 'token')}
          {doneReason === 'length' && ', cut at its cap'}
        </p>
      )}
      {first !== null && (
        <Difference before={first} now={answer} label={`${model}, ${loads}, against the first answer`} />
      )}
    </div>
  );
}

function Difference({ before, now, label }: { before: KeptAnswer; now: KeptAnswer; label: string }) {
  const [old, current] = [writeAnswer(before), writeAnswer(now)];
  if (old === current)
    return (
      <p class="small muted">The text is that of the first; what the checks said, or how it ended, is not.</p>
    );
  const { parts } = diffTexts(old, current);
  return (
    <details open>
      <summary class="small">Against the first answer</summary>
      {parts === null ? (
        <p class="muted small">Too different for a word by word comparison.</p>
      ) : (
        <MarkedText parts={parts} label={`Difference: ${label}`} />
      )}
    </details>
  );
}
