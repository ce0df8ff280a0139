import { render } from 'preact';
import { useEffect } from 'preact/hooks';
import { describeOutcome } from '../../../../src/core/render/verdict-headline.ts';
import type { RunRows } from '../../data/contract.ts';
import {
  listEarlier,
  listRunChoices,
  type RunChoice,
  readSide,
  runBefore,
  type SideChoice,
  writeSide,
} from '../../view/compare-sides.ts';
import { links } from '../../view/href.ts';
import { openHistory, type SiteHistory } from '../history/open-history.ts';
import { explainError, readBuiltFile } from '../history/read-file.ts';
import { Choice } from '../ui/choice.tsx';
import { Loading, Problem, TryAgain } from '../ui/notice.tsx';
import { useQuery } from '../ui/query-state.ts';
import { type Loaded, useLoaded } from '../ui/use-loaded.ts';
import type { Question } from './protocol.ts';
import { SidePicker } from './side-picker.tsx';
import { useComparison } from './use-comparison.ts';
import { VerdictReport } from './verdict-report.tsx';

/** As many as say how much nights differ, and no more than are of the same time. */
const mostEarlier = 13;

/** Renders the comparison that the URL names, and what another is chosen by, in place of what the element holds. */
export function showComparison(root: HTMLElement): void {
  root.replaceChildren();
  render(<ComparePage history={openHistory(links.data(''))} />, root);
}

function ComparePage({ history }: { history: SiteHistory }) {
  const [query, changeQuery] = useQuery();
  const [base, head] = [readSide(query.base), readSide(query.head)];
  const runs = useLoaded('runs', async () =>
    listRunChoices(await readBuiltFile<RunRows>(links.data('runs.json'))),
  );
  const choices = runs.state === 'done' ? runs.value : null;
  const isAlone = query.before === '0';
  const isBefore = query.base === runBefore && head !== null;
  const [before] =
    isBefore && choices !== null ? listEarlier(choices, { base: head.run, without: head.run, most: 1 }) : [];
  useEffect(() => {
    if (before !== undefined) changeQuery({ base: before });
  }, [before]);
  const question = ask({ base, head, choices, isAlone });
  const { reply, retry } = useComparison(question);
  const outcome = reply?.kind === 'outcome' ? reply.outcome : null;
  useEffect(() => {
    const found = outcome === null ? 'compare' : describeOutcome([outcome.verdict]);
    document.title = `${found.charAt(0).toUpperCase()}${found.slice(1)} · Herdmark`;
  }, [outcome]);
  const choose = (side: 'base' | 'head') => (it: SideChoice | null) =>
    changeQuery({ [side]: it === null ? '' : writeSide(it) }, true);
  return (
    <>
      <h1>Compare</h1>
      <p class="lede">
        What changed between two runs, or between two models, and how sure that is: computed here, by the code
        that pull requests are judged by.
      </p>
      {runs.state === 'failed' && (
        <Problem title="The list of runs could not be loaded">
          <p>{explainError(runs.error)}</p>
          <p>
            <TryAgain retry={runs.retry} />
          </p>
        </Problem>
      )}
      <form
        class="card picker no-print"
        onSubmit={(event) => event.preventDefault()}
        aria-label="What to compare"
      >
        <SidePicker
          name="Base"
          hint="the run before"
          side={base}
          choices={choices}
          history={history}
          onChoose={choose('base')}
        />
        <div class="swap">
          <button
            type="button"
            class="button"
            disabled={base === null && head === null}
            onClick={() => changeQuery({ base: query.head ?? '', head: query.base ?? '' }, true)}
          >
            <span aria-hidden="true">⇄</span> Swap
            <span class="visually-hidden"> base and head</span>
          </button>
        </div>
        <SidePicker
          name="Head"
          hint="the run after"
          side={head}
          choices={choices}
          history={history}
          onChoose={choose('head')}
        />
        <Choice
          label="What says how much nights differ"
          value={isAlone ? '0' : ''}
          options={[
            ['', `base and up to ${mostEarlier} runs before it`],
            ['0', 'nothing: base is this run alone'],
          ]}
          onChange={(before) => changeQuery({ before })}
        />
      </form>
      <div aria-live="polite">
        {question === null ? (
          <Missing
            isFirst={isBefore && before === undefined}
            base={isBefore ? undefined : query.base}
            head={query.head}
            sides={[base, head]}
            runs={runs.state}
          />
        ) : reply === null || reply.kind === 'progress' ? (
          <Loading>
            {reply === null
              ? 'Opening the two runs …'
              : `Reading ${reply.what}: ${reply.done} of ${reply.total} …`}
            {reply !== null && (
              <progress value={reply.done} max={reply.total} aria-label={`Reading ${reply.what}`} />
            )}
          </Loading>
        ) : reply.kind === 'refused' ? (
          <Problem title="There is no verdict">
            <p>{reply.message}</p>
          </Problem>
        ) : reply.kind === 'failed' ? (
          <Problem title="The comparison could not be made">
            <p>{reply.message}</p>
            <p>
              <TryAgain retry={retry} />
            </p>
          </Problem>
        ) : null}
      </div>
      {outcome !== null && <VerdictReport outcome={outcome} />}
    </>
  );
}

/** What the worker is asked; null while a side is missing, or while it is not known which runs are before base. */
function ask({
  base,
  head,
  choices,
  isAlone,
}: {
  base: SideChoice | null;
  head: SideChoice | null;
  choices: readonly RunChoice[] | null;
  isAlone: boolean;
}): Question | null {
  // A run that measured two sides in turn is compared within itself.
  const after = head ?? null;
  if (base === null || after === null) return null;
  const isInside = base.run === after.run;
  if (choices === null && !isAlone && !isInside) return null;
  const earlier =
    isAlone || isInside
      ? []
      : listEarlier(choices ?? [], { base: base.run, without: after.run, most: mostEarlier });
  return {
    ...{ base, head: after, earlier },
    data: new URL(links.data(''), location.href).href,
    url: new URL(links.compare(writeSide(base), writeSide(after)), location.href).href,
  };
}

interface MissingProps {
  base: string | undefined;
  head: string | undefined;
  sides: readonly (SideChoice | null)[];
  /** Of the list of runs. */
  runs: Loaded<unknown>['state'];
  /** Nothing is before head. */
  isFirst: boolean;
}

function Missing({ base, head, sides, runs, isFirst }: MissingProps) {
  const unread = [base, head].filter((text, index) => text !== undefined && sides[index] === null);
  if (unread.length > 0) {
    return (
      <Problem title="The address names no run">
        <p>
          “{unread.join('” and “')}” is no id of a run, such as <code>20261124t013000z-4f09ab</code>, with a
          model’s key after a colon if need be. Choose from the lists.
        </p>
      </Problem>
    );
  }
  // What came of it is said above.
  if (runs === 'failed') return null;
  if (runs === 'loading') return <Loading>Loading the list of runs …</Loading>;
  if (isFirst)
    return <p class="muted empty">Head is the first run of its machine: choose another base above.</p>;
  return (
    <p class="muted empty">
      Choose two runs above. For two models of one run, choose it twice. The address then names both: whoever
      opens it sees the same.
    </p>
  );
}
