import { useState } from 'preact/hooks';
import { formatTime, missing } from '../../../../src/core/render/format.ts';
import { describeDesign, describeMethod } from '../../../../src/core/render/verdict-facts.ts';
import { formatPlainPercent } from '../../../../src/core/render/verdict-format.ts';
import { describeOutcome } from '../../../../src/core/render/verdict-headline.ts';
import { measureSizes } from '../../../../src/core/render/verdict-outcome.ts';
import { listCircumstances } from '../../../../src/core/render/verdict-trouble.ts';
import { defineWords, textWords } from '../../../../src/core/render/verdict-words.ts';
import type { Verdict } from '../../../../src/schema/verdict.ts';
import { links } from '../../view/href.ts';
import { WordBadge } from '../ui/badges.tsx';
import { Sentence } from '../ui/sentence.tsx';
import { ColumnHeads, TableBox } from '../ui/table-box.tsx';
import { ModelName, ModelReport } from './model-report.tsx';
import type { Outcome } from './protocol.ts';
import { TroubleList } from './trouble-list.tsx';

/** Of more models only the numbers are unfolded, and nothing of those without news. */
const mostUnfolded = 2;

/** Everything that a comparison found: what came out first, then model by model, then how to read it. */
export function VerdictReport({ outcome }: { outcome: Outcome }) {
  const { verdict, changed, notes } = outcome;
  const found = describeOutcome([verdict]);
  return (
    <>
      <section class="section verdict" aria-labelledby="verdict-title">
        <div class="section-head">
          <h2 id="verdict-title">{found.charAt(0).toUpperCase() + found.slice(1)}</h2>
          <CopyButton markdown={outcome.markdown} />
        </div>
        <p>
          On {verdict.machine.label} <code class="muted">{verdict.machine.id}</code>.{' '}
          <Sentence text={describeDesign(verdict)} />.
        </p>
        <TroubleList troubles={listCircumstances(verdict)} />
        {notes.map((note) => (
          <p key={note} class="small muted">
            {note}
          </p>
        ))}
        {verdict.models.length > 1 && <Overview verdict={verdict} />}
      </section>
      {verdict.models.map((model, index) => (
        <ModelReport
          key={`${model.base.key} ${model.head.key}`}
          verdict={verdict}
          model={model}
          changed={changed[index] ?? []}
          anchor={`model-${index + 1}`}
          isOneOfMany={verdict.models.length > mostUnfolded}
        />
      ))}
      <HowToRead verdict={verdict} />
    </>
  );
}

function Overview({ verdict }: { verdict: Verdict }) {
  return (
    <TableBox label="All comparisons">
      <thead>
        <tr>
          <ColumnHeads names={['Model', 'Speed', 'Checks', 'Answers', 'Memory']} />
        </tr>
      </thead>
      <tbody>
        {verdict.models.map((model, index) => {
          const { speed, quality, text } = model.joint;
          const sizes = measureSizes(model, verdict.settings.floor);
          const checks = [sizes.requests, sizes.checks].filter((it) => it !== null).join('; ');
          return (
            <tr key={`${model.base.key} ${model.head.key}`}>
              <th scope="row">
                <a href={`#model-${index + 1}`}>
                  <ModelName model={model} />
                </a>
              </th>
              <td>
                <WordBadge word={speed} /> {sizes.speed}
              </td>
              <td>
                <WordBadge word={quality} /> {checks}
              </td>
              <td>
                <WordBadge word={text} /> {sizes.answers}
              </td>
              <td>{sizes.memory ?? (model.joint.memory === null ? missing : 'as before')}</td>
            </tr>
          );
        })}
      </tbody>
    </TableBox>
  );
}

function CopyButton({ markdown }: { markdown: string }) {
  const [said, setSaid] = useState('');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(markdown);
      setSaid('Copied.');
    } catch (error) {
      console.debug('The clipboard cannot be written to', error);
      setSaid('The browser does not let pages copy here: select the text below.');
    }
  };
  return (
    <div class="copy no-print">
      <button type="button" class="button" onClick={() => void copy()}>
        Copy as Markdown
      </button>{' '}
      <span class="small muted" role="status">
        {said}
      </span>
      {said.startsWith('The browser') && (
        <textarea class="small" readOnly rows={8} aria-label="The verdict as Markdown" value={markdown} />
      )}
    </div>
  );
}

/** What the words mean with these settings, and what was compared. */
function HowToRead({ verdict }: { verdict: Verdict }) {
  const { settings, base, head } = verdict;
  const side = ({ runs, startedAt, source }: Verdict['base']) => (
    <>
      {runs.map((run, index) => (
        <span key={run}>
          {index > 0 && ', '}
          <a href={links.run(run)}>
            <code>{run}</code>
          </a>
        </span>
      ))}
      , {formatTime(startedAt)}
      {source.sha !== null && (
        <>
          , commit <code>{source.sha.slice(0, 12)}</code>
        </>
      )}
    </>
  );
  return (
    <section class="section" aria-labelledby="how-title">
      <h2 id="how-title">How to read this</h2>
      <dl class="facts">
        <dt>Base</dt>
        <dd>{side(base)}</dd>
        <dt>Head</dt>
        <dd>{side(head)}</dd>
        <dt>Judged</dt>
        <dd>{describeMethod(verdict).join(' ')}</dd>
        <dt>Checks</dt>
        <dd>α {formatPlainPercent(settings.qualityAlpha)} of their own, over all models.</dd>
        <dt>Detail</dt>
        <dd>
          At most {formatPlainPercent(settings.falseDiscoveryRate)} false among the prompts and answers that
          are named.
        </dd>
      </dl>
      <div class="two-columns">
        <section class="card stack">
          <h3>Speed and checks have one of five words</h3>
          <dl class="facts">
            {defineWords(settings).map(({ word, meaning }) => (
              <WordMeaning key={word} word={word} meaning={meaning} />
            ))}
          </dl>
        </section>
        <section class="card stack">
          <h3>Answers have words of their own</h3>
          <dl class="facts">
            {textWords.map(({ word, meaning }) => (
              <WordMeaning key={word} word={word} meaning={meaning} />
            ))}
          </dl>
        </section>
      </div>
      <p class="small muted">
        <a href={links.methodology()}>How Herdmark measures and judges</a>
      </p>
    </section>
  );
}

function WordMeaning({ word, meaning }: { word: Parameters<typeof WordBadge>[0]['word']; meaning: string }) {
  return (
    <>
      <dt>
        <WordBadge word={word} />
      </dt>
      <dd>{meaning}</dd>
    </>
  );
}
