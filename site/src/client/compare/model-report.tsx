import { formatQuantity } from '../../../../src/core/render/format.ts';
import type { ChangedAnswer } from '../../../../src/core/render/verdict-answers.ts';
import { listCheckChanges } from '../../../../src/core/render/verdict-facts.ts';
import { measureSizes } from '../../../../src/core/render/verdict-outcome.ts';
import { describeMemory } from '../../../../src/core/render/verdict-rows.ts';
import { describeSides, nameSides } from '../../../../src/core/render/verdict-sides.ts';
import { listLosses } from '../../../../src/core/render/verdict-trouble.ts';
import { isQuiet } from '../../../../src/core/render/verdict-words.ts';
import type { ModelVerdict, Verdict } from '../../../../src/schema/verdict.ts';
import { WordBadge } from '../ui/badges.tsx';
import { TableBox } from '../ui/table-box.tsx';
import { AnswerReport } from './answer-report.tsx';
import { CheckReport } from './check-report.tsx';
import { SpeedReport } from './speed-report.tsx';
import { TroubleList } from './trouble-list.tsx';

interface Props {
  verdict: Verdict;
  model: ModelVerdict;
  changed: readonly ChangedAnswer[];
  anchor: string;
  isOneOfMany: boolean;
}

/** Everything that a verdict has on one model. */
export function ModelReport({ verdict, model, changed, anchor, isOneOfMany }: Props) {
  const { joint, reasons } = model;
  const sizes = measureSizes(model, verdict.settings.floor);
  const losses = listLosses(model);
  const worse = listCheckChanges(model.quality).filter(({ isBetter }) => !isBetter);
  return (
    <article class="card model-verdict" id={anchor} aria-labelledby={`${anchor}-name`}>
      <h3 id={`${anchor}-name`}>
        <ModelName model={model} />
      </h3>
      <p class="words small muted">
        <span>
          speed <WordBadge word={joint.speed} /> {sizes.speed}
        </span>
        <span>
          checks <WordBadge word={joint.quality} /> {sizes.checks}
        </span>
        <span>
          answers <WordBadge word={joint.text} /> {sizes.answers}
        </span>
        {sizes.memory !== null && (
          <span>
            memory <span class="badge mark">{sizes.memory}</span>
          </span>
        )}
      </p>
      {losses.length > 0 && (
        <>
          <h4>What came to nothing</h4>
          <TroubleList troubles={losses} />
        </>
      )}
      {worse.length > 0 && (
        <>
          <h4>Checks that pass less often than before</h4>
          <ul class="bullets">
            {worse.map(({ prompt, label, passed }) => (
              <li key={`${prompt} ${label}`}>
                <code>{prompt}</code> {label}: {passed}
              </li>
            ))}
          </ul>
        </>
      )}
      {reasons.length > 0 && (
        <>
          <h4>Why the two cannot be compared</h4>
          <ul class="bullets">
            {reasons.map(({ code, reason }) => (
              <li key={code}>
                <code>{code}</code> {reason}
              </li>
            ))}
          </ul>
        </>
      )}
      {isOneOfMany && isQuiet(model) ? (
        <details>
          <summary>All numbers</summary>
          <div class="unfolded">
            <Numbers verdict={verdict} model={model} changed={changed} isOneOfMany />
          </div>
        </details>
      ) : (
        <Numbers verdict={verdict} model={model} changed={changed} isOneOfMany={isOneOfMany} />
      )}
    </article>
  );
}

function Numbers({ verdict, model, changed, isOneOfMany }: Omit<Props, 'anchor'>) {
  const { reasons, leftOut } = model;
  return (
    <>
      {reasons.length === 0 && (
        <>
          <SpeedReport verdict={verdict} model={model} isOneOfMany={isOneOfMany} />
          <CheckReport model={model} />
          <AnswerReport model={model} changed={changed} />
        </>
      )}
      <Treatment model={model} />
      {leftOut.length > 0 && (
        <details>
          <summary>{formatQuantity(leftOut.length, 'prompt')} left out</summary>
          <ul class="bullets">
            {leftOut.map(({ prompt, reason }) => (
              <li key={prompt}>
                <code>{prompt}</code> {reason}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

/** Both tags, or of one tag what was changed of it. */
export function ModelName({ model }: { model: Pick<ModelVerdict, 'base' | 'head'> }) {
  const { from, to, changes } = nameSides(model);
  return (
    <span class="tag">
      {from}
      {to !== null && ` → ${to}`}
      {changes.length > 0 && `: ${changes.join(', ')}`}
    </span>
  );
}

/** What the two sides are; what differs is the treatment. */
function Treatment({ model }: { model: ModelVerdict }) {
  const { treatment, memory } = model;
  return (
    <>
      <h4>What was changed</h4>
      {treatment.length === 0 ? (
        <p class="small">Nothing: the same model was measured twice.</p>
      ) : (
        <ul class="bullets">
          {treatment.map((it) => (
            <li key={it}>{it}</li>
          ))}
        </ul>
      )}
      <p class="small">{describeMemory(memory) ?? 'Memory: not known'}.</p>
      <details>
        <summary>Both sides as they were asked</summary>
        <TableBox label="Both sides">
          <thead>
            <tr>
              <th scope="col">Of the model</th>
              <th scope="col">Base</th>
              <th scope="col">Head</th>
            </tr>
          </thead>
          <tbody>
            {describeSides(model).map(({ name, base, head, isSame }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{base}</td>
                <td>{isSame ? head : <strong>{head}</strong>}</td>
              </tr>
            ))}
          </tbody>
        </TableBox>
      </details>
    </>
  );
}
