import type { Changes } from '../../../src/schema/changes.ts';
import type { ContentId, HistoryRun, Questions } from '../../../src/schema/history.ts';
import type { MetricId } from '../../../src/schema/run.ts';

/**
 * What pages are made of, folded from a history run by run. Everything in it is JSON, as it is kept between builds; all
 * columns are over nights, oldest first, and undefined is null.
 */

/** What trends are drawn of. */
export type TrendId = MetricId | 'loadMs' | 'answersPassed' | 'memoryBytes';

/** What one workflow run measured on one machine; its shards are merged, and of its attempts the last one counts. */
export interface SiteNight {
  /** More than one where the night was measured in shards. */
  runs: string[];
  /** Of a night that was measured in shards, what each of its runs was by itself. */
  parts?: SiteNight[];
  /** When the first of them began, ISO 8601 in UTC. */
  at: string;
  status: 'complete' | 'partial' | 'cancelled';
  event: string | null;
  sha: string | null;
  repository: string | null;
  ok: number;
  failed: number;
  invalid: number;
  models: string[];
}

export interface SiteMachine {
  id: string;
  label: string;
  nights: SiteNight[];
  /** The runs of the newest night, whole. */
  latest: HistoryRun[];
}

export interface TrendColumns {
  n: number[];
  median: (number | null)[];
  low: (number | null)[];
  high: (number | null)[];
  slowest: (number | null)[];
}

/** What is different from the night before, in words for people. */
export interface SiteMark {
  /** Index into the nights of the line. */
  night: number;
  kind: 'digest' | 'epoch';
  /** Such as `Ollama 0.33.0 → 0.34.1`. */
  words: string[];
}

export interface SiteIdentity {
  digest: string;
  parameterSize: string | null;
  quantization: string | null;
  /** Indices into the nights of the line. */
  first: number;
  last: number;
  nights: number;
}

/** Over all loads of a night: mixed means that the model passes in some and fails in others. */
export type AnswerState = 'passed' | 'mixed' | 'failed' | 'unanswered';

/** A stretch of nights in which the loads of a model gave the same answers to a prompt. */
export interface AnswerStretch {
  /** The distinct answers, most frequent first: names of documents in outputs/. */
  answers: ContentId[];
  /** Indices into the nights of the line. */
  from: number;
  to: number;
  /** On the last of these nights. */
  state: AnswerState;
}

/** One prompt as one line answered it. Columns are over the nights of the line. */
export interface LinePrompt {
  ttftMs: (number | null)[];
  e2eMs: (number | null)[];
  /** Oldest first. */
  answers: AnswerStretch[];
}

/** One model tag with one set of options on one machine: what a trend is drawn of. Never merged with another. */
export interface SiteLine {
  /** Unique, and fit for a file name and a URL. */
  slug: string;
  model: string;
  modelSlug: string;
  machine: string;
  options: string;
  /** Its section on the model's page. */
  anchor: string;
  /** Indices into the nights of its machine on which it was measured. */
  nights: number[];
  trends: Record<TrendId, TrendColumns>;
  identities: SiteIdentity[];
  marks: SiteMark[];
  /** By `<set>/<prompt>`. */
  prompts: Record<string, LinePrompt>;
}

export interface SitePrompt {
  set: string;
  id: string;
  title: string;
  category: string;
  /** The prompt set that has its newest text, and the version of that set. */
  promptSet: ContentId | null;
  version: number;
  /** Whether it was in the newest night of any machine. */
  isCurrent: boolean;
}

export interface SiteState {
  /** The one with the newest night first. */
  machines: SiteMachine[];
  lines: SiteLine[];
  prompts: SitePrompt[];
  changes: Changes;
  skipped: { name: string; reason: string }[];
}

/** The state with what only a build knows. */
export interface SiteData extends SiteState {
  /** The path that the site will be served under, with a slash at both ends. */
  base: string;
  builtAt: string;
  /** Documents of the history by name, for what pages show in full: the newest answers, prompt sets. */
  read: {
    answer(id: ContentId): import('../../../src/schema/history.ts').KeptAnswer | null;
    promptSet(id: ContentId): import('../../../src/schema/prompt-set.ts').PromptSet | null;
    questions(id: ContentId): Questions | null;
  };
}

/**
 * Files that the browser asks for, beside pages:
 *
 *     data/index.json                          what is where: machines, lines (without columns), prompts, paths; number of runs
 *     data/runs.json                           RunRows: every run, as columns, newest first
 *     data/lines/<slug>/nights.json            LineNights
 *     data/lines/<slug>/<trend id>.json        TrendColumns
 *     data/lines/<slug>/prompts/<set>/<prompt>.json   LinePrompt
 *     data/changes.json, data/changes.atom     Changes; the same as a feed
 *     data/runs/<yyyy>/<mm>/<run id>.json.gz   HistoryRun, as in the history
 *     data/samples/<yyyy>/<mm>/<run id>.json.gz, data/inputs/…, data/outputs/…   as in the history
 *     data/schema/*.json                       JSON Schemas
 *     badges/<model slug>/<ttft|tpot|decode|passed|verdict>.json   shields.io endpoints
 */
export interface LineNights {
  /** Of each night the run that measured the model. */
  run: string[];
  /** Milliseconds since 1970. */
  at: number[];
  sha: (string | null)[];
  /** Index into digests. */
  digest: number[];
  digests: string[];
  status: SiteNight['status'][];
  marks: SiteMark[];
  machine: string;
  model: string;
  options: string;
}

/** A run a row: of a night that was measured in shards, each of them. */
export interface RunRows {
  id: string[];
  at: number[];
  machine: number[];
  machines: { id: string; label: string }[];
  status: SiteNight['status'][];
  event: (string | null)[];
  sha: (string | null)[];
  ok: number[];
  failed: number[];
  invalid: number[];
  /** Indices into models. */
  variants: number[][];
  models: string[];
}
