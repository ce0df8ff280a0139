import type { Changes } from '../../../src/schema/changes.ts';
import type { ContentId, HistoryRun, Questions } from '../../../src/schema/history.ts';
import type {
  LinePrompt,
  SiteMark,
  SitePrompt,
  TrendColumns,
  TrendId,
} from '../../../src/schema/site-data.ts';

export type {
  AnswerState,
  AnswerStretch,
  LineNights,
  LinePrompt,
  RunRows,
  SiteIndex,
  SiteMark,
  SitePrompt,
  TrendColumns,
  TrendId,
} from '../../../src/schema/site-data.ts';

/**
 * What pages are made of, folded from a history run by run. Everything in it is JSON, as it is kept between builds; all
 * columns are over nights, oldest first, and undefined is null.
 */

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

export interface SiteIdentity {
  digest: string;
  parameterSize: string | null;
  quantization: string | null;
  /** Indices into the nights of the line. */
  first: number;
  last: number;
  nights: number;
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

/*
 * Files that the browser asks for, beside pages; `src/schema/site-data.ts` has those that are not of the history:
 *
 *     data/index.json                          SiteIndex: machines, lines (without columns), prompts, paths; number of runs
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
