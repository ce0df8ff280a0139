import { type FlagDefinition, flagDefinitions } from '../flags.ts';
import {
  aggregateDefinitions,
  diagnosticIds,
  type MetricDefinition,
  metricDefinitions,
  metricIds,
} from '../metrics.ts';
import type { Phrase } from './markdown.ts';
import { code, heading, renderMarkdown, table } from './markdown.ts';

type DefinedMetric = Pick<MetricDefinition, 'name' | 'direction' | 'definition' | 'source'> & {
  unit: string;
};

/** Every metric there is, by what has it: in this order documentation and site print them. */
export const metricGroups: readonly { title: string; metrics: readonly DefinedMetric[] }[] = [
  { title: 'Of a request', metrics: metricIds.map((id) => metricDefinitions[id]) },
  { title: 'Diagnostics of a request', metrics: diagnosticIds.map((id) => metricDefinitions[id]) },
  { title: 'Of a load, a load shape or a machine', metrics: aggregateDefinitions },
];

/** Every flag there is. */
export const flagList: readonly (FlagDefinition & { code: string })[] = Object.entries(flagDefinitions).map(
  ([code, definition]) => ({ code, ...definition }),
);

/** What a flag does, for a table cell. */
export const effectNames: Readonly<Record<FlagDefinition['effect'], string>> = {
  invalid: 'out of every statistic',
  'not timed': 'out of every timing',
  'no rates': 'out of TPOT and decode',
  note: 'a remark',
};

export interface DefinitionPart {
  text: string;
  isCode: boolean;
}

/** A text of the two tables in parts: code is what stands in backticks, and what has an underscore. */
export function splitDefinition(text: string): DefinitionPart[] {
  const parts = text.split(/(`[^`]+`|[\w.]*_[\w.]*\w)/);
  // A split by a group puts what it matched at every second place.
  return parts
    .map((part, index) => ({ text: part.replaceAll('`', ''), isCode: index % 2 === 1 }))
    .filter((part) => part.text !== '');
}

/**
 * A Markdown document with the tables of metrics and flags between their markers, `<!-- metrics -->` and
 * `<!-- /metrics -->`; so for `flags`.
 * @throws {Error} where a marker is missing.
 */
export function insertDefinitions(document: string): string {
  return replaceBetween(replaceBetween(document, 'metrics', renderMetrics()), 'flags', renderFlags());
}

function renderMetrics(): string {
  return renderMarkdown(
    metricGroups.flatMap(({ title, metrics }) => [
      heading(3, title),
      table(
        ['Metric', 'Unit', 'Better', 'Definition', 'Clock, and whose definition'],
        metrics.map(({ name, unit, direction, definition, source }) => [
          name,
          unit,
          direction,
          toPhrases(definition),
          toPhrases(source),
        ]),
        'left',
      ),
    ]),
  );
}

function renderFlags(): string {
  const rows = flagList.map(({ code: name, on, effect, meaning }) => [
    code(name),
    on,
    effectNames[effect],
    toPhrases(meaning),
  ]);
  return renderMarkdown([table(['Flag', 'On a', 'Effect', 'When'], rows, 'left')]);
}

/** Ours, and not untrusted: neither cut nor broken. */
function toPhrases(text: string): Phrase {
  return splitDefinition(text).map(({ text: value, isCode }) =>
    isCode ? code(value) : { type: 'text', value },
  );
}

function replaceBetween(document: string, name: string, content: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const from = document.indexOf(open);
  const to = document.indexOf(close);
  if (from === -1 || to < from) throw new Error(`The document has no ${open} … ${close}.`);
  return `${document.slice(0, from + open.length)}\n\n${content}\n${document.slice(to)}`;
}
