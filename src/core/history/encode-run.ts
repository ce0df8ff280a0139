import { contentVersion, currentSchemaVersion } from '../../schema/documents.ts';
import type { ContentId, HistoryRun, HistorySamples, KeptAnswer } from '../../schema/history.ts';
import type { SavedOutput } from '../../schema/output.ts';
import type { PromptSet } from '../../schema/prompt-set.ts';
import { type Distribution, metricId, type Run, type Series } from '../../schema/run.ts';
import type { Sample } from '../../schema/sample.ts';
import { type HashText, hashJson } from '../hash.ts';
import { encodeOffset, roundDigits } from './columns.ts';
import { encodeSamples } from './encode-samples.ts';
import { makeWellFormed } from './well-formed.ts';

/** A run as its folder has it. */
export interface RunToKeep {
  run: Run;
  samples: readonly Sample[];
  outputs: readonly SavedOutput[];
  promptSet: PromptSet | null;
  /** inputs/config.json; null where it cannot be read. */
  config: unknown;
}

/** A document that is named by its content. */
export interface KeptDocument {
  id: ContentId;
  document: unknown;
}

export interface EncodedRun {
  run: HistoryRun;
  samples: HistorySamples;
  inputs: KeptDocument[];
  outputs: KeptDocument[];
}

export interface EncodeOptions {
  origin: HistoryRun['origin'];
  hashText: HashText;
}

/**
 * Turns a run into the documents that a history keeps of it. What is the same on another night gets the same name.
 * @throws {Error} where a figure is too large for its column, or a config or a tool call is nothing that JSON can write.
 */
export function encodeRun(kept: RunToKeep, { origin, hashText }: EncodeOptions): EncodedRun {
  const { run, samples, outputs, promptSet, config } = makeWellFormed(kept);
  const keep = (document: unknown): KeptDocument => ({ id: nameContent(document, hashText), document });
  const { schemaVersion, series, ...rest } = run;
  const questions = keep({
    schemaVersion: contentVersion,
    questions: series.map(({ variant, prompt, requestHash, checksHash }) => ({
      ...{ variant, prompt, requestHash, checksHash },
    })),
  });
  const inputs = {
    config: config === null || config === undefined ? null : keep(config),
    promptSet: promptSet === null ? null : keep(promptSet),
  };
  const answers = encodeAnswers(series, outputs, keep);
  return {
    run: {
      schemaVersion: currentSchemaVersion,
      run: { ...rest, variants: rest.variants.map(roundVariant) },
      origin,
      inputs: {
        config: inputs.config?.id ?? null,
        promptSet: inputs.promptSet?.id ?? null,
        questions: questions.id,
      },
      answers: answers.kept.map(({ id }) => id),
      series: encodeSeries(series, answers.given),
    },
    samples: encodeSamples(run, samples),
    inputs: [inputs.config, inputs.promptSet, questions].filter((it) => it !== null),
    outputs: answers.kept,
  };
}

/** The name of a document in a history: the first 32 hex digits of the SHA-256 of its canonical JSON. */
export function nameContent(document: unknown, hashText: HashText): ContentId {
  return hashJson(document, hashText).replace('sha256:', '').slice(0, 32);
}

interface EncodedAnswers {
  /** The distinct ones. */
  kept: KeptDocument[];
  /** By question: load and index into them. */
  given: [number, number][][];
}

function encodeAnswers(
  series: readonly Series[],
  outputs: readonly SavedOutput[],
  keep: (document: unknown) => KeptDocument,
): EncodedAnswers {
  const kept = new Map<ContentId, { index: number; document: KeptDocument }>();
  const byQuestion = new Map(outputs.map((it) => [`${it.variant}/${it.prompt}`, it]));
  const given = series.map(({ variant, prompt }) => {
    const answers = byQuestion.get(`${variant}/${prompt}`)?.answers ?? [];
    return answers.map(({ block, ...answer }): [number, number] => {
      const document = keep({ schemaVersion: contentVersion, ...answer } satisfies KeptAnswer);
      const known = kept.get(document.id) ?? { index: kept.size, document };
      kept.set(document.id, known);
      return [block, known.index];
    });
  });
  return { kept: [...kept.values()].map(({ document }) => document), given };
}

function encodeSeries(series: readonly Series[], answers: [number, number][][]): HistoryRun['series'] {
  const column = <T>(read: (of: Series) => T) => series.map(read);
  const countsOf = (name: keyof Series['counts']) => column(({ counts }) => counts[name]);
  const checksOf = (name: keyof Series['checks']) => column(({ checks }) => checks[name]);
  const metrics = metricId.options.map((metric) => {
    const ofMedian = (read: (it: Distribution) => number | undefined) =>
      column(({ metrics }) => {
        const value = read(metrics[metric]);
        const median = roundKnown(metrics[metric].median);
        return value === undefined || median === null ? null : encodeOffset(value, median);
      });
    return [
      metric,
      {
        n: column(({ metrics }) => metrics[metric].n),
        median: column(({ metrics }) => roundKnown(metrics[metric].median)),
        low: ofMedian(({ medianInterval }) => medianInterval?.[0]),
        high: ofMedian(({ medianInterval }) => medianInterval?.[1]),
        slowest: ofMedian(({ slowest }) => slowest?.value),
      },
    ] as const;
  });
  return {
    counts: {
      ...{ planned: countsOf('planned'), ok: countsOf('ok') },
      ...{ failed: countsOf('failed'), invalid: countsOf('invalid') },
    },
    checks: {
      ...{ total: checksOf('total'), passed: checksOf('passed') },
      ...{ answers: checksOf('answers'), answersPassed: checksOf('answersPassed') },
      ...{ jsonExpected: checksOf('jsonExpected'), jsonParseFailures: checksOf('jsonParseFailures') },
      jsonFenced: checksOf('jsonFenced'),
    },
    distinctAnswers: column((it) => it.distinctAnswers),
    metrics: Object.fromEntries(metrics) as HistoryRun['series']['metrics'],
    answers,
  };
}

function roundKnown(value: number | null): number | null {
  return value === null ? null : roundDigits(value);
}

/** Rounds the figures of a variant's distributions, which are many; counts and identities stay as they are. */
function roundVariant(variant: Run['variants'][number]): Run['variants'][number] {
  return roundAll(variant) as Run['variants'][number];
}

function roundAll(value: unknown): unknown {
  if (typeof value === 'number') return Number.isInteger(value) ? value : roundDigits(value);
  if (Array.isArray(value)) return value.map(roundAll);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, of]) => [key, roundAll(of)]));
}
