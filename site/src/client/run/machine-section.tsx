import { inputPath, runPath, samplesPath } from '../../../../src/core/history/layout.ts';
import type { Calibration } from '../../../../src/schema/calibration.ts';
import type { TelemetrySummary } from '../../../../src/schema/telemetry.ts';
import { links } from '../../view/href.ts';
import {
  describeCalibration,
  describeCapacity,
  describeTelemetry,
  explainTelemetry,
} from '../../view/machine-rows.ts';
import { describeEnvironment, describeSource } from '../../view/run-facts.ts';
import { linkSource } from '../../view/run-links.ts';
import type { LoadedRun } from '../history/load-run.ts';
import { Facts } from '../ui/facts.tsx';
import { ColumnHeads, NumberCells, TableBox } from '../ui/table-box.tsx';

/** The machine and what it did, how the run was measured, and its files. */
export function MachineSection({ loaded, hasSamples }: { loaded: LoadedRun; hasSamples: boolean }) {
  const { run, kept } = loaded;
  return (
    <section class="section" id="machine" aria-labelledby="machine-title">
      <h2 id="machine-title">Machine and files</h2>
      <div class="two-columns">
        <section class="card stack">
          <h3>Environment</h3>
          <Facts facts={describeEnvironment(run)} />
        </section>
        <section class="card stack">
          <h3>How it was measured</h3>
          <Facts facts={describeSource(run)} links={linkSource(run, kept.origin)} />
        </section>
        <section class="card stack">
          <h3>Telemetry</h3>
          <TelemetryTable telemetry={run.telemetry} />
        </section>
        <section class="card stack">
          <h3>The client’s own error</h3>
          <CalibrationTable calibration={run.calibration} />
        </section>
        <section class="card stack">
          <h3>Files</h3>
          <Files loaded={loaded} hasSamples={hasSamples} />
        </section>
      </div>
    </section>
  );
}

function Files({ loaded: { run, kept }, hasSamples }: { loaded: LoadedRun; hasSamples: boolean }) {
  const { config, promptSet, questions } = kept.inputs;
  const files: [string, string][] = [
    ['The run, JSON', runPath(run.id)],
    ...(hasSamples ? [['Its samples, JSON', samplesPath(run.id)] as [string, string]] : []),
    ...(promptSet === null ? [] : [['Prompt set', inputPath(promptSet)] as [string, string]]),
    ...(config === null ? [] : [['Config', inputPath(config)] as [string, string]]),
    ['Which requests its columns are of', inputPath(questions)],
  ];
  return (
    <>
      <ul class="files">
        {files.map(([name, path]) => (
          <li key={path}>
            <a class="button" href={links.data(path)} download>
              {name}
            </a>
          </li>
        ))}
      </ul>
      <p class="small muted">
        The first two are packed with gzip. Answers are linked from the table of series; schemas of all files
        are in <code>data/schema/</code>.
      </p>
    </>
  );
}

/** What the machine did while it measured. */
function TelemetryTable({ telemetry }: { telemetry: TelemetrySummary | null }) {
  if (telemetry === null || telemetry.readings === 0) {
    return (
      <p class="small muted">
        {telemetry === null
          ? 'The machine was not watched in this run.'
          : 'The run was over before the first reading of the machine.'}{' '}
        <code>telemetry: true</code>, which is the default, samples its load, memory, power, clocks and
        temperature.
      </p>
    );
  }
  return (
    <>
      <TableBox label="Telemetry">
        <thead>
          <tr>
            <td />
            <ColumnHeads names={['Lowest', 'Median', 'Highest']} isNumber />
          </tr>
        </thead>
        {describeTelemetry(telemetry).map(({ title, rows }) => (
          <tbody key={title}>
            <tr>
              <th class="group" scope="rowgroup" colSpan={4}>
                {title}
              </th>
            </tr>
            {rows.map(({ name, values }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {values.length === 1 ? (
                  <td colSpan={3} class={values[0] === 'unknown' ? 'one muted' : 'one'}>
                    {values[0]}
                  </td>
                ) : (
                  <NumberCells cells={values} />
                )}
              </tr>
            ))}
          </tbody>
        ))}
      </TableBox>
      <p class="small muted">{explainTelemetry(telemetry)}</p>
    </>
  );
}

/** How wrong Herdmark's client is on this machine, beside a bare socket reader. */
function CalibrationTable({ calibration }: { calibration: Calibration | null }) {
  if (calibration === null) {
    return (
      <p class="small muted">
        The client’s own error was not measured for this run. <code>calibrate: true</code>, which is the
        default, measures it before a machine’s first run with a version.
      </p>
    );
  }
  return (
    <>
      <TableBox label="The client’s own error">
        <thead class="two-rows">
          <tr>
            <td />
            <th colSpan={2} scope="colgroup">
              Herdmark
            </th>
            <th colSpan={2} scope="colgroup">
              Raw reader
            </th>
          </tr>
          <tr>
            <th scope="col">Error of</th>
            <ColumnHeads names={['p50', 'p99', 'p50', 'p99']} isNumber />
          </tr>
        </thead>
        <tbody>
          {describeCalibration(calibration).map(({ name, values }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <NumberCells cells={values} />
            </tr>
          ))}
        </tbody>
      </TableBox>
      <Facts facts={describeCapacity(calibration)} />
      <p class="small muted">
        Reported minus true, against a server of known timing; of gaps, how far the two are apart. The raw
        reader is a bare socket in the same run: what its error has as well is the machine’s.
      </p>
    </>
  );
}
