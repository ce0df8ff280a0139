import { isCompared } from '../../../../src/core/compare/pair-samples.ts';
import { measure, metricDefinitions } from '../../../../src/core/metrics.ts';
import { formatCount, formatQuantity } from '../../../../src/core/render/format.ts';
import { formatChange } from '../../../../src/core/render/verdict-format.ts';
import type { MetricId } from '../../../../src/schema/run.ts';
import type { Sample } from '../../../../src/schema/sample.ts';
import { describeLoads } from '../../view/readings.ts';
import { describeSample, filterSamples, sampleMetrics } from '../../view/sample-rows.ts';
import { FlagName } from '../ui/badges.tsx';
import { Choice } from '../ui/choice.tsx';
import { PointLegend } from '../ui/legend.tsx';
import { NumberCells, TableBox } from '../ui/table-box.tsx';
import { Unfold } from '../ui/unfold.tsx';
import type { Loaded } from '../ui/use-loaded.ts';
import { ChartBox } from './chart-box.tsx';
import type { OrderedGroup } from './charts.ts';
import { nameGroups, readMetric } from './distribution-section.tsx';
import type { RunParts } from './run-report.tsx';
import { SamplesNeeded } from './samples-needed.tsx';

/** More rows would be slow, and are in the file. */
const mostRows = 200;
const mostSeries = 8;

/** The requests of a run in the order in which they went: whether it drifted, and each of them. */
export function SampleSection(parts: RunParts & { samples: Loaded<Sample[] | null> }) {
  return (
    <section class="section" id="samples" aria-labelledby="samples-title">
      <h2 id="samples-title">Samples in order</h2>
      <SamplesNeeded samples={parts.samples}>
        {(samples) => (
          <>
            <Drift {...parts} all={samples} />
            <SampleTable {...parts} all={samples} />
          </>
        )}
      </SamplesNeeded>
    </section>
  );
}

function Drift({ loaded: { run }, query, all }: RunParts & { all: readonly Sample[] }) {
  const metric = readMetric(query);
  const scale = query.scale === 'log' ? 'log' : 'linear';
  const { variants } = nameGroups(run);
  const { loads, rows } = describeLoads(all, metric, variants);
  const { name } = metricDefinitions[metric];
  const groups = orderPoints(all, metric, variants.slice(0, mostSeries));
  if (groups.length === 0)
    return <p class="muted small">There is no reading of {name}: choose another metric above.</p>;
  return (
    <>
      <figure class="card chart">
        <figcaption>
          <strong>{name}</strong>{' '}
          <span class="muted small">
            of each timed request; a line where a load began. A slope is a machine that warms up, or a model
            that slows down.
          </span>
        </figcaption>
        <ChartBox
          label={`${name} of each request in order. The table below has the medians by load.`}
          heightPx={280}
          drawing={`${metric} ${scale}`}
          draw={(canvas, charts) => charts.drawOrder(canvas, groups, findStarts(all), { metric, scale })}
        />
        <PointLegend names={groups.map((it) => it.name)} />
        {variants.length > mostSeries && (
          <p class="small muted">The first {formatCount(mostSeries)} models are drawn; the table has all.</p>
        )}
      </figure>
      <TableBox label={`Median ${name} by load`}>
        <thead>
          <tr>
            <th scope="col">Median {name}</th>
            {loads.map((load) => (
              <th key={load} scope="col" class="number">
                Load {load + 1}
              </th>
            ))}
            <th scope="col" class="number">
              Last against first
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name: model, medians, change }) => (
            <tr key={key}>
              <th scope="row">
                <span class="tag">{model}</span>
              </th>
              <NumberCells cells={medians} />
              <td class="number">{formatChange(change)}</td>
            </tr>
          ))}
        </tbody>
      </TableBox>
    </>
  );
}

function orderPoints(
  samples: readonly Sample[],
  metric: MetricId,
  variants: readonly { key: string; name: string }[],
): OrderedGroup[] {
  return variants
    .map(({ key, name }, series) => ({
      ...{ name, series },
      points: samples
        .filter((it) => it.variant === key && isCompared(it))
        .flatMap((sample) => {
          const y = measure(metric, sample);
          const label = `${sample.prompt ?? ''}, load ${sample.block + 1}`;
          return y === null ? [] : [{ x: sample.order, y, label }];
        }),
    }))
    .filter(({ points }) => points.length > 0);
}

/** Where in the plan each load of a model began. */
function findStarts(samples: readonly Sample[]): number[] {
  const starts = new Map<string, number>();
  for (const { variant, block, order } of samples) {
    const key = `${variant}/${block}`;
    starts.set(key, Math.min(starts.get(key) ?? order, order));
  }
  return [...starts.values()];
}

function SampleTable({ loaded: { run }, query, changeQuery, all }: RunParts & { all: readonly Sample[] }) {
  const { variants, prompts } = nameGroups(run);
  const only = query.only === 'remarked' ? 'remarked' : 'all';
  const filter = { variant: query.model ?? null, prompt: query.prompt ?? null, only } as const;
  const found = filterSamples(all, filter);
  const names = new Map(variants.map(({ key, name }) => [key, name]));
  const titles = new Map(prompts.map(({ key, name }) => [key, name]));
  return (
    <Unfold
      summary="Each sample"
      isOpen={filter.variant !== null || filter.prompt !== null || only === 'remarked'}
    >
      {() => (
        <div class="unfolded">
          <div class="choices no-print">
            <Choice
              label="Model"
              value={filter.variant ?? ''}
              options={[['', 'all'], ...variants.map(({ key, name }) => [key, name] as const)]}
              onChange={(model) => changeQuery({ model }, true)}
            />
            <Choice
              label="Prompt"
              value={filter.prompt ?? ''}
              options={[['', 'all'], ...prompts.map(({ key, name }) => [key, name] as const)]}
              onChange={(prompt) => changeQuery({ prompt }, true)}
            />
            <Choice
              label="Samples"
              value={only}
              options={[
                ['all', 'all'],
                ['remarked', 'failed, invalid or flagged'],
              ]}
              onChange={(it) => changeQuery({ only: it === 'all' ? '' : it }, true)}
            />
            <span class="small muted" role="status">
              {found.length > mostRows
                ? `The first ${formatCount(mostRows)} of ${formatQuantity(found.length, 'sample')}; the file has all`
                : formatQuantity(found.length, 'sample')}
            </span>
          </div>
          {found.length === 0 ? (
            <p class="muted small">No sample is like that: choose other models, prompts or samples.</p>
          ) : (
            <TableBox label="Samples" tall>
              <thead>
                <tr>
                  <th scope="col" class="number">
                    Position
                  </th>
                  <th scope="col">Model</th>
                  <th scope="col">Prompt</th>
                  <th scope="col">When</th>
                  <th scope="col">Requests</th>
                  <th scope="col">Status</th>
                  {sampleMetrics.map((metric) => (
                    <th key={metric} scope="col" class="number">
                      {metricDefinitions[metric].name}
                    </th>
                  ))}
                  <th scope="col" class="number">
                    Output tokens
                  </th>
                  <th scope="col">Remarks</th>
                </tr>
              </thead>
              <tbody>
                {found.slice(0, mostRows).map((sample) => {
                  const row = describeSample(sample);
                  return (
                    <tr key={row.id}>
                      <td class="number">{formatCount(row.order)}</td>
                      <td>
                        <span class="tag">{names.get(row.variant) ?? row.variant}</span>
                      </td>
                      <td>{titles.get(row.prompt) ?? row.prompt}</td>
                      <td class="nowrap">{row.when}</td>
                      <td class="nowrap">{row.shape}</td>
                      <td>
                        <span class={`badge ${row.status === 'ok' ? '' : 'worse'}`}>{row.status}</span>
                      </td>
                      <NumberCells cells={row.values} />
                      <td class="number">{row.tokens}</td>
                      <td class="why">
                        {row.remarks.map(({ code, reason, isBad }, index) => (
                          <p key={index}>
                            <FlagName code={code} tone={isBad ? 'worse' : 'mark'} /> {reason}
                          </p>
                        ))}
                      </td>
                    </tr>
                  );
                })}
              </tbody>
            </TableBox>
          )}
        </div>
      )}
    </Unfold>
  );
}
