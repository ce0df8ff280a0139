import { metricDefinitions, metricIds } from '../../../../src/core/metrics.ts';
import { formatQuantity } from '../../../../src/core/render/format.ts';
import type { MetricId, Run } from '../../../../src/schema/run.ts';
import type { Sample } from '../../../../src/schema/sample.ts';
import { describeGroups, type Grouping, groupColumns, groupReadings } from '../../view/readings.ts';
import { Choice } from '../ui/choice.tsx';
import { LineLegend } from '../ui/legend.tsx';
import type { Query } from '../ui/query-state.ts';
import { ColumnHeads, NumberCells, TableBox } from '../ui/table-box.tsx';
import type { Loaded } from '../ui/use-loaded.ts';
import { ChartBox } from './chart-box.tsx';
import type { RunParts } from './run-report.tsx';
import { SamplesNeeded } from './samples-needed.tsx';

/** More lines than these nobody can follow. */
const mostLines = 8;

/** How the readings of a metric are spread: across models, over all prompts or of one, or prompt by prompt. */
export function DistributionSection(parts: RunParts & { samples: Loaded<Sample[] | null> }) {
  return (
    <section class="section" id="distributions" aria-labelledby="distributions-title">
      <h2 id="distributions-title">Distributions</h2>
      <SamplesNeeded samples={parts.samples}>
        {(samples) => <Distributions {...parts} all={samples} />}
      </SamplesNeeded>
    </section>
  );
}

function Distributions({ loaded: { run }, query, changeQuery, all }: RunParts & { all: readonly Sample[] }) {
  const metric = readMetric(query);
  const scale = query.scale === 'log' ? 'log' : 'linear';
  const grouping = readGrouping(query, run);
  const names = nameGroups(run);
  const groups = groupReadings(all, metric, grouping, names);
  const { name, direction } = metricDefinitions[metric];
  const drawing = `${metric} ${scale} ${JSON.stringify(grouping)}`;
  const of = grouping.by === 'model' ? 'by model' : 'by prompt';
  // The first models stand for all; a few of many prompts would stand for nothing.
  const lines = grouping.by === 'model' || groups.length <= mostLines ? groups.slice(0, mostLines) : [];
  return (
    <>
      <div class="choices no-print">
        <Choice
          label="Metric"
          value={metric}
          options={metricIds.map((id) => [id, metricDefinitions[id].name])}
          onChange={(it) => changeQuery({ metric: it }, true)}
        />
        <Choice
          label="Of"
          value={grouping.by === 'model' ? (grouping.prompt ?? '') : `by:${grouping.variant}`}
          options={[
            ['', 'all models, all prompts'],
            ...names.prompts.map((it) => [it.key, `all models, ${it.name}`] as const),
            ...names.variants.map((it) => [`by:${it.key}`, `${it.name}, prompt by prompt`] as const),
          ]}
          onChange={(it) => changeQuery({ of: it }, true)}
        />
        <Choice
          label="Scale"
          value={scale}
          options={[
            ['linear', 'linear'],
            ['log', 'logarithmic'],
          ]}
          onChange={(it) => changeQuery({ scale: it === 'log' ? 'log' : '' }, true)}
        />
      </div>
      {groups.length === 0 ? (
        <p class="muted small">
          There is no reading of {name} here: choose another metric, or other models and prompts.
        </p>
      ) : (
        <>
          <div class="two-columns">
            {lines.length > 0 && (
              <figure class="card chart">
                <figcaption>
                  <strong>{name}</strong>{' '}
                  <span class="muted small">share of readings up to a value; {direction} is better</span>
                </figcaption>
                <ChartBox
                  label={`Cumulative distribution of ${name} ${of}. The table below has its numbers.`}
                  heightPx={280}
                  drawing={drawing}
                  draw={(canvas, charts) => charts.drawSteps(canvas, lines, { metric, scale })}
                />
                <LineLegend names={lines.map((it) => it.name)} />
              </figure>
            )}
            <figure class={lines.length > 0 ? 'card chart' : 'card chart wide'}>
              <figcaption>
                <strong>{name}</strong>{' '}
                <span class="muted small">
                  box: middle half and median; whiskers: up to 1.5 times the box; points: beyond
                </span>
              </figcaption>
              <ChartBox
                label={`Box plot of ${name} ${of}. The table below has its numbers.`}
                heightPx={Math.max(280, 60 + 24 * groups.length)}
                drawing={drawing}
                draw={(canvas, charts) => charts.drawBoxes(canvas, groups, { metric, scale })}
              />
            </figure>
          </div>
          <TableBox label={`${name} ${of}`} tall>
            <thead>
              <tr>
                <th scope="col">{grouping.by === 'model' ? 'Model' : 'Prompt'}</th>
                <ColumnHeads names={groupColumns} isNumber />
              </tr>
            </thead>
            <tbody>
              {describeGroups(groups, metric).map((row) => (
                <tr key={row.key}>
                  <th scope="row">
                    {grouping.by === 'model' ? <span class="tag">{row.name}</span> : row.name}
                  </th>
                  <NumberCells cells={row.cells} />
                </tr>
              ))}
            </tbody>
          </TableBox>
          <p class="small muted">
            Timed samples that count, one request at a time.{' '}
            {lines.length < groups.length &&
              (lines.length === 0
                ? 'Lines are drawn of models, all together or on one prompt. '
                : `Lines are drawn of the first ${formatQuantity(mostLines, 'model')}. `)}
            Times are kept to half a per mille.
          </p>
        </>
      )}
    </>
  );
}

export function readMetric(query: Query): MetricId {
  return metricIds.find((id) => id === query.metric) ?? 'ttftMs';
}

function readGrouping({ of = '' }: Query, run: Run): Grouping {
  const variant = run.variants.find(({ key }) => of === `by:${key}`);
  if (variant !== undefined) return { by: 'prompt', variant: variant.key };
  const prompt = run.promptSet.prompts.find(({ id }) => id === of);
  return { by: 'model', prompt: prompt?.id ?? null };
}

/** Models by their tags; two of one tag, by their options as well, are told apart by their keys. */
export function nameGroups({ variants, promptSet }: Run) {
  const isTwice = (name: string) => variants.filter((it) => it.name === name).length > 1;
  return {
    variants: variants.map(({ key, name }) => ({ key, name: isTwice(name) ? key : name })),
    prompts: promptSet.prompts.map(({ id, title }) => ({ key: id, name: title })),
  };
}
