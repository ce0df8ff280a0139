import { render } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { toPlainLine } from '../../../../src/core/render/untrusted-text.ts';
import { runId } from '../../../../src/schema/primitives.ts';
import { links } from '../../view/href.ts';
import { formatStart } from '../../view/night-time.ts';
import { loadRun } from '../history/load-run.ts';
import { openHistory, type SiteHistory } from '../history/open-history.ts';
import { DataError, explainError } from '../history/read-file.ts';
import { Loading, Problem, TryAgain } from '../ui/notice.tsx';
import { useQuery } from '../ui/query-state.ts';
import { useLoaded } from '../ui/use-loaded.ts';
import { RunReport } from './run-report.tsx';
import { RunTitle } from './run-title.tsx';

/** Renders the run that the URL names, in place of what the element holds. */
export function showRun(root: HTMLElement): void {
  root.replaceChildren();
  render(<RunPage history={openHistory(links.data(''))} />, root);
}

function RunPage({ history }: { history: SiteHistory }) {
  const [query, changeQuery] = useQuery();
  const id = query.id ?? '';
  if (id === '') {
    return (
      <Shell>
        <Problem title="No run is chosen">
          <p>
            This page shows the run that its address names. Choose one from{' '}
            <a href={links.runs()}>all runs</a>.
          </p>
        </Problem>
      </Shell>
    );
  }
  if (!runId.safeParse(id).success) return <UnknownRun id={id} />;
  return <FoundRun key={id} id={id} history={history} query={query} changeQuery={changeQuery} />;
}

interface FoundProps {
  id: string;
  history: SiteHistory;
  query: ReturnType<typeof useQuery>[0];
  changeQuery: ReturnType<typeof useQuery>[1];
}

function FoundRun({ id, history, query, changeQuery }: FoundProps) {
  const loaded = useLoaded(id, () => loadRun(history, id));
  const title = useMemo(
    () => (loaded.state === 'done' ? `Run of ${formatStart(loaded.value.run.startedAt)}` : `Run ${id}`),
    [loaded, id],
  );
  useEffect(() => {
    document.title = `${title} · Herdmark`;
  }, [title]);
  if (loaded.state === 'loading') {
    return (
      <Shell id={id}>
        <Loading>Loading the run …</Loading>
      </Shell>
    );
  }
  if (loaded.state === 'failed') {
    const { error, retry } = loaded;
    if (error instanceof DataError && error.code === 'missing') return <UnknownRun id={id} />;
    return (
      <Shell id={id}>
        <Problem title="The run could not be loaded">
          <p>{explainError(error)}</p>
          <p>
            <TryAgain retry={retry} />
          </p>
        </Problem>
      </Shell>
    );
  }
  return <RunReport loaded={loaded.value} history={history} query={query} changeQuery={changeQuery} />;
}

function UnknownRun({ id }: { id: string }) {
  return (
    <Shell>
      <Problem title="There is no such run">
        <p>
          The site has no run <code>{toPlainLine(id, 60)}</code>. The address may be cut short, or the run
          came after the site was built. Choose one from <a href={links.runs()}>all runs</a>.
        </p>
      </Problem>
    </Shell>
  );
}

function Shell({ id = '', children }: { id?: string; children: preact.ComponentChildren }) {
  return (
    <>
      <p class="eyebrow">
        <a href={links.runs()}>Runs</a> {id !== '' && <code>{id}</code>}
      </p>
      <RunTitle id={id} />
      {children}
    </>
  );
}
