import { useEffect, useId, useState } from 'preact/hooks';
import { formatCount } from '../../../../src/core/render/format.ts';
import { filterChoices, type RunChoice, type SideChoice } from '../../view/compare-sides.ts';
import { links } from '../../view/href.ts';
import type { SiteHistory } from '../history/open-history.ts';
import { Failed } from '../ui/notice.tsx';
import { useLoaded } from '../ui/use-loaded.ts';

interface Props {
  name: string;
  hint: string;
  side: SideChoice | null;
  /** null while they are still to come. */
  choices: readonly RunChoice[] | null;
  history: SiteHistory;
  onChoose: (side: SideChoice | null) => void;
}

/** A list is as long as can be looked through; the filter leads to the others. */
const mostShown = 100;

/** Chooses a run by a list with a filter above it, and one of its models or all. */
export function SidePicker({ name, hint, side, choices, history, onChoose }: Props) {
  const [words, setWords] = useState('');
  const [isEntered, setEntered] = useState(false);
  const id = useId();
  const { shown, found } = filterChoices(choices ?? [], words, {
    chosen: side?.run ?? null,
    most: mostShown,
  });
  const isListed = shown.some((it) => it.id === side?.run);
  // Enter takes the first that is found, as soon as the list is there to find it in.
  useEffect(() => {
    if (!isEntered || choices === null) return;
    setEntered(false);
    const first = shown.find((it) => it.id !== side?.run) ?? shown[0];
    if (words.trim() === '' || found === 0 || first === undefined) return;
    onChoose({ run: first.id, variant: null });
    setWords('');
  }, [isEntered, choices]);
  return (
    <fieldset>
      <legend>
        {name} <span class="muted small">{hint}</span>
      </legend>
      <label class="small muted" for={`${id}-filter`}>
        Filter by date, machine, model, commit
      </label>
      <input
        id={`${id}-filter`}
        type="search"
        value={words}
        onInput={(event) => {
          setWords(event.currentTarget.value);
          setEntered(false);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') setEntered(true);
        }}
      />
      <label class="small muted" for={`${id}-run`}>
        Run{' '}
        <span role="status">
          {choices !== null &&
            (found > mostShown
              ? `(the newest ${formatCount(mostShown)} of ${formatCount(found)}: filter for others)`
              : `(${formatCount(found)} of ${formatCount(choices.length)})`)}
        </span>
      </label>
      <select
        id={`${id}-run`}
        value={side?.run ?? ''}
        onChange={(event) => {
          const run = event.currentTarget.value;
          onChoose(run === '' ? null : { run, variant: null });
        }}
      >
        <option value="">choose a run</option>
        {side !== null && !isListed && <option value={side.run}>{side.run}</option>}
        {shown.map((it) => (
          <option key={it.id} value={it.id}>
            {it.name}
          </option>
        ))}
      </select>
      {side !== null && (
        <ModelChoice key={side.run} id={id} side={side} history={history} onChoose={onChoose} />
      )}
    </fieldset>
  );
}

function ModelChoice({
  id,
  side,
  history,
  onChoose,
}: Pick<Props, 'history' | 'onChoose'> & { id: string; side: SideChoice }) {
  const loaded = useLoaded(side.run, () => history.run(side.run));
  if (loaded.state === 'failed') return <Failed error={loaded.error} retry={loaded.retry} />;
  const variants = loaded.state === 'done' ? loaded.value.run.variants : [];
  return (
    <>
      <label class="small muted" for={`${id}-model`}>
        Model
      </label>
      <select
        id={`${id}-model`}
        value={side.variant ?? ''}
        disabled={loaded.state === 'loading'}
        onChange={(event) => onChoose({ run: side.run, variant: event.currentTarget.value || null })}
      >
        <option value="">all that have a partner</option>
        {side.variant !== null && !variants.some(({ key }) => key === side.variant) && (
          <option value={side.variant}>{side.variant}</option>
        )}
        {variants.map(({ key, name }) => (
          <option key={key} value={key}>
            {name} ({key.slice(-8)})
          </option>
        ))}
      </select>
      <p class="small">
        <a href={links.run(side.run)}>Open this run</a>
      </p>
    </>
  );
}
