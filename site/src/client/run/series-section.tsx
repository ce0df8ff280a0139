import { useEffect } from 'preact/hooks';
import { metricDefinitions } from '../../../../src/core/metrics.ts';
import { formatCount, formatMetric, formatQuantity, missing } from '../../../../src/core/render/format.ts';
import type { MetricId, Series } from '../../../../src/schema/run.ts';
import { links } from '../../view/href.ts';
import { promptState } from '../../view/prompt-state.ts';
import { filterSeries, listSeriesRows, type SeriesRow } from '../../view/series-rows.ts';
import { readOrder, sortRows, writeOrder } from '../../view/sort-rows.ts';
import { StateBadge } from '../ui/badges.tsx';
import { endGesture } from '../ui/query-state.ts';
import { SortHead } from '../ui/sort-head.tsx';
import { TableBox } from '../ui/table-box.tsx';
import { useGradually } from '../ui/use-gradually.ts';
import { AnswerPanel } from './answer-panel.tsx';
import type { RunParts } from './run-report.tsx';

const metrics: readonly MetricId[] = ['ttftMs', 'decodeTokensPerSecond', 'tpotMs', 'e2eMs'];

interface Column {
  id: string;
  name: string;
  isNumber: boolean;
  read(row: SeriesRow): string | number | null;
}

const ofSeries = (read: (series: Series) => string | number | null) => (row: SeriesRow) => read(row.series);
const columns: readonly Column[] = [
  { id: 'model', name: 'Model', isNumber: false, read: ({ model }) => model },
  { id: 'prompt', name: 'Prompt', isNumber: false, read: ({ title }) => title },
  { id: 'n', name: 'n', isNumber: true, read: ofSeries((it) => it.metrics.e2eMs.n) },
  ...metrics.map((metric) => ({
    ...{ id: metric, name: metricDefinitions[metric].name, isNumber: true },
    read: ofSeries((it) => it.metrics[metric].median),
  })),
  {
    ...{ id: 'slowest', name: 'Slowest E2E', isNumber: true },
    read: ofSeries((it) => it.metrics.e2eMs.slowest?.value ?? null),
  },
  { id: 'checks', name: 'Checks', isNumber: false, read: ofSeries(promptState) },
  { id: 'differ', name: 'Answers differ', isNumber: true, read: ofSeries((it) => it.distinctAnswers) },
];

/** Every model × prompt: sorted by any column, filtered by words, with the answers on demand. */
export function SeriesSection({ loaded, history, query, changeQuery }: RunParts) {
  const { run } = loaded;
  // Whoever is sent an answer sees it.
  useEffect(
    () => document.getElementById(panelId(query.open ?? ''))?.scrollIntoView({ block: 'nearest' }),
    [],
  );
  const rows = listSeriesRows(run);
  const order = readOrder(query.sort);
  const filtered = filterSeries(rows, query.q ?? '');
  const column = columns.find(({ id }) => id === order?.by);
  const shown = column ? sortRows(filtered, column.read, order?.isDescending ?? false) : filtered;
  const made = useGradually(shown.length, {
    step: 24,
    least: shown.findIndex(({ key }) => key === query.open) + 1,
  });
  if (rows.length === 0) {
    return (
      <section class="section" id="series">
        <h2>Every series</h2>
        <p class="muted small">
          No prompt of the set was put to a model. Choose one that the models can take with{' '}
          <code>prompts:</code> in herdmark.yml.
        </p>
      </section>
    );
  }
  return (
    <section class="section" id="series" aria-labelledby="series-title">
      <div class="section-head">
        <h2 id="series-title">Every series</h2>
        <label class="filter no-print">
          <span class="small muted">Filter</span>
          <input
            type="search"
            value={query.q ?? ''}
            placeholder="model, prompt, failed …"
            onInput={(event) => changeQuery({ q: event.currentTarget.value }, 'gesture:type')}
            onBlur={endGesture}
          />
          <span class="small muted" role="status">
            {shown.length === rows.length
              ? formatQuantity(rows.length, 'row')
              : `${formatCount(shown.length)} of ${formatQuantity(rows.length, 'row')}`}
          </span>
        </label>
      </div>
      <TableBox label="Series: model by prompt" tall>
        <thead>
          <tr>
            {columns.map(({ id, name, isNumber }) => (
              <SortHead
                key={id}
                id={id}
                order={order}
                number={isNumber}
                onSort={(it) => changeQuery({ sort: writeOrder(it) }, true)}
              >
                {name}
              </SortHead>
            ))}
            <th scope="col" class="no-print">
              Answers
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.slice(0, made).map((row) => (
            <SeriesRows
              key={row.key}
              row={row}
              set={run.promptSet.id}
              isOpen={query.open === row.key}
              onOpen={(isOpen) => changeQuery({ open: isOpen ? row.key : '' }, true)}
            >
              <AnswerPanel loaded={loaded} history={history} row={row} />
            </SeriesRows>
          ))}
        </tbody>
      </TableBox>
      {shown.length === 0 && (
        <p class="muted small">
          No series has “{query.q}” in its model, prompt, category or checks.{' '}
          <button type="button" class="button" onClick={() => changeQuery({ q: '' }, true)}>
            Show all
          </button>
        </p>
      )}
      <p class="small muted">
        Medians over the timed samples of this run. “Answers differ”: how many different answers the model
        gave over its loads, where more than one.
      </p>
    </section>
  );
}

function panelId(key: string): string {
  return `answers-${key.replaceAll('/', '-')}`;
}

interface RowProps {
  row: SeriesRow;
  set: string;
  isOpen: boolean;
  onOpen: (isOpen: boolean) => void;
  children: preact.ComponentChildren;
}

function SeriesRows({ row, set, isOpen, onOpen, children }: RowProps) {
  const { key, model, title, series } = row;
  const { metrics: of, checks, distinctAnswers } = series;
  const panel = panelId(key);
  return (
    <>
      <tr>
        <td>
          <span class="tag">{model}</span>
        </td>
        <th scope="row">
          <a href={links.prompt(set, series.prompt)}>{title}</a>
        </th>
        <td class="number">{formatCount(of.e2eMs.n)}</td>
        {metrics.map((metric) => (
          <td key={metric} class="number">
            {formatMetric(metric, of[metric].median)}
          </td>
        ))}
        <td class="number">{formatMetric('e2eMs', of.e2eMs.slowest?.value)}</td>
        <td>
          <StateBadge state={promptState(series)} />
        </td>
        <td class="number">{distinctAnswers > 1 ? `${distinctAnswers} of ${checks.answers}` : missing}</td>
        <td class="no-print">
          {row.hasAnswers ? (
            <button
              type="button"
              class="button"
              aria-expanded={isOpen}
              aria-controls={isOpen ? panel : undefined}
              onClick={() => onOpen(!isOpen)}
            >
              {isOpen ? 'Hide' : 'Show'}
              <span class="visually-hidden">
                {' '}
                the answers of {model} to {title}
              </span>
            </button>
          ) : (
            missing
          )}
        </td>
      </tr>
      {isOpen && row.hasAnswers && (
        <tr id={panel}>
          <td class="answers" colSpan={columns.length + 1}>
            {children}
          </td>
        </tr>
      )}
    </>
  );
}
