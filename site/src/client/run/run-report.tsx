import { useEffect, useMemo } from 'preact/hooks';
import { formatCount } from '../../../../src/core/render/format.ts';
import { runBefore } from '../../view/compare-sides.ts';
import { links } from '../../view/href.ts';
import { type LoadedRun, loadSamples } from '../history/load-run.ts';
import type { SiteHistory } from '../history/open-history.ts';
import type { Query, Step } from '../ui/query-state.ts';
import { useGradually } from '../ui/use-gradually.ts';
import { useLoaded } from '../ui/use-loaded.ts';
import { DistributionSection } from './distribution-section.tsx';
import { MachineSection } from './machine-section.tsx';
import { ModelSection } from './model-section.tsx';
import { ProblemSection } from './problem-section.tsx';
import { RunTitle } from './run-title.tsx';
import { SampleSection } from './sample-section.tsx';
import { SeriesSection } from './series-section.tsx';
import { ShapeTable } from './shape-table.tsx';

/** What each part of the page is given. */
export interface RunParts {
  loaded: LoadedRun;
  history: SiteHistory;
  query: Query;
  changeQuery: (changes: Query, step?: Step) => void;
}

const sections = [
  ['models', 'Models'],
  ['flags', 'Flags'],
  ['load-shapes', 'Under load'],
  ['series', 'Series'],
  ['distributions', 'Distributions'],
  ['samples', 'Samples'],
  ['machine', 'Machine and files'],
] as const;

/** Everything about one run. */
export function RunReport(parts: RunParts) {
  const { loaded, history } = parts;
  const { run } = loaded;
  const { counts } = run;
  // The samples change nothing in its many rows.
  const series = useMemo(() => <SeriesSection key="series" {...parts} />, [loaded, parts.query]);
  const samples = useLoaded(run.id, () => loadSamples(history, loaded));
  // Whoever links to a part of the page means it, and it was not there when the browser looked.
  const isSent = location.hash !== '';
  useEffect(() => document.getElementById(location.hash.slice(1))?.scrollIntoView(), []);
  const below = [
    <section class="section" id="load-shapes" key="load-shapes" aria-labelledby="load-shapes-title">
      <h2 id="load-shapes-title">Under load</h2>
      <ShapeTable variants={run.variants} />
    </section>,
    series,
    <DistributionSection key="distributions" {...parts} samples={samples} />,
    <SampleSection key="samples" {...parts} samples={samples} />,
    <MachineSection
      key="machine"
      loaded={loaded}
      hasSamples={samples.state !== 'done' || samples.value !== null}
    />,
  ];
  const made = useGradually(below.length, { step: 1, least: isSent || parts.query.open ? below.length : 0 });
  return (
    <>
      <p class="eyebrow">
        <a href={links.runs()}>Runs</a> <code>{run.id}</code>
      </p>
      <RunTitle id={run.id} />
      <p class="run-status">
        <span class={`badge ${run.status === 'complete' ? 'better' : 'mark'}`}>{run.status}</span>
        <span class="muted small">
          {formatCount(counts.ok)} of {formatCount(counts.planned)} requests ok, {formatCount(counts.failed)}{' '}
          failed, {formatCount(counts.invalid)} invalid
        </span>
        <span class="muted small">on {run.machine.label}</span>
        {run.plan.comparison !== null && (
          <a class="button no-print" href={links.compare(run.id, run.id)}>
            What its two sides differ in
          </a>
        )}
        <a class="button no-print" href={links.compare(runBefore, run.id)}>
          Compare with the run before
        </a>
        <a class="button no-print" href={links.compare(run.id)}>
          with another run
        </a>
      </p>
      <nav class="jumps no-print small" aria-label="Parts of this page">
        <ul>
          {sections.map(([id, name]) => (
            <li key={id}>
              <a href={`#${id}`}>{name}</a>
            </li>
          ))}
        </ul>
      </nav>
      <ProblemSection run={run} />
      <ModelSection {...parts} samples={samples} />
      {below.slice(0, made)}
    </>
  );
}
