import { outputPath } from '../../../../src/core/history/layout.ts';
import { formatQuantity, missing } from '../../../../src/core/render/format.ts';
import { writeAnswer } from '../../../../src/core/render/write-answer.ts';
import type { TextDiff } from '../../../../src/core/word-diff.ts';
import type { KeptAnswer } from '../../../../src/schema/history.ts';
import { links } from '../../view/href.ts';
import { DataError, explainError } from '../history/read-file.ts';
import { TextBlock } from '../ui/answer-text.tsx';
import { Failed, Loading } from '../ui/notice.tsx';
import { useLoaded } from '../ui/use-loaded.ts';
import { useFile } from '../use-file.ts';
import { CheckComparison } from './check-comparison.tsx';
import { diffInWorker } from './diff-in-worker.ts';
import { DiffText } from './diff-text.tsx';

/** Two answers, by their names in the history. */
export function Comparison({ a, b }: { a: string; b: string }) {
  const before = useFile<KeptAnswer>(links.data(outputPath(a)));
  const now = useFile<KeptAnswer>(links.data(outputPath(b)));
  const failed = [before, now].find((it) => it.state === 'failed');
  if (failed?.state === 'failed') {
    const isMissing = failed.error instanceof DataError && failed.error.code === 'missing';
    if (isMissing) return <p role="alert">{explainError(failed.error)} Choose another answer above.</p>;
    return <Failed error={failed.error} retry={failed.retry} />;
  }
  if (before.state !== 'done' || now.state !== 'done') return <Loading>Loading the answers…</Loading>;
  return <Difference before={before.value} now={now.value} />;
}

function Difference({ before, now }: { before: KeptAnswer; now: KeptAnswer }) {
  const [base, head] = [writeAnswer(before), writeAnswer(now)];
  const found = useLoaded(JSON.stringify([base, head]), () => diffInWorker(base, head));
  return (
    <>
      {found.state === 'loading' && <Loading>Comparing…</Loading>}
      {found.state === 'failed' && <Failed error={found.error} retry={found.retry} />}
      {found.state === 'done' && <Outcome diff={found.value} base={base} head={head} />}
      <CheckComparison before={before.checks} now={now.checks} />
      <p class="small muted">
        From {describeLength(before, base)} to {describeLength(now, head)}.
      </p>
    </>
  );
}

function Outcome({ diff, base, head }: { diff: TextDiff | null; base: string; head: string }) {
  if (base === head) return <p role="status">Both answers are the same, word for word.</p>;
  if (diff?.parts) {
    return (
      <>
        {diff.isCut && (
          <p class="small">
            <span class="badge mark">cut</span> They are long: only their beginnings were compared.
          </p>
        )}
        <DiffText parts={diff.parts} by={diff.by} />
      </>
    );
  }
  const why =
    diff === null ? 'Comparing them took too long' : 'They are too different for a word by word comparison';
  return (
    <>
      <p role="status">{why}: both as they are.</p>
      <div class="two">
        <TextBlock label="From">{base}</TextBlock>
        <TextBlock label="To">{head}</TextBlock>
      </div>
    </>
  );
}

function describeLength({ outputTokens, doneReason }: KeptAnswer, text: string): string {
  const tokens = outputTokens === null ? missing : formatQuantity(outputTokens, 'token');
  return `${tokens} (${formatQuantity(text.length, 'character')}${doneReason === 'length' ? ', cut at its cap' : ''})`;
}
