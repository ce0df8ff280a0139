import { formatQuantity } from '../../../../src/core/render/format.ts';
import { groupUnsupported } from '../../../../src/core/render/model-notes.ts';
import type { Run, Variant } from '../../../../src/schema/run.ts';
import type { Sample } from '../../../../src/schema/sample.ts';
import { links } from '../../view/href.ts';
import { listNotes } from '../../view/notes.ts';
import {
  compareVariants,
  describeDistributions,
  describeIdentity,
  describeOutcome,
  explainLoads,
} from '../../view/variant-facts.ts';
import { loadModelPages } from '../history/model-pages.ts';
import { Facts } from '../ui/facts.tsx';
import { TableBox } from '../ui/table-box.tsx';
import { Unfold } from '../ui/unfold.tsx';
import { type Loaded, useLoaded } from '../ui/use-loaded.ts';
import { DistributionTable } from './distribution-table.tsx';
import { NoteTable } from './note-table.tsx';
import type { RunParts } from './run-report.tsx';

/** The models of a run: side by side, then each with everything that was measured of it, and what is said against it. */
export function ModelSection({ loaded, samples }: RunParts & { samples: Loaded<Sample[] | null> }) {
  const { run } = loaded;
  const pages = useLoaded('pages', () => loadModelPages(links.data('')));
  const slugs = pages.state === 'done' ? pages.value : new Map<string, string>();
  const explained = new Set(run.variants.flatMap((variant) => explainLoads(variant) ?? []));
  return (
    <>
      <section class="section" id="models" aria-labelledby="models-title">
        <h2 id="models-title">Models</h2>
        <ModelTable variants={run.variants} slugs={slugs} />
        <p class="small muted">
          Speed is of one request at a time. What no model has is left out.{' '}
          {[...explained].map((it) => ` ${it}`)}
        </p>
        <NotAsked run={run} />
        {run.variants.map((variant) => (
          <Unfold
            key={variant.key}
            summary={
              <>
                Everything measured of <span class="tag">{variant.name}</span>
              </>
            }
          >
            {() => (
              <div class="unfolded">
                <DistributionTable
                  groups={describeDistributions(variant)}
                  label={`Everything measured of ${variant.name}`}
                  set={run.promptSet.id}
                />
                <div class="two-columns">
                  <Facts facts={describeIdentity(variant)} />
                  <Facts facts={describeOutcome(variant)} />
                </div>
              </div>
            )}
          </Unfold>
        ))}
      </section>
      <section class="section" id="flags" aria-labelledby="flags-title">
        <div class="section-head">
          <h2 id="flags-title">Flags</h2>
          <a class="small" href={links.methodology('flags')}>
            What each flag means
          </a>
        </div>
        <NoteTable
          rows={listNotes(run.variants)}
          invalid={run.counts.invalid}
          samples={samples.state === 'done' ? samples.value : null}
        />
      </section>
    </>
  );
}

function ModelTable({
  variants,
  slugs,
}: {
  variants: readonly Variant[];
  slugs: ReadonlyMap<string, string>;
}) {
  const { rows, same } = compareVariants(variants);
  return (
    <>
      <TableBox label="Models of this run" wide>
        <thead>
          <tr>
            <td />
            {variants.map(({ key, name }) => {
              const slug = slugs.get(name);
              return (
                <th key={key} scope="col">
                  {slug === undefined ? (
                    <span class="tag">{name}</span>
                  ) : (
                    <a class="tag" href={links.model(slug)}>
                      {name}
                    </a>
                  )}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, values }) => (
            <tr key={name}>
              <th scope="row" class="muted">
                {name}
              </th>
              {values.map((value, index) => (
                <td key={index}>{value}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </TableBox>
      {same.length > 0 && (
        <>
          <p class="small muted">All of them alike:</p>
          <Facts facts={same} />
        </>
      )}
    </>
  );
}

/** Prompts that models were not asked, and why; nothing where all were asked everything. */
function NotAsked({ run: { variants, promptSet } }: { run: Run }) {
  const titles = new Map(promptSet.prompts.map(({ id, title }) => [id, title]));
  const groups = variants.flatMap((variant) =>
    groupUnsupported(variant).map((it) => ({ ...it, model: variant.name })),
  );
  return (
    <>
      {groups.map(({ reason, prompts, model }) => (
        <p key={`${model} ${reason}`} class="small">
          <span class="badge">not asked</span> <span class="tag">{model}</span>,{' '}
          {formatQuantity(prompts.length, 'prompt')}: {reason}{' '}
          {prompts.map((id, index) => (
            <span key={id}>
              {index > 0 && ', '}
              <a href={links.prompt(promptSet.id, id)}>{titles.get(id) ?? id}</a>
            </span>
          ))}
        </p>
      ))}
    </>
  );
}
