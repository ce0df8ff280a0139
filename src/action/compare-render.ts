import type { Link, RootContent } from 'mdast';
import type { CampaignComparison } from '../compare-folders.ts';
import { code, details, list, type Phrase, paragraph, renderMarkdown } from '../core/render/markdown.ts';
import { strong } from '../core/render/verdict-text.ts';
import { longestCheckSummary } from '../store/github/check-run.ts';
import { longestComment } from '../store/github/sticky-comment.ts';
import type { Gathered } from './compare-gather.ts';

/** Begins our comment, unseen, so that it is found again. */
export const commentMarker = '<!-- herdmark:compare -->';
/** In bytes: the platform drops a longer summary as a whole. */
const longestSummary = 1024 ** 2;

/** What stands around a comparison. */
export interface Surroundings {
  leftOut: Gathered['leftOut'];
  unchanged: Gathered['unchanged'];
  /** The commit that was measured; null where it is none of a pull request. */
  headSha: string | null;
  /** Where the report opens; null where it was not uploaded. */
  reportUrl: string | null;
  /** The page of the workflow run that measured. */
  runUrl: string | null;
}

const tooLong = paragraph('The comparison is too long to be shown here.');

/** The comment, without its marker: never longer than GitHub takes. */
export function renderComment(result: CampaignComparison | null, around: Surroundings): string {
  const most = longestComment - commentMarker.length - 1;
  return frame(result?.markdown ?? null, around, (text) => text.length <= most);
}

/** The comment once more, at the commit. */
export function renderCheckSummary(result: CampaignComparison | null, around: Surroundings): string {
  return frame(result?.markdown ?? null, around, (text) => text.length <= longestCheckSummary);
}

export function renderCompareSummary(result: CampaignComparison | null, around: Surroundings): string {
  const text = result?.summaryMarkdown ?? null;
  return frame(text, around, (framed) => Buffer.byteLength(framed) <= longestSummary);
}

/**
 * Markdown is not cut, as half a table or fence is none: what does not fit is in the report. The names and reasons of
 * what was left out, which are whoever's who uploaded it, give way to the verdict.
 */
function frame(markdown: string | null, around: Surroundings, fits: (text: string) => boolean): string {
  const rest = renderMarkdown(describeUnchanged(around, markdown !== null));
  const verdict = [markdown ?? renderMarkdown(renderNothing(around)), rest]
    .map((it) => it.trimEnd())
    .filter((it) => it !== '')
    .join('\n\n');
  const footer = renderFooter(around);
  const texts = [listLeftOut(around), countLeftOut(around)].map(
    (leftOut) => `${verdict}\n\n${renderMarkdown([...leftOut, ...footer])}`,
  );
  return texts.find(fits) ?? renderMarkdown([tooLong, ...footer]);
}

function renderNothing({ unchanged }: Surroundings): RootContent[] {
  if (unchanged.length > 0)
    return [paragraph(strong('No model was changed, so there was nothing to compare.'))];
  return [
    paragraph(strong('Nothing was compared.')),
    paragraph('No benchmark of this workflow run uploaded a run that measured two sides in turn.'),
  ];
}

/** What came and went where no model was changed: the verdict of another machine does not name it. */
function describeUnchanged({ unchanged }: Surroundings, hasVerdict: boolean): RootContent[] {
  const added = [...new Set(unchanged.flatMap((it) => it.added))];
  const removed = [...new Set(unchanged.flatMap((it) => it.removed))];
  const where = hasVerdict ? 'Where no model was changed: ' : '';
  return [
    ...(added.length === 0
      ? []
      : [
          paragraph(
            where,
            ...enumerate(added),
            added.length === 1 ? ' is' : ' are',
            ' new: there is nothing to hold ',
            added.length === 1 ? 'it' : 'them',
            ' against.',
          ),
        ]),
    ...(removed.length === 0
      ? []
      : [
          paragraph(
            where,
            ...enumerate(removed),
            removed.length === 1 ? ' is' : ' are',
            ' no longer asked for.',
          ),
        ]),
  ];
}

function enumerate(names: readonly string[]): Phrase[] {
  const named = names
    .slice(0, mostNamed)
    .flatMap((it, index) => (index === 0 ? [code(it)] : [', ', code(it)]));
  return names.length > mostNamed ? [...named, ` and ${names.length - mostNamed} more`] : named;
}

const mostNamed = 20;

function listLeftOut({ leftOut }: Surroundings): RootContent[] {
  if (leftOut.length === 0) return [];
  const named = leftOut.slice(0, mostNamed).map(({ artifact, reason }) => [code(artifact), ': ', reason]);
  const more = leftOut.length > mostNamed ? [[`and ${leftOut.length - mostNamed} more`]] : [];
  return details(`Left out: ${leftOut.length} of the artifacts`, [list([...named, ...more])]);
}

function countLeftOut({ leftOut }: Surroundings): RootContent[] {
  const count = leftOut.length;
  return count === 0
    ? []
    : [paragraph(`Left out: ${count} of the artifacts. The log of this job names them.`)];
}

function renderFooter({ headSha, reportUrl, runUrl }: Surroundings): RootContent[] {
  const phrases = [
    headSha === null ? [] : ['Commit ', code(headSha.slice(0, 12))],
    reportUrl === null ? [] : [link(reportUrl, 'Report with all answers that changed')],
    runUrl === null ? [] : [link(runUrl, 'Workflow run')],
  ].filter((it) => it.length > 0);
  return phrases.length === 0
    ? []
    : [paragraph(...phrases.flatMap((it, index) => (index === 0 ? it : [' · ', ...it])))];
}

function link(url: string, text: string): Link {
  return { type: 'link', url, children: [{ type: 'text', value: text }] };
}
