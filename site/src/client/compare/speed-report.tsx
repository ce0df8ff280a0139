import { headlineNames } from '../../../../src/core/compare/joint-line.ts';
import { formatShare, missing } from '../../../../src/core/render/format.ts';
import { chooseSpan } from '../../../../src/core/render/interval-layout.ts';
import { describeBasis } from '../../../../src/core/render/verdict-facts.ts';
import {
  formatChange,
  formatPlainPercent,
  formatProbability,
  formatRoughChange,
} from '../../../../src/core/render/verdict-format.ts';
import { arrangePrompts, compareToBase } from '../../../../src/core/render/verdict-prompts.ts';
import {
  describeMetric,
  describeTail,
  nameHeadline,
  tailColumns,
} from '../../../../src/core/render/verdict-rows.ts';
import type { ModelVerdict, PromptVerdict, Verdict } from '../../../../src/schema/verdict.ts';
import { WordBadge } from '../ui/badges.tsx';
import { ColumnHeads, TableBox } from '../ui/table-box.tsx';
import { IntervalBar } from './interval-bar.tsx';

interface Props {
  verdict: Verdict;
  model: ModelVerdict;
}

/** How fast a model is: the headline metrics, what they rest on, prompt by prompt, and the tails. */
export function SpeedReport({ verdict, model, isOneOfMany }: Props & { isOneOfMany: boolean }) {
  const { metrics, tails } = model;
  return (
    <>
      <h4>Speed</h4>
      {metrics.length === 0 ? (
        <p class="small">There is no metric that both sides have.</p>
      ) : (
        <MetricTable verdict={verdict} model={model} />
      )}
      <ul class="bullets">
        {describeBasis(verdict, model).map((it) => (
          <li key={it}>{it}</li>
        ))}
      </ul>
      <PromptTable verdict={verdict} model={model} isOneOfMany={isOneOfMany} />
      {tails.length > 0 && (
        <details>
          <summary>Tails: described, never judged</summary>
          <div class="unfolded">
            <TableBox label="Tails">
              <thead>
                <tr>
                  <ColumnHeads names={tailColumns} />
                </tr>
              </thead>
              <tbody>
                {tails.map(describeTail).map(([name, ...cells]) => (
                  <tr key={name}>
                    <th scope="row">{name}</th>
                    {cells.map((cell, index) => (
                      <td key={index}>{cell}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </TableBox>
            <p class="small muted">
              Base → head, over all valid readings. A percentile is shown where there are enough readings to
              bound it.
            </p>
          </div>
        </details>
      )}
    </>
  );
}

function MetricTable({ verdict: { settings }, model: { metrics, tails } }: Props) {
  const { floor } = settings;
  const span = chooseSpan(metrics, floor);
  return (
    <>
      <TableBox label="Speed, metric by metric">
        <thead>
          <tr>
            <th scope="col">Metric</th>
            <th scope="col">Verdict</th>
            <th scope="col">Change</th>
            <th scope="col">
              <span class="axis">
                <span>{formatRoughChange(-span)}</span>
                <span>0</span>
                <span>{formatRoughChange(span)}</span>
              </span>
            </th>
            <th scope="col">Range</th>
            <th scope="col">Base</th>
            <th scope="col">Head</th>
            <th scope="col">Adjusted p</th>
          </tr>
        </thead>
        <tbody>
          {metrics.map((metric) => {
            const row = describeMetric(metric, tails);
            return (
              <tr key={metric.metric} data-metric={metric.metric}>
                <th scope="row">{row.metric}</th>
                <td>
                  <WordBadge word={row.word} />
                  {row.detectable !== null && <span class="muted detectable">{row.detectable}</span>}
                </td>
                <td class="nowrap">
                  <strong>{row.change}</strong>
                </td>
                <td>
                  <IntervalBar metric={metric} span={span} floor={floor} />
                </td>
                <td class="nowrap">{row.interval ?? missing}</td>
                <td class="nowrap">{row.base}</td>
                <td class="nowrap">{row.head}</td>
                <td>{formatProbability(metric.adjustedPValue)}</td>
              </tr>
            );
          })}
        </tbody>
      </TableBox>
      <p class="small muted">
        Base and head are medians; the change is of pairs, prompt by prompt, and not their quotient. The band
        is the floor: no change within it is named.
        {metrics.some(({ metric }) => metric === 'matchedE2eMs') &&
          ` ${headlineNames.matchedE2eMs} is how long head takes for an answer as long as base’s: computed pair by pair, it has no median.`}
      </p>
    </>
  );
}

/** The change of each prompt on each metric, what stands out first: for who looks for the cause. */
function PromptTable({
  verdict: { settings },
  model: { promptDetail },
  isOneOfMany,
}: Props & { isOneOfMany: boolean }) {
  if (promptDetail.length === 0) return null;
  const { metrics, rows, outstanding } = arrangePrompts(promptDetail);
  return (
    <details open={outstanding > 0 && !isOneOfMany}>
      <summary>
        Prompt by prompt: {formatShare(outstanding, promptDetail.length)} readings changed otherwise than the
        rest
      </summary>
      <div class="unfolded">
        <TableBox label="Prompt by prompt" tall>
          <thead>
            <tr>
              <th scope="col">Prompt</th>
              {metrics.map((metric) => (
                <th key={metric} scope="col">
                  {nameHeadline(metric)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ prompt, cells }) => (
              <tr key={prompt}>
                <th scope="row">
                  <code>{prompt}</code>
                </th>
                {cells.map((cell, index) => (
                  <td key={index}>
                    <PromptChange detail={cell} floor={settings.floor} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </TableBox>
        <p class="small muted">
          Marked is what changed otherwise than all prompts did on that metric, beyond chance and by at least
          the floor; of what is marked, {formatPlainPercent(settings.falseDiscoveryRate)} at most are expected
          to be false. Never an alarm.
        </p>
      </div>
    </details>
  );
}

function PromptChange({ detail, floor }: { detail: PromptVerdict | null; floor: number }) {
  if (detail === null) return <>{missing}</>;
  const { change, standsOut } = detail;
  if (!standsOut) return <>{formatChange(change)}</>;
  const word = compareToBase(detail, floor);
  return (
    <span class={`badge ${word === 'as before' ? 'mark' : word}`}>
      {formatChange(change)} {word}
    </span>
  );
}
